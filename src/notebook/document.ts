/** An open notebook: all that the rest of the frontend knows of cells, outputs and metadata. */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

import type { Annotation, CellState, Head, Target, TurnRecord } from '../contract';
import type {
  IAskOptions,
  IAttachable,
  IInserted,
  INotebookDocument,
  IPlaced,
  ISelection,
  ISentences
} from '../tokens';
import type { IPoint } from '../anchoring/dom';
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
    this._panel = panel;
    this._trans = trans;
    this._model = panel.content.model!;
    this._facts = new Facts(
      this._model,
      model => this._labelOf(model),
      () => this._touch()
    );
    this._annotations = new Annotations(this._model);
    this._highlights = new Highlights(panel, painter, model => this._labelOf(model));
    this._selections = new Selections(panel, cell => this.labelOf(cell));
    this._asked = new Asked(panel, inserted => this._stranded.emit(inserted), dialogs);
    this._model.contentChanged.connect(this._touch, this);
    this._model.metadataChanged.connect(this._touch, this);
    panel.context.pathChanged.connect(this._touch, this);
    panel.content.activeCellChanged.connect(this._touch, this);
    this._highlights.placedChanged.connect(() => this._placedChanged.emit(), this);
    panel.content.node.addEventListener('click', this._click);
    panel.disposed.connect(this.dispose, this);
  }

  get path(): string {
    return this._panel.context.localPath;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get placedChanged(): ISignal<this, void> {
    return this._placedChanged;
  }

  get clicked(): ISignal<this, { annotation: Annotation; selection: ISelection }> {
    return this._clicked;
  }

  get stranded(): ISignal<this, IInserted> {
    return this._stranded;
  }

  get disposed(): ISignal<this, void> {
    return this._closed;
  }

  get isDisposed(): boolean {
    return this._disposed;
  }

  get head(): Head | null {
    return headOf(this._model.getMetadata(HEAD));
  }

  get metadata(): Record<string, unknown> {
    return ours(this._model.metadata);
  }

  get carried(): object {
    return carried(this._model);
  }

  get carries(): boolean {
    return carries(this._model);
  }

  get cells(): readonly CellState[] {
    return this._facts.cells;
  }

  get records(): readonly TurnRecord[] {
    return this._facts.records;
  }

  get attachable(): readonly IAttachable[] {
    return this._facts.attachable;
  }

  get below(): string | null {
    return this._asked.below;
  }

  get placed(): readonly IPlaced[] {
    return this._highlights.placed;
  }

  write(writes: Record<string, unknown>, removes: readonly string[] = []): void {
    write(this._model, writes, removes);
  }

  annotate(annotation: Annotation): IDisposable {
    return this._annotations.put(annotation);
  }

  unannotate(id: string): IDisposable {
    return this._annotations.take(id);
  }

  strip(): void {
    strip(this._model);
  }

  settle(annotations: ReadonlySet<string>): void {
    this._highlights.settle(annotations);
  }

  activate(target: Target | null): void {
    this._highlights.activate(target);
  }

  reveal(annotation: string): ISelection | null {
    const placed = this.placed.find(p => p.annotation.id === annotation);
    const cell = placed && this._panel.content.widgets.find(w => w.model.id === placed.cell);
    if (!placed || !cell) {
      return null;
    }
    const notebook = this._panel.content;
    notebook.activeCellIndex = notebook.widgets.indexOf(cell);
    const code = cellOf(this._panel, placed.cell);
    if (code) {
      code.outputHidden = false;
    }
    const selection = this._selections.ofTarget(placed.cell, placed.offer ?? placed.annotation.target);
    void notebook
      .scrollToCell(cell, 'center')
      .catch(() => undefined)
      .then(() => this._scrollTo(selection));
    this.focus();
    return selection;
  }

  labelOf(cell: string): string {
    const model = this._models.find(m => m.id === cell);
    return model ? this._labelOf(model) : this._trans.__('A cell that is gone');
  }

  sentences(cell?: string, output?: number): ISentences | null {
    const id = cell ?? this._active;
    return id === null ? null : this._selections.sentences(id, output);
  }

  whole(cell?: string, output?: number): ISelection | null {
    const id = cell ?? this._active;
    return id === null ? null : this._selections.whole(id, output);
  }

  ask(prompt: string, options: IAskOptions, told: () => Promise<unknown>): Promise<IInserted> {
    return this._asked.ask(prompt, options, told);
  }

  askAgain(cell: string): Promise<IInserted> {
    return this._asked.again(cell);
  }

  output(cell: string, record: TurnRecord): void {
    this._asked.output(cell, record);
  }

  focus(): void {
    this._panel.content.activate();
  }

  /** The words that a range of the page covers, if they are in an output of this notebook. */
  select(range: AbstractRange): ISelection | null {
    return this._disposed ? null : this._selections.ofRange(range);
  }

  /** The output of this notebook that a node stands in. */
  outputAt(node: Node): { cell: string; output: number } | null {
    return this._disposed ? null : this._selections.outputAt(node);
  }

  /** A place in an output of this notebook. */
  point(at: IPoint): ISelection | null {
    return this._disposed ? null : this._selections.ofPoint(at);
  }

  dispose(): void {
    if (this._disposed) {
      return;
    }
    this._disposed = true;
    this._panel.content.node.removeEventListener('click', this._click);
    this._highlights.dispose();
    this._facts.dispose();
    this._asked.dispose();
    this._closed.emit();
    Signal.clearData(this);
  }

  private get _models(): ICellModel[] {
    return this._model.isDisposed ? [] : Array.from(this._model.cells);
  }

  private get _active(): string | null {
    return this._panel.content.activeCell?.model.id ?? null;
  }

  /** “Cell 8” for a cell that has been run, as its prompt says; else by its place. */
  private _labelOf(model: ICellModel): string {
    const count = isCode(model) ? model.executionCount : null;
    return count
      ? this._trans.__('Cell %1', String(count))
      : this._trans.__('Cell no. %1', String(this._models.indexOf(model) + 1));
  }

  private _scrollTo(selection: ISelection): void {
    const box = this._disposed ? null : selection.box();
    const outer = this._panel.content.outerNode;
    if (box && outer) {
      const frame = outer.getBoundingClientRect();
      const middle = (box.top + box.bottom) / 2;
      if (middle < frame.top + 40 || middle > frame.bottom - 80) {
        outer.scrollBy({ top: middle - (frame.top + frame.bottom) / 2 });
      }
    }
  }

  private _touch(): void {
    if (this._touched) {
      return;
    }
    this._touched = true;
    const tell = (): void => {
      if (this._touched) {
        this._touched = false;
        this._changed.emit();
      }
    };
    requestAnimationFrame(tell);
    setTimeout(tell, FRAME);
  }

  private readonly _click = (event: MouseEvent): void => {
    const node = event.target as Node;
    if (event.button !== 0 || !window.getSelection()?.isCollapsed) {
      return;
    }
    const cell = cellAt(this._panel, node);
    const annotation = cell && this._highlights.at(cell, event.clientX, event.clientY);
    if (cell && annotation) {
      const selection = this._selections.ofTarget(cell.model.id, annotation.target);
      this._clicked.emit({ annotation, selection });
    }
  };

  private readonly _panel: NotebookPanel;
  private readonly _trans: TranslationBundle;
  private readonly _model: INotebookModel;
  private readonly _facts: Facts;
  private readonly _annotations: Annotations;
  private readonly _highlights: Highlights;
  private readonly _selections: Selections;
  private readonly _asked: Asked;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _placedChanged = new Signal<this, void>(this);
  private readonly _stranded = new Signal<this, IInserted>(this);
  private readonly _clicked = new Signal<this, { annotation: Annotation; selection: ISelection }>(this);
  private readonly _closed = new Signal<this, void>(this);
  private _touched = false;
  private _disposed = false;
}
