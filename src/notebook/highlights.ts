/**
 * The highlights of one notebook: where each annotation lies now, and its paint.
 *
 * Only cells that changed are placed again: their annotations, their outputs' nodes, or their place in the notebook. The
 * work is done in short slices, cells in view first. Only what is in view is painted: at every change of the page the
 * browser draws each painted range again.
 */
import type { CodeCell, ICellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

import type { Annotation, Target } from '../contract';
import type { IPlaced, Place } from '../tokens';
import { Readings } from '../anchoring/place';
import { describe } from '../anchoring/quote';
import { IDrawn, ILocated, cellOf, drawnIn, isPending, located } from './drawn';
import { annotationsIn, isAnnotationKey } from './keys';
import { isCode } from './outputs';
import { IMark, Paint, Painter } from './painter';

/** Milliseconds that changes are gathered in view and out of it, and that one slice of work may take. */
const GATHER = 40;
const LATER = 500;
const SLICE = 8;

/** An annotation as it was placed last. */
interface IKept {
  readonly annotation: Annotation;
  readonly place: Place;
  readonly offer?: Target;
  readonly mark: IMark | null;
}

/** What is known of one cell. */
interface ITracked {
  cell: CodeCell | null;
  watched: Element | null;
  inView: boolean;
  kept: readonly IKept[];
  marks: readonly IMark[];
}

export class Highlights implements IDisposable {
  readonly #panel: NotebookPanel;
  readonly #painter: Painter;
  readonly #label: (cell: ICellModel, place: number) => string;

  constructor(panel: NotebookPanel, painter: Painter, label: (cell: ICellModel, place: number) => string) {
    this.#panel = panel;
    this.#painter = painter;
    this.#label = label;
    this.#observer = new MutationObserver(records => this.#mutated(records));
    this.#view = new IntersectionObserver(entries => this.#moved(entries));
    this.#panel.content.model!.cells.changed.connect(this.#track, this);
    this.#track();
  }

  get placedChanged(): ISignal<this, void> {
    return this.#placedChanged;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Every annotation once, in the order of the notebook. */
  get placed(): readonly IPlaced[] {
    return (this.#list ??= this.#listed());
  }

  settle(annotations: ReadonlySet<string>): void {
    const changed = new Set(
      [...annotations, ...this.#settled].filter(id => annotations.has(id) !== this.#settled.has(id))
    );
    this.#settled = new Set(annotations);
    for (const [model, tracked] of this.#tracked) {
      if (tracked.kept.some(k => changed.has(k.annotation.id))) {
        this.touch(model);
      }
    }
  }

  activate(target: Target | null): void {
    const before = this.#active && this.#modelOf(this.#active);
    this.#active = target;
    const now = target && this.#modelOf(target);
    // At once: the person has just pressed something.
    [before, now].forEach(model => model && this.#place(model));
  }

  /** Place a cell's annotations again, soon. */
  touch(model: ICellModel): void {
    this.#dirty.add(model);
    const tracked = this.#tracked.get(model);
    const due = performance.now() + (tracked?.watched && !tracked.inView ? LATER : GATHER);
    if (due < this.#due && !this.#disposed) {
      this.#schedule(due);
    }
  }

  /** The painted annotation at a point of the viewport. */
  at(cell: CodeCell, x: number, y: number): Annotation | null {
    const kept = this.#tracked.get(cell.model)?.kept ?? [];
    const hit = kept.find(k => k.mark?.ranges.some(range => boxesOf(range).some(box => isIn(box, x, y))));
    const formula = hit ? null : document.elementFromPoint(x, y)?.closest('[data-reconst-mark]');
    return (hit ?? kept.find(k => formula && k.mark?.formulas.includes(formula)))?.annotation ?? null;
  }

  dispose(): void {
    if (this.#disposed) {
      return;
    }
    this.#disposed = true;
    window.clearTimeout(this.#timer);
    this.#observer.disconnect();
    this.#view.disconnect();
    this.#tracked.forEach((_, model) => this.#painter.erase(model));
    Signal.clearData(this);
  }

  /** Follow the cells that are there now. */
  #track(): void {
    const cells = this.#panel.content.model?.cells ?? [];
    const models = new Set(cells);
    for (const model of this.#tracked.keys()) {
      if (!models.has(model)) {
        this.#painter.erase(model);
        this.#tracked.delete(model);
        this.#dirty.delete(model);
        this.#changed();
      }
    }
    for (const model of models) {
      if (!this.#tracked.has(model)) {
        this.#tracked.set(model, { cell: null, watched: null, inView: false, kept: [], marks: [] });
        model.metadataChanged.connect((_, change) => {
          if (isAnnotationKey(change.key)) {
            this.touch(model);
          }
        }, this);
        if (Object.keys(model.metadata).some(isAnnotationKey)) {
          this.touch(model);
        }
      }
    }
    // Labels and the order may have changed.
    this.#changed();
  }

  #schedule(due: number): void {
    window.clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = window.setTimeout(() => this.#work(), due - performance.now());
  }

  #work(): void {
    this.#due = Infinity;
    const first = (model: ICellModel): number => (this.#tracked.get(model)?.cell?.inViewport ? 0 : 1);
    const queue = [...this.#dirty].sort((a, b) => first(a) - first(b));
    const end = performance.now() + SLICE;
    const cells = new Map(this.#panel.content.widgets.map(cell => [cell.model, cell]));
    for (const model of queue) {
      this.#place(model, cells.get(model));
      if (performance.now() > end) {
        break;
      }
    }
    if (this.#dirty.size > 0) {
      this.#schedule(performance.now());
    } else {
      this.#tell();
    }
  }

  #place(model: ICellModel, widget = this.#panel.content.widgets.find(cell => cell.model === model)): void {
    this.#dirty.delete(model);
    const tracked = this.#tracked.get(model);
    if (!tracked || this.#disposed) {
      return;
    }
    const cell = isCode(model) ? ((widget as CodeCell | undefined) ?? null) : null;
    const annotations = annotationsIn(model.metadata);
    const active = this.#active && this.#modelOf(this.#active) === model ? this.#active : null;
    if (!cell || (annotations.length === 0 && !active)) {
      const kept = annotations.map(annotation => ({ annotation, place: 'lost' as const, mark: null }));
      this.#keep(model, tracked, kept, []);
      return;
    }
    this.#watch(tracked, cell);
    const outputs = drawnIn(cell);
    const readings = new Readings();
    const kept = annotations.map(annotation => this.#placed(annotation, cell, outputs, readings));
    const found = active && located(outputs, active, readings);
    this.#keep(model, tracked, kept, found ? [markOf(found, active, 'active')] : []);
  }

  #placed(annotation: Annotation, cell: CodeCell, outputs: readonly IDrawn[], readings: Readings): IKept {
    const { target } = annotation;
    const found = located(outputs, target, readings);
    if (!found) {
      return { annotation, place: isPending(cell, outputs) ? 'hidden' : 'lost', mark: null };
    }
    if (found.place === 'moved') {
      const { reading, start, end, output } = found;
      const now = describe(reading.text, start, end, reading.before);
      const turn = output.record?.turn ?? null;
      return {
        annotation,
        place: 'moved',
        offer: { ...target, ...now, cell: cell.model.id, output: output.index, turn },
        mark: null
      };
    }
    return { annotation, place: 'attached', mark: markOf(found, target, this.#paintOf(annotation)) };
  }

  #keep(model: ICellModel, tracked: ITracked, kept: readonly IKept[], more: readonly IMark[]): void {
    tracked.marks = [...kept.flatMap(k => k.mark ?? []), ...more];
    this.#paint(model, tracked);
    const told = (list: readonly IKept[]): string => list.map(k => `${k.annotation.id}${k.place}`).join();
    const same =
      told(tracked.kept) === told(kept) && tracked.kept.every((k, i) => equal(k.annotation, kept[i].annotation));
    tracked.kept = kept;
    if (!same) {
      this.#changed();
    }
  }

  #paint(model: ICellModel, { inView, marks }: ITracked): void {
    this.#painter.paint(model, inView ? marks : []);
  }

  #paintOf(annotation: Annotation): Paint {
    if (this.#settled.has(annotation.id)) {
      return 'settled';
    }
    return annotation.body.some(b => b.purpose === 'editing' || b.purpose === 'assessing') ? 'corrected' : 'open';
  }

  /** Watch the outputs of a cell; their area stays the same while they are hidden, scrolled out or drawn anew. */
  #watch(tracked: ITracked, cell: CodeCell): void {
    tracked.cell = cell;
    const area = cell.outputArea.node;
    if (tracked.watched !== area) {
      if (tracked.watched) {
        this.#view.unobserve(tracked.watched);
      }
      tracked.watched = area;
      this.#areas.set(area, cell.model);
      this.#view.observe(area);
      this.#observer.observe(area, { childList: true, characterData: true, subtree: true });
      cell.model.stateChanged.connect(() => this.touch(cell.model), this);
    }
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const model = this.#areas.get(target);
      const tracked = model && this.#tracked.get(model);
      if (tracked && tracked.watched === target && tracked.inView !== isIntersecting) {
        tracked.inView = isIntersecting;
        this.#paint(model, tracked);
      }
    }
  }

  #mutated(records: readonly MutationRecord[]): void {
    const areas = new Set(records.map(r => (r.target instanceof Element ? r.target : r.target.parentElement)));
    for (const element of areas) {
      for (let area: Element | null = element; area; area = area.parentElement) {
        const model = this.#areas.get(area);
        if (model) {
          this.touch(model);
          break;
        }
      }
    }
  }

  /** The cell that a target is in. Ids of cells may be of another session: then the cell that carries it counts. */
  #modelOf(target: Target): ICellModel | null {
    for (const [model, { kept }] of this.#tracked) {
      if (kept.some(({ annotation: a }) => a.target.cell === target.cell && equal(a.target, target))) {
        return model;
      }
    }
    return cellOf(this.#panel, target.cell)?.model ?? null;
  }

  #changed(): void {
    this.#list = null;
    if (!this.#untold) {
      this.#untold = true;
      queueMicrotask(() => this.#tell());
    }
  }

  /** Tell it once; while there is work left, when that is done. */
  #tell(): void {
    if (this.#untold && this.#dirty.size === 0) {
      this.#untold = false;
      this.#placedChanged.emit();
    }
  }

  #listed(): IPlaced[] {
    // A copied or split cell carries its annotations twice: the best placed one counts, then the one in its own cell.
    const best = new Map<string, { placed: IPlaced; rank: number }>();
    for (const [number, model] of Array.from(this.#panel.content.model?.cells ?? []).entries()) {
      for (const { annotation, place, offer } of this.#tracked.get(model)?.kept ?? []) {
        const rank = 2 * PLACES.indexOf(place) + (annotation.target.cell === model.id ? 0 : 1);
        if (rank < (best.get(annotation.id)?.rank ?? Infinity)) {
          const placed = { annotation, cell: model.id, label: this.#label(model, number), place, offer };
          best.delete(annotation.id);
          best.set(annotation.id, { placed, rank });
        }
      }
    }
    return Array.from(best.values(), b => b.placed);
  }

  readonly #observer: MutationObserver;
  readonly #view: IntersectionObserver;
  readonly #tracked = new Map<ICellModel, ITracked>();
  readonly #areas = new WeakMap<Element, ICellModel>();
  readonly #dirty = new Set<ICellModel>();
  readonly #placedChanged = new Signal<this, void>(this);
  #settled: ReadonlySet<string> = new Set();
  #active: Target | null = null;
  #list: readonly IPlaced[] | null = null;
  #timer: number | undefined;
  #due = Infinity;
  #untold = false;
  #disposed = false;
}

const PLACES: readonly Place[] = ['attached', 'moved', 'hidden', 'lost'];

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What to paint for words, for the place of something missing (the words around it), and for a whole output. */
function markOf(found: ILocated, target: Target, paint: Paint): IMark {
  const { reading, output } = found;
  if (target.part === 'whole') {
    return { paint, ranges: [], formulas: [], whole: output.root };
  }
  let { start, end } = found;
  if (target.part === 'missing') {
    start -= /\S*\s*$/.exec(reading.text.slice(Math.max(0, start - 40), start))?.[0].length ?? 0;
    end += /^\s*\S*/.exec(reading.text.slice(end, end + 40))?.[0].length ?? 0;
  }
  const ranges = end > start ? [new StaticRange(reading.rangeOf(start, end))] : [];
  return { paint, ranges, formulas: reading.formulasIn(start, end), whole: null };
}

function boxesOf(range: StaticRange): DOMRect[] {
  if (!range.startContainer.isConnected) {
    return [];
  }
  try {
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return Array.from(live.getClientRects());
  } catch {
    return [];
  }
}

function isIn(box: DOMRect, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
