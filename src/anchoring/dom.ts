/**
 * A piece of the page as text, and back: offsets of the reading text ↔ ranges of the page.
 *
 * Of a huge output only a window of the text is read, around the place that is asked for; its position in the whole then
 * counts the raw text before the window.
 */
import { pointsIn, unitsOf } from './points';
import { WINDOW } from './quote';
import { ATOMS, ISegment, IWalk, walk } from './walk';

/** A place in the page. */
export interface IPoint {
  readonly node: Node;
  readonly offset: number;
}

/** The reading text of an output, or a window of it. Valid until the page changes. */
export interface IReading {
  readonly text: string;
  /** Code points of the output's text before this one; 0 unless it is a window. */
  readonly before: number;
  /** Whether this is all of it. */
  readonly complete: boolean;
  /** The range of a stretch of the text; of an empty stretch, the place. */
  rangeOf(start: number, end: number): Range;
  /** The formulas of a stretch. */
  formulasIn(start: number, end: number): Element[];
  /** The stretch that a range covers, without white space at its ends; null when it covers nothing of the text. */
  offsetsOf(range: AbstractRange): [number, number] | null;
  /** The offset of a place in the text, the nearest one if it is outside. */
  offsetOf(point: IPoint): number;
}

/** Read an output; where it is huge, around a place (or around so many code points of its text). */
export function readingOf(root: Element, near: IPoint | number | null = null): IReading {
  const head = walk(root, WINDOW);
  if (head.complete || near === null) {
    return new Reading(root, head, 0);
  }
  const point = typeof near === 'number' ? pointAt(root, near) : near;
  const first = point && windowStart(root, point);
  if (!first) {
    return new Reading(root, head, 0);
  }
  const prefix = document.createRange();
  prefix.setStart(root, 0);
  prefix.setEnd(first.node, first.offset);
  return new Reading(root, walk(root, WINDOW, first), pointsIn(prefix.toString()));
}

/** The place in the raw text of an output where a string stands, for outputs too long to be read whole. */
export function rawPlace(root: Element, words: string): IPoint | null {
  const raw = root.textContent ?? '';
  const at = raw.indexOf(words);
  return at < 0 ? null : pointAt(root, pointsIn(raw, at));
}

class Reading implements IReading {
  readonly text: string;
  readonly complete: boolean;
  private readonly _segments: readonly ISegment[];

  constructor(
    private readonly _root: Element,
    walked: IWalk,
    readonly before: number
  ) {
    this.text = walked.text;
    this.complete = walked.complete && before === 0;
    this._segments = walked.segments;
  }

  rangeOf(start: number, end: number): Range {
    const range = document.createRange();
    const first = this._at(start);
    if (!first) {
      range.selectNodeContents(this._root);
      range.collapse(true);
      return range;
    }
    place(range, 'start', first, start - first.start);
    if (end <= start) {
      range.collapse(true);
      return range;
    }
    const last = this._at(end - 1, -1) ?? first;
    place(range, 'end', last, end - last.start);
    return range;
  }

  formulasIn(start: number, end: number): Element[] {
    const formulas: Element[] = [];
    for (let i = this._first(s => s.start + s.length > start); this._segments[i]?.start < end; i++) {
      const { node } = this._segments[i];
      if (node instanceof Element) {
        formulas.push(node);
      }
    }
    return formulas;
  }

  offsetsOf(range: AbstractRange): [number, number] | null {
    let start = this._boundary({ node: range.startContainer, offset: range.startOffset }, 'start');
    let end = this._boundary({ node: range.endContainer, offset: range.endOffset }, 'end');
    while (start < end && /\s/.test(this.text[start])) {
      start++;
    }
    while (end > start && /\s/.test(this.text[end - 1])) {
      end--;
    }
    return start < end ? [start, end] : null;
  }

  offsetOf(point: IPoint): number {
    return Math.min(this._boundary(point, 'start'), this.text.length);
  }

  /** The segment that holds an offset; of an offset between segments the next one, or the one before. */
  private _at(offset: number, side: 1 | -1 = 1): ISegment | null {
    const next = this._first(s => s.start + s.length > offset);
    const found = side < 0 && this._segments[next]?.start > offset ? next - 1 : next;
    return this._segments[Math.min(Math.max(found, 0), this._segments.length - 1)] ?? null;
  }

  private _boundary(point: IPoint, side: 'start' | 'end'): number {
    const probe = document.createRange();
    probe.setStart(point.node, point.offset);
    if (side === 'start') {
      const segment = this._segments[this._first(s => compare(s, point, probe) >= 0)];
      return segment ? within(segment, point, probe, 0) : this.text.length;
    }
    const segment = this._segments[this._first(s => compare(s, point, probe) > 0) - 1];
    return segment ? within(segment, point, probe, segment.length) : 0;
  }

  /** The index of the first segment of which it is true, as it then is of all that follow. */
  private _first(holds: (segment: ISegment) => boolean): number {
    let [low, high] = [0, this._segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this._segments[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

/** Whether a segment lies before (-1), around (0) or after (1) a place. */
function compare(segment: ISegment, point: IPoint, probe: Range): number {
  const { node, from, length } = segment;
  if (node === point.node && node.nodeType === Node.TEXT_NODE) {
    return point.offset >= from + length ? -1 : point.offset > from ? 0 : 1;
  }
  if (node.nodeType === Node.ELEMENT_NODE && node.contains(point.node)) {
    return 0;
  }
  return probe.comparePoint(node, 0) < 0 ? -1 : 1;
}

function within(segment: ISegment, point: IPoint, probe: Range, edge: number): number {
  const inside = compare(segment, point, probe) === 0;
  return segment.start + (inside && segment.node === point.node ? point.offset - segment.from : edge);
}

function place(range: Range, side: 'start' | 'end', segment: ISegment, offset: number): void {
  const { node, from, length } = segment;
  const at = Math.min(Math.max(offset, 0), length);
  if (node.nodeType === Node.TEXT_NODE) {
    range[side === 'start' ? 'setStart' : 'setEnd'](node, from + at);
  } else if (side === 'start') {
    range.setStartBefore(node);
  } else {
    range.setEndAfter(node);
  }
}

/** Where a window around a place begins: in a text node, half a window before the place. */
function windowStart(root: Element, point: IPoint): { node: Text; offset: number } | null {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  texts.currentNode = point.node;
  let node = point.node.nodeType === Node.TEXT_NODE ? (point.node as Text) : (texts.nextNode() as Text | null);
  let left = WINDOW / 2;
  let available = node === point.node ? point.offset : 0;
  while (node && left > available) {
    left -= available;
    const previous = texts.previousNode() as Text | null;
    if (!previous) {
      return { node, offset: 0 };
    }
    node = previous;
    available = node.length;
  }
  // A formula is read whole or not at all.
  const atom = node?.parentElement?.closest(ATOMS);
  if (atom) {
    texts.currentNode = atom;
    let next = texts.nextNode();
    while (next && atom.contains(next)) {
      next = texts.nextNode();
    }
    return next && { node: next as Text, offset: 0 };
  }
  return node && { node, offset: Math.max(0, available - left) };
}

/** The place after so many code points of the raw text of an element. */
function pointAt(root: Element, points: number): IPoint | null {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = points;
  let last: IPoint | null = null;
  for (let node = texts.nextNode() as Text | null; node; node = texts.nextNode() as Text | null) {
    // Units are at least as many as code points, and at most twice as many.
    if (node.length >= left) {
      const units = unitsOf(node.data, left);
      if (units <= node.length) {
        return { node, offset: units };
      }
    }
    left -= pointsIn(node.data);
    last = { node, offset: node.length };
  }
  return last;
}
