/**
 * What the rooms know of each other: interfaces and tokens, nothing that draws or fetches.
 *
 * State holds (`IStore`), the service does (`IReconst`), the notebook rooms touch the document (`INotebooks`), and the
 * panels get state and actions as props.
 */
import { Token } from '@lumino/coreutils';
import type { IDisposable, IObservableDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type {
  Amendment,
  Annotation,
  Article,
  AttachmentInput,
  Budget,
  CellState,
  Clash,
  Composed,
  DeadWeight,
  Disagrees,
  Draft,
  Estimate,
  Head,
  Impact,
  InForce,
  Manifest,
  Preview,
  Problem,
  Probed,
  ProfileInput,
  Profiles,
  Searched,
  Source,
  Status,
  Target,
  Trial,
  Tried,
  TurnRecord,
  Weighed,
  WhenScore,
  History
} from './contract';

// --- the notebook -------------------------------------------------------------------------------------------------

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

/** How a prompt is asked: afresh or continuing what is above, with cells of the notebook, by a certain model. */
export interface IAskOptions {
  readonly new?: boolean;
  readonly again?: boolean;
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
  /** Ask a prompt cell anew. */
  askAgain(cell: string): Promise<IInserted>;
  /** Write a turn's record where the cell shows it; a turn that it does not show yet replaces what stood there. */
  output(cell: string, record: TurnRecord): void;
  /** Give the keyboard back to the notebook. */
  focus(): void;
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
  /** Open a scratch notebook that plays a recorded sample, made from this content. */
  openSample(sample: string, content: object): Promise<void>;
}

// --- state --------------------------------------------------------------------------------------------------------

export type Tab = 'review' | 'constitution' | 'history';

/** One candidate correction. Only a ready one can be picked. */
export interface ICandidate {
  readonly slot: number;
  readonly source: Source;
  readonly status: 'waiting' | 'writing' | 'ready' | 'failed';
  readonly text: string;
  readonly failure: string;
  readonly why: string;
  readonly seconds: number;
  readonly problem: Problem | null;
}

/** One candidate amendment with what its trial showed. */
export interface IProposal {
  readonly slot: number;
  readonly source: Source;
  readonly amendment: Amendment | null;
  readonly trial: Trial;
  readonly seconds: number;
  readonly problem: Problem | null;
}

/** The open card: from a highlight to an amendment. */
export interface ICard {
  readonly step: 'correct' | 'amend';
  /** Where it points; null when it was opened from the sidebar for words that are out of sight. */
  readonly selection: ISelection | null;
  /** The corrections it is about; the first one is being edited. */
  readonly annotations: readonly Annotation[];
  readonly own: string;
  readonly picked: number | null;
  readonly candidates: readonly ICandidate[];
  readonly disagrees: Disagrees | null;
  readonly proposals: readonly IProposal[];
  readonly chosen: number | null;
  /** What the draft would do: the chosen proposal, what one left off with, or words of one's own. */
  readonly amendment: Amendment | null;
  /** The wording being edited; starts as the amendment's. */
  readonly draft: Draft | null;
  readonly busy: boolean;
  readonly cost: number | null;
  readonly saved: boolean;
  readonly problem: Problem | null;
}

/** What has happened, whether the text is safe, and one thing to press. Plain text. */
export interface INotice {
  readonly kind: 'done' | 'problem';
  readonly text: string;
  readonly remedy: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** The preview on screen. */
export interface IPreviewState {
  /** What is tried. */
  readonly amendment: Amendment;
  readonly annotations: readonly Annotation[];
  /** The wording being edited beside it, which nothing shows the effect of until it is tried. */
  readonly draft: Draft;
  readonly prompts: readonly string[];
  /** Past turns that the person picked, and the keys of probes that they dropped. */
  readonly turns: readonly string[];
  readonly without: readonly string[];
  readonly harder: boolean;
  /** What a run may take at most. */
  readonly budget: Budget | null;
  readonly preview: Preview | null;
  readonly rows: readonly Impact[];
  readonly wording: number;
  /** The search for articles in force that clash with it. */
  readonly clashes: IClashes | null;
  /** How long no call has brought a word, while that is so. */
  readonly waiting: { readonly seconds: number; readonly still: boolean } | null;
  /** The revision that this has become, once the server has confirmed it. */
  readonly ratified: Article | null;
  /** Ratified and kept, but not confirmed by the server, so not known to be in force. */
  readonly unconfirmed: boolean;
  /** The corrected turn was asked again with it. */
  readonly asked: boolean;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** The search for articles that clash, and for those that change nothing. */
export interface IClashes {
  /** The digest of what was searched. */
  readonly law: string;
  readonly weighed: Weighed | null;
  readonly searched: Searched | null;
  readonly found: readonly (Clash | DeadWeight)[];
  /** How long no call has brought a word, while that is so. */
  readonly waiting: { readonly seconds: number; readonly still: boolean } | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** Everything on screen. Immutable: a change makes a new one. */
export interface IState {
  readonly connection: 'starting' | 'ready' | 'missing';
  readonly status: Status | null;
  readonly profiles: Profiles | null;
  readonly path: string | null;
  readonly inForce: InForce | null;
  readonly placed: readonly IPlaced[];
  readonly attachable: readonly IAttachable[];
  readonly below: string | null;
  readonly tab: Tab;
  readonly card: ICard | null;
  readonly preview: IPreviewState | null;
  /** What a preview would take, of the card's amendment or of the one on screen; null while that is not known. */
  readonly estimate: Estimate | null;
  readonly clashes: IClashes | null;
  readonly history: History | null;
  readonly asking: { readonly turn: string | null; readonly since: number } | null;
  readonly notice: INotice | null;
  /** Said to screen readers, politely. */
  readonly announcement: string;
}

/** Holds the state; does nothing. */
export interface IStore {
  readonly value: IState;
  readonly changed: ISignal<IStore, IState>;
  update(patch: Partial<IState>): void;
}

// --- service ------------------------------------------------------------------------------------------------------

/** What a person can do. Every act reports its failure as a notice or a problem on the card; none throws. */
export interface IReconst {
  readonly store: IStore;
  refresh(): Promise<void>;
  show(tab: Tab): void;

  /** Insert a prompt cell and run it; true once it stands there. */
  ask(prompt: string, options: IAskOptions): Promise<boolean>;
  /** What asking would send, without sending it. */
  compose(prompt: string, options: IAskOptions, attachments: AttachmentInput[]): Promise<Composed | null>;
  cancel(): Promise<void>;
  askAgain(annotation: Annotation): Promise<void>;
  /** Ask a prompt cell anew. */
  again(cell: string): Promise<void>;
  askWhy(selection: ISelection): Promise<void>;

  /** Open the card on a selection and fetch candidates. */
  highlight(selection: ISelection): Promise<void>;
  /** Keep doing this: saved at once. */
  keep(selection: ISelection): Promise<void>;
  /** Open the card on an annotation that exists. */
  reopen(annotation: Annotation, step?: 'correct' | 'amend'): Promise<void>;
  pick(slot: number): void;
  write(own: string): void;
  /** Stop one candidate, or all that are not there yet. */
  stopCandidates(slot?: number): void;
  saveCorrection(): Promise<boolean>;
  place(annotation: Annotation, target: Target): Promise<void>;
  /** Keep it as a note that asks for no rule. */
  note(annotation: Annotation): void;
  discard(annotation: string): Promise<void>;
  closeCard(): void;

  /** Candidate amendments for the card's corrections (or for these). */
  amend(annotations?: readonly Annotation[]): Promise<void>;
  choose(slot: number | null): void;
  reword(draft: Partial<Draft>): void;
  backToCorrect(): void;

  /** Try the card's draft, or revise an article directly. */
  preview(amendment?: Amendment): Promise<void>;
  /** Keep what is written beside the preview; it is not tried yet. */
  editWording(draft: Draft): void;
  tryWording(draft: Draft): Promise<void>;
  addPrompt(prompt: string): Promise<void>;
  /** Try it on a past turn too. */
  addTurn(turn: string): Promise<void>;
  /** Leave out the probe of a row; what was dropped can be brought back. */
  dropProbe(probe: string): Promise<void>;
  bringBackProbes(): Promise<void>;
  /** Go on with prompts at the edge of WHEN, until the side effects are decided or the budget is spent. */
  probeHarder(): Promise<void>;
  /** Decide these rows by asking them again; none are all that are likely. */
  repeatRows(probes: readonly string[]): Promise<void>;
  /** Put the rows that changed to a judge; its word is shown beside them, and never becomes a mark. */
  askJudge(): Promise<void>;
  /** What one preview in this notebook may take at most. */
  allow(budget: Budget | null): void;
  stopPreview(): Promise<void>;
  /** Look again at a preview of before. */
  openPreview(tried: Tried): Promise<void>;
  /** Go on with a preview that was interrupted. */
  goOn(): Promise<void>;
  /** Let go of the preview; its corrections stay. */
  setPreviewAside(): Promise<void>;
  mark(probe: string, mark: 'regression' | 'unintended' | 'intended' | null, note?: string): Promise<void>;
  ratify(note: string): Promise<boolean>;
  /** Ask the server once more whether what was ratified is in force. */
  confirm(): Promise<void>;

  /** What looking for clashes would take; nobody is asked. */
  estimateClashes(draft?: boolean): Promise<void>;
  /** Look for articles that clash and for those that change nothing. Every finding is a proposal. */
  findClashes(draft?: boolean): Promise<void>;
  /** What was found before for the draft, if anything was; nobody is asked. */
  recallClashes(): Promise<void>;
  stopClashes(draft?: boolean): void;
  closeClashes(draft?: boolean): void;

  toggle(article: string): Promise<void>;
  move(article: string, before: string | null): Promise<void>;
  revise(article: string, draft: Draft): Promise<void>;
  repeal(article: string): Promise<void>;
  /** Bring back an earlier revision's wording as a new revision. */
  restore(article: string, revision: string): Promise<void>;
  /** Put what was ticked in force; a notebook's preamble is ticked like an article. */
  accept(digest: string, articles: readonly string[], preamble?: boolean): Promise<boolean>;
  /** How each WHEN in force does against the person's own marks; nobody is asked. */
  scores(): Promise<readonly WhenScore[] | null>;
  /** Write a ratified change that has not reached the notebook, or was lost from it. */
  complete(change: string): Promise<void>;

  connect(profile: ProfileInput, key: string | null): Promise<Problem | null>;
  probeEndpoint(baseUrl: string, key: string | null, profile: string | null): Promise<Probed | null>;
  disconnect(profile: string): Promise<void>;
  chooseModel(profile: string, model: string | null): Promise<void>;
  name(name: string): Promise<void>;

  moreHistory(): Promise<void>;
  forget(turn: string): Promise<void>;
  retain(days: number | null): Promise<void>;
  travels(): Promise<Manifest | null>;
  strip(): Promise<void>;
  openSample(): Promise<void>;
  dismiss(): void;
}

/** Where the panels live: how one opens another. */
export interface IPanels {
  sidebar(): void;
  impact(): void;
  /** An article in its editor; null writes a new one. */
  article(id: string | null): void;
  acceptance(): void;
  connect(): void;
  travels(): void;
  settings(): void;
}

export const IPanels = new Token<IPanels>('jupyter-reconst:IPanels', 'The sidebar and the pages of the main area.');
export const INotebooks = new Token<INotebooks>(
  'jupyter-reconst:INotebooks',
  'Open notebooks, their highlights and selections.'
);
export const IReconst = new Token<IReconst>(
  'jupyter-reconst:IReconst',
  'What a person can do, and the state it leads to.'
);
