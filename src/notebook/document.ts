/** An open notebook: all that the rest of the frontend knows of cells, outputs and metadata. */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';
import { DockPanel } from '@lumino/widgets';

import type { Annotation, CellState, Head, Target, TurnRecord } from '../contract';
import type {
  IAskOptions,
  IAttachable,
  IInserted,
  INotebookDocument,
  IPlaced,
  IPresent,
  ISelection,
  ISentences,
  IThread
} from '../tokens';
import type { IPoint } from '../anchoring/dom';
import { Presence } from '../collab/presence';
import { Annotations } from './annotations';
import { Asked } from './asked';
import { carried, carries, ours, strip, write } from './carried';
import { cellAt, cellOf } from './drawn';
import { Facts } from './facts';
import { Highlights } from './highlights';
import { HEAD, headOf } from './keys';
import { isCode } from './outputs';
import type { Painter } from './painter';
import { Selections } from './selection';
import { threads } from './threads';

export interface IDocumentOptions {
  readonly panel: NotebookPanel;
  readonly painter: Painter;
  readonly trans: TranslationBundle;
  readonly dialogs?: ISessionContextDialogs;
}

/** A page in the background draws no frames; what has changed is told all the same. */
const FRAME = 250;

export class NotebookDocument implements INotebookDocument {
  /** The panel's content must be there (`context.ready`). */
  constructor(options: IDocumentOptions) {
    const { panel, painter, trans, dialogs } = options;
    this.#panel = panel;
    this.#trans = trans;
    this.#model = panel.content.model!;
    this.#facts = new Facts(
      this.#model,
      (model, place) => this.#labelOf(model, place),
      () => this.#touch()
    );
    this.#annotations = new Annotations(this.#model);
    this.#highlights = new Highlights(panel, painter, (model, place) => this.#labelOf(model, place));
    this.#selections = new Selections(panel, cell => this.labelOf(cell));
    this.#presence = new Presence(this.#model.sharedModel.awareness);
    this.#asked = new Asked(panel, inserted => this.#stranded.emit(inserted), dialogs);
    this.#model.contentChanged.connect(this.#touch, this);
    this.#model.metadataChanged.connect(this.#touch, this);
    panel.context.pathChanged.connect(this.#touch, this);
    panel.content.activeCellChanged.connect(this.#touch, this);
    this.#highlights.placedChanged.connect(() => this.#placedChanged.emit(), this);
    this.#presence.changed.connect(() => this.#presentChanged.emit(), this);
    panel.content.node.addEventListener('click', this.#click);
    panel.disposed.connect(this.dispose, this);
  }

  get path(): string {
    return this.#panel.context.localPath;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get placedChanged(): ISignal<this, void> {
    return this.#placedChanged;
  }

  get presentChanged(): ISignal<this, void> {
    return this.#presentChanged;
  }

  get clicked(): ISignal<this, { annotation: Annotation; selection: ISelection }> {
    return this.#clicked;
  }

  get stranded(): ISignal<this, IInserted> {
    return this.#stranded;
  }

  get disposed(): ISignal<this, void> {
    return this.#closed;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  get head(): Head | null {
    return headOf(this.#model.getMetadata(HEAD));
  }

  get metadata(): Record<string, unknown> {
    return ours(this.#model.metadata);
  }

  get carried(): object {
    return carried(this.#model);
  }

  get carries(): boolean {
    return carries(this.#model);
  }

  get cells(): readonly CellState[] {
    return this.#facts.cells;
  }

  get records(): readonly TurnRecord[] {
    return this.#facts.records;
  }

  get attachable(): readonly IAttachable[] {
    return this.#facts.attachable;
  }

  get threads(): readonly IThread[] {
    return threads(this.#facts.shown, this.#trans);
  }

  get below(): string | null {
    return this.#asked.below;
  }

  get placed(): readonly IPlaced[] {
    return this.#highlights.placed;
  }

  get present(): readonly IPresent[] {
    return this.#presence.others;
  }

  write(writes: Record<string, unknown>, removes: readonly string[] = []): void {
    write(this.#model, writes, removes);
  }

  annotate(annotation: Annotation): IDisposable {
    return this.#annotations.put(annotation);
  }

  unannotate(id: string): IDisposable {
    return this.#annotations.take(id);
  }

  strip(): void {
    strip(this.#model);
  }

  settle(annotations: ReadonlySet<string>): void {
    this.#highlights.settle(annotations);
  }

  activate(target: Target | null): void {
    this.#highlights.activate(target);
  }

  show(target: Target): void {
    this.activate(target);
    this.#reveal(target.cell, target);
  }

  reveal(annotation: string): ISelection | null {
    const placed = this.placed.find(p => p.annotation.id === annotation);
    return placed ? this.#reveal(placed.cell, placed.offer ?? placed.annotation.target) : null;
  }

  #reveal(id: string, target: Target): ISelection | null {
    const cell = this.#panel.content.widgets.find(w => w.model.id === id);
    if (!cell) {
      return null;
    }
    const { parent } = this.#panel;
    if (parent instanceof DockPanel) {
      parent.activateWidget(this.#panel);
    }
    const notebook = this.#panel.content;
    notebook.activeCellIndex = notebook.widgets.indexOf(cell);
    const code = cellOf(this.#panel, id);
    if (code) {
      code.outputHidden = false;
    }
    const selection = this.#selections.ofTarget(id, target);
    void notebook
      .scrollToCell(cell, 'center')
      .catch(() => undefined)
      .then(() => this.#scrollTo(selection));
    this.focus();
    return selection;
  }

  labelOf(cell: string): string {
    const models = this.#models;
    const place = models.findIndex(m => m.id === cell);
    return place >= 0 ? this.#labelOf(models[place], place) : this.#trans.__('A cell that is gone');
  }

  sentences(cell?: string, output?: number): ISentences | null {
    const id = cell ?? this.#active;
    return id === null ? null : this.#selections.sentences(id, output);
  }

  whole(cell?: string, output?: number): ISelection | null {
    const id = cell ?? this.#active;
    return id === null ? null : this.#selections.whole(id, output);
  }

  ask(prompt: string, options: IAskOptions, told: () => Promise<unknown>): Promise<IInserted> {
    return this.#asked.ask(prompt, options, told);
  }

  answer(cell: string, text: string, told: () => Promise<unknown>): Promise<IInserted | null> {
    return this.#asked.answer(cell, text, told);
  }

  leaveOut(cell: string, keep: string): Promise<IInserted> {
    return this.#asked.leaveOut(cell, keep);
  }

  goTo(cell: string): void {
    const target = this.whole(cell)?.target;
    if (target) {
      this.#reveal(cell, target);
    }
  }

  askAgain(cell: string): Promise<IInserted> {
    return this.#asked.again(cell);
  }

  output(cell: string, record: TurnRecord, instead?: string): void {
    this.#asked.output(cell, record, instead);
  }

  focus(): void {
    this.#panel.content.activate();
  }

  look(at: string | null): void {
    this.#presence.say(at);
  }

  /** The words that a range of the page covers, if they are in an output of this notebook. */
  select(range: AbstractRange): ISelection | null {
    return this.#disposed ? null : this.#selections.ofRange(range);
  }

  /** The output of this notebook that a node stands in. */
  outputAt(node: Node): { cell: string; output: number } | null {
    return this.#disposed ? null : this.#selections.outputAt(node);
  }

  /** A place in an output of this notebook. */
  point(at: IPoint): ISelection | null {
    return this.#disposed ? null : this.#selections.ofPoint(at);
  }

  dispose(): void {
    if (this.#disposed) {
      return;
    }
    this.#disposed = true;
    this.#panel.content.node.removeEventListener('click', this.#click);
    this.#highlights.dispose();
    this.#facts.dispose();
    this.#asked.dispose();
    this.#presence.dispose();
    this.#closed.emit();
    Signal.clearData(this);
  }

  get #models(): ICellModel[] {
    return this.#model.isDisposed ? [] : Array.from(this.#model.cells);
  }

  get #active(): string | null {
    return this.#panel.content.activeCell?.model.id ?? null;
  }

  /** “Cell 8” for a cell that has been run, as its prompt says; else by its place. */
  #labelOf(model: ICellModel, place: number): string {
    const count = isCode(model) ? model.executionCount : null;
    return count ? this.#trans.__('Cell %1', String(count)) : this.#trans.__('Cell no. %1', String(place + 1));
  }

  #scrollTo(selection: ISelection): void {
    const box = this.#disposed ? null : selection.box();
    const outer = this.#panel.content.outerNode;
    if (box && outer) {
      const frame = outer.getBoundingClientRect();
      const middle = (box.top + box.bottom) / 2;
      if (middle < frame.top + 40 || middle > frame.bottom - 80) {
        outer.scrollBy({ top: middle - (frame.top + frame.bottom) / 2 });
      }
    }
  }

  #touch(): void {
    if (this.#touched) {
      return;
    }
    this.#touched = true;
    const tell = (): void => {
      if (this.#touched) {
        this.#touched = false;
        this.#changed.emit();
      }
    };
    requestAnimationFrame(tell);
    setTimeout(tell, FRAME);
  }

  readonly #click = (event: MouseEvent): void => {
    const node = event.target as Node;
    if (event.button !== 0 || !window.getSelection()?.isCollapsed) {
      return;
    }
    const cell = cellAt(this.#panel, node);
    const annotation = cell && this.#highlights.at(cell, event.clientX, event.clientY);
    if (cell && annotation) {
      const selection = this.#selections.ofTarget(cell.model.id, annotation.target);
      this.#clicked.emit({ annotation, selection });
    }
  };

  readonly #panel: NotebookPanel;
  readonly #trans: TranslationBundle;
  readonly #model: INotebookModel;
  readonly #facts: Facts;
  readonly #annotations: Annotations;
  readonly #highlights: Highlights;
  readonly #selections: Selections;
  readonly #asked: Asked;
  readonly #presence: Presence;
  readonly #changed = new Signal<this, void>(this);
  readonly #placedChanged = new Signal<this, void>(this);
  readonly #presentChanged = new Signal<this, void>(this);
  readonly #stranded = new Signal<this, IInserted>(this);
  readonly #clicked = new Signal<this, { annotation: Annotation; selection: ISelection }>(this);
  readonly #closed = new Signal<this, void>(this);
  #touched = false;
  #disposed = false;
}
