/** What a person selected in an output: the words, a place where something is missing, or all of it. */
import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { Target } from '../contract';
import type { IBox, ISelection, ISentences } from '../tokens';
import { IPoint, IReading, readingOf } from '../anchoring/dom';
import { HEAD, Readings } from '../anchoring/place';
import { describe } from '../anchoring/quote';
import { sentencesOf } from '../anchoring/sentences';
import { IDrawn, cellAt, cellOf, drawnIn, located } from './drawn';

/** Most of a text that is given out with a selection, in code points and so in units. */
const READING = 256_000;

/** Where a selection is in the page, as long as its nodes are there. */
interface IAnchor {
  readonly root: Element;
  readonly range: StaticRange | null;
}

/** An output that has text. */
interface IRead {
  readonly output: IDrawn;
  readonly reading: IReading;
}

/** Makes selections of one notebook. `label` names a cell for people. */
export class Selections {
  readonly #panel: NotebookPanel;
  readonly #label: (cell: string) => string;

  constructor(panel: NotebookPanel, label: (cell: string) => string) {
    this.#panel = panel;
    this.#label = label;
  }

  /** The words that a range of the page covers; of several outputs the first one counts. */
  ofRange(range: AbstractRange): ISelection | null {
    const cell = this.#cellAt(range.startContainer) ?? this.#cellAt(range.endContainer);
    if (!cell) {
      return null;
    }
    for (const output of drawnIn(cell)) {
      const near = output.root.contains(range.startContainer)
        ? { node: range.startContainer, offset: range.startOffset }
        : null;
      if (near || meets(range, output.root)) {
        const reading = readingOf(output.root, near);
        const offsets = reading.offsetsOf(range);
        if (offsets) {
          return this.#made(cell, output, reading, ...offsets);
        }
      }
    }
    return null;
  }

  /** A place in an output, where something is missing. */
  ofPoint(point: IPoint): ISelection | null {
    const cell = this.#cellAt(point.node);
    const output = cell && drawnIn(cell).find(o => o.root.contains(point.node));
    if (!cell || !output) {
      return null;
    }
    const reading = readingOf(output.root, point);
    const at = reading.offsetOf(point);
    return reading.text ? this.#made(cell, output, reading, at, at) : null;
  }

  /** The cell and the output that a node of the page stands in. */
  outputAt(node: Node): { cell: string; output: number } | null {
    const cell = this.#cellAt(node);
    const output = cell && drawnIn(cell).find(o => o.root.contains(node));
    return cell && output ? { cell: cell.model.id, output: output.index } : null;
  }

  /** An output of a cell as a whole: this one, or the last that has text. */
  whole(id: string, output?: number): ISelection | null {
    const cell = cellOf(this.#panel, id);
    const drawn = cell ? drawnIn(cell) : [];
    const read = output === undefined ? readBefore(drawn, drawn.length) : readIn(drawn.find(o => o.index === output));
    return cell && read && this.#whole(cell, read);
  }

  /** The sentences of an output of a cell: of this one if it has text, or of the last that has. */
  sentences(id: string, output?: number): ISentences | null {
    const cell = cellOf(this.#panel, id);
    const drawn = cell ? drawnIn(cell) : [];
    const read = readIn(drawn.find(o => o.index === output)) ?? readBefore(drawn, drawn.length);
    return cell && read && this.#sentences(cell, drawn, read);
  }

  /** A target that is kept, as a selection; its place is sought when it is needed. */
  ofTarget(cell: string, target: Target): ISelection {
    const found = this.#located(cell, target);
    const anchor = found && { root: found.output.root, range: rangeOf(found.reading, found.start, found.end) };
    return this.#selection(target, found?.reading.text ?? '', anchor, cell);
  }

  #sentences(cell: CodeCell, drawn: readonly IDrawn[], { output, reading }: IRead): ISentences {
    return {
      label: this.#label(cell.model.id),
      output: drawn.indexOf(output),
      outputs: drawn.length,
      text: reading.text,
      sentences: sentencesOf(reading.text),
      select: (start, end) => this.#made(cell, output, reading, start, end),
      whole: () => this.#whole(cell, { output, reading }),
      other: () => this.#sentences(cell, drawn, readBefore(drawn, drawn.indexOf(output)) ?? { output, reading })
    };
  }

  #whole(cell: CodeCell, { output, reading }: IRead): ISelection {
    const end = Math.min(reading.text.length, HEAD);
    const target = this.#target(cell, output, reading, 0, end, 'whole');
    return this.#selection(target, reading.text, { root: output.root, range: null });
  }

  #made(cell: CodeCell, output: IDrawn, reading: IReading, start: number, end: number): ISelection {
    const part = start === end ? 'missing' : 'words';
    const target = this.#target(cell, output, reading, start, end, part);
    const anchor = { root: output.root, range: rangeOf(reading, start, end) };
    return this.#selection(target, reading.text, anchor);
  }

  #target(cell: CodeCell, output: IDrawn, reading: IReading, start: number, end: number, part: Target['part']): Target {
    return {
      type: 'SpecificResource',
      cell: cell.model.id,
      output: output.index,
      part,
      turn: output.record?.turn ?? null,
      ...describe(reading.text, start, end, reading.before)
    };
  }

  #selection(target: Target, reading: string, anchor: IAnchor | null, cell = target.cell): ISelection {
    let place = anchor;
    return {
      target,
      reading: reading.slice(0, READING),
      label: this.#label(cell),
      box: () => {
        if (!place || !isThere(place)) {
          const found = this.#located(cell, target);
          place = found && { root: found.output.root, range: rangeOf(found.reading, found.start, found.end) };
        }
        return place && this.#inView(boxOf(place));
      }
    };
  }

  #located(cell: string, target: Target): ReturnType<typeof located> {
    const widget = cellOf(this.#panel, cell);
    return widget && located(drawnIn(widget), target, new Readings());
  }

  #cellAt(node: Node): CodeCell | null {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest('.jp-Cell-outputWrapper') ? cellAt(this.#panel, node) : null;
  }

  /** The part of a box that the notebook shows. */
  #inView(box: DOMRect): IBox | null {
    const frame = this.#panel.content.node.getBoundingClientRect();
    const seen = {
      left: Math.max(box.left, frame.left),
      top: Math.max(box.top, frame.top),
      right: Math.min(box.right, frame.right),
      bottom: Math.min(box.bottom, frame.bottom)
    };
    return box.height > 0 && seen.top < seen.bottom && seen.left <= seen.right ? seen : null;
  }
}

function readIn(output: IDrawn | undefined): IRead | null {
  const reading = output && readingOf(output.root);
  return output && reading?.text.trim() ? { output, reading } : null;
}

/** The nearest output with text before a place, or round from the end. */
function readBefore(drawn: readonly IDrawn[], at: number): IRead | null {
  for (let back = 1; back <= drawn.length; back++) {
    const read = readIn(drawn[(at - back + drawn.length) % drawn.length]);
    if (read) {
      return read;
    }
  }
  return null;
}

function rangeOf(reading: IReading, start: number, end: number): StaticRange {
  return new StaticRange(reading.rangeOf(start, end));
}

function meets(range: AbstractRange, root: Element): boolean {
  const live = document.createRange();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live.intersectsNode(root);
}

function isThere({ root, range }: IAnchor): boolean {
  return root.isConnected && (!range || (root.contains(range.startContainer) && root.contains(range.endContainer)));
}

function boxOf({ root, range }: IAnchor): DOMRect {
  if (!range) {
    return root.getBoundingClientRect();
  }
  const live = document.createRange();
  try {
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
  } catch {
    return new DOMRect();
  }
  return live.getBoundingClientRect();
}
