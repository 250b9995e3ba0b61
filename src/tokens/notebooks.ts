/** Open notebooks as the other rooms see them: the document, what is placed in it, what is selected. */
import { Token } from '@lumino/coreutils';
import type { IDisposable, IObservableDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { Annotation, CellState, Head, Target, TextFile, TurnRecord } from '../contract';

/** attached: its words are there. moved: probably there. lost: its words are gone. hidden: the output is not drawn now. */
export type Place = 'attached' | 'moved' | 'lost' | 'hidden';

/** An annotation and where it lies now. `cell` is the cell that carries it, `label` its name for people. */
export interface IPlaced {
  readonly annotation: Annotation;
  readonly cell: string;
  readonly label: string;
  readonly place: Place;
  /** The selector that would place a moved one again. */
  readonly offer?: Target;
}

/** A place on the page, in CSS pixels of the viewport. */
export interface IBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a person selected in an output. `box()` is where it is now, null while it is scrolled out or not drawn. */
export interface ISelection {
  readonly target: Target;
  /** The output's reading text around the selection, at most 256 kB. */
  readonly reading: string;
  readonly label: string;
  box(): IBox | null;
}

/** One sentence of an output, for highlighting without a mouse. Offsets are UTF-16 units of `text`. */
export interface ISentences {
  readonly label: string;
  /** Which of the cell's outputs they are of, from 0, and how many it has. */
  readonly output: number;
  readonly outputs: number;
  readonly text: string;
  readonly sentences: readonly { readonly start: number; readonly end: number }[];
  /** Take a stretch of the text as the selection; an empty stretch means that something is missing there. */
  select(start: number, end: number): ISelection;
  /** The whole output. */
  whole(): ISelection;
  /** The sentences of the output before, round to the last; the same ones where no other output has text. */
  other(): ISentences;
}

/** A cell that can be attached as context. */
export interface IAttachable {
  readonly cell: string;
  readonly label: string;
  readonly source: string;
  readonly output: string;
}

/** A turn that a cell shows: how deep it stands in the tree of the conversation, and what it continues, if not plainly. */
export interface IThread {
  readonly cell: string;
  readonly label: string;
  readonly prompt: string;
  readonly depth: number;
  readonly said: string;
}

/** How a prompt is asked: afresh or continuing what is above, with cells of the notebook, by a certain model. */
export interface IAskOptions {
  readonly new?: boolean;
  /** The cell or turn to continue; what to keep of a conversation that has outgrown the model; a style by its name. */
  readonly from?: string;
  readonly keep?: readonly string[];
  readonly style?: string;
  readonly again?: boolean;
  /** What is made of the attached cells, in place of a reply in the model's own words. */
  readonly form?: 'outline' | 'mathematics';
  /** To be sent passages of the person's library. */
  readonly library?: boolean;
  readonly attach?: readonly string[];
  /** Articles to put in and to leave out for this ask alone, by the numbers that the sidebar shows. */
  readonly with?: readonly string[];
  readonly without?: readonly string[];
  readonly model?: string;
  readonly profile?: string;
}

/** A prompt cell. Where the kernel cannot run it, `ran` is false: the service asks what it says, and calls `output`. */
export interface IInserted {
  readonly cell: string;
  readonly ran: boolean;
  readonly prompt: string;
  readonly options: IAskOptions;
}

/** Somebody else who has the notebook open, as their page says: the highlight, article or proposal that they look at. */
export interface IPresent {
  readonly name: string;
  readonly at: string | null;
}

/** An open notebook. Nobody else touches cells, outputs or metadata. */
export interface INotebookDocument extends IObservableDisposable {
  readonly path: string;
  /** Metadata, cells or outputs have changed; at most once per animation frame. */
  readonly changed: ISignal<INotebookDocument, void>;
  /** Highlights have been placed again. */
  readonly placedChanged: ISignal<INotebookDocument, void>;
  /** A prompt cell was run in a kernel that cannot ask; what stands in its output says so. */
  readonly stranded: ISignal<INotebookDocument, IInserted>;
  /** A painted highlight was clicked. */
  readonly clicked: ISignal<INotebookDocument, { annotation: Annotation; selection: ISelection }>;
  readonly head: Head | null;
  /** Our notebook metadata keys. */
  readonly metadata: Record<string, unknown>;
  /** The notebook as it is now, with nothing in it but what is ours. */
  readonly carried: object;
  /** Whether it carries anything of ours at this moment. */
  readonly carries: boolean;
  readonly cells: readonly CellState[];
  readonly placed: readonly IPlaced[];
  /** Turn records found in outputs. */
  readonly records: readonly TurnRecord[];
  readonly attachable: readonly IAttachable[];
  /** The turns that cells show, in their order. */
  readonly threads: readonly IThread[];
  /** The cell that the next prompt will be inserted under; null in a notebook without cells. */
  readonly below: string | null;
  /** Write and remove notebook metadata keys in one transaction. */
  write(writes: Record<string, unknown>, removes?: readonly string[]): void;
  /** Write an annotation into the metadata of the cell that it lies in, and of no other; returns what undoes it. */
  annotate(annotation: Annotation): IDisposable;
  /** Take an annotation away; returns what undoes it. */
  unannotate(id: string): IDisposable;
  /** Remove everything of ours: notebook keys, cell keys, output metadata. */
  strip(): void;
  /** Which annotations belong to an article in force; painted as settled. */
  settle(annotations: ReadonlySet<string>): void;
  /** Show a highlight as the one being worked on; null for none. */
  activate(target: Target | null): void;
  /** Scroll to some words, and show them as the ones being worked on. */
  show(target: Target): void;
  /** Scroll to an annotation and focus its cell. */
  reveal(annotation: string): ISelection | null;
  /** The cell's label for people: "Cell 8". */
  labelOf(cell: string): string;
  /** The sentences of an output of the active cell (or of a given one), the last with text if this one has none. */
  sentences(cell?: string, output?: number): ISentences | null;
  /** An output of the active cell (or of a given one) as a selection, the last with text if none is given. */
  whole(cell?: string, output?: number): ISelection | null;
  /**
   * Insert a prompt cell after the active one (or the last) and run it; options as on the magic's line. It runs once
   * `told` has told the server of it, since where a cell stands decides what it continues.
   */
  ask(prompt: string, options: IAskOptions, told: () => Promise<unknown>): Promise<IInserted>;
  /** Answer what a cell asks, in a cell below it; null where one says so already, which is gone to. */
  answer(cell: string, text: string, told: () => Promise<unknown>): Promise<IInserted | null>;
  /** Ask a prompt cell with only the last turns of its conversation, or the first and those; its line says so from now on. */
  leaveOut(cell: string, keep: string): Promise<IInserted>;
  /** Go to a cell. */
  goTo(cell: string): void;
  /** Ask a prompt cell anew. */
  askAgain(cell: string): Promise<IInserted>;
  /** Write a turn's record where the cell shows it, or `instead` of another; else it replaces what stood there. */
  output(cell: string, record: TurnRecord, instead?: string): void;
  /** Give the keyboard back to the notebook. */
  focus(): void;
  /** Who else has it open, where pages collaborate; nobody where they do not. */
  readonly present: readonly IPresent[];
  readonly presentChanged: ISignal<INotebookDocument, void>;
  /** Say what is looked at here, by its id. */
  look(at: string | null): void;
}

/** The notebooks of the application. */
export interface INotebooks {
  readonly current: INotebookDocument | null;
  readonly currentChanged: ISignal<INotebooks, INotebookDocument | null>;
  /** The selection in an output has settled (mouse up, or keyboard); null when there is none any more. */
  readonly selected: ISignal<INotebooks, ISelection | null>;
  /** Where the person pressed last in an output: a place where something may be missing. */
  readonly caret?: ISelection | null;
  /** The output that the person pressed in last, until another cell becomes active. */
  readonly pressed?: { readonly cell: string; readonly output: number } | null;
  /** A file on the server as text; of a notebook, what it carries of ours. */
  read(path: string): Promise<TextFile>;
  /** Open a scratch notebook that plays a recorded sample, made from this content. */
  openSample(sample: string, content: object): Promise<void>;
}

export const INotebooks = new Token<INotebooks>(
  'jupyter-reconst:INotebooks',
  'Open notebooks, their highlights and selections.'
);
