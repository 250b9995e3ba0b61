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
  const aside = near !== null && isHuge(root) ? windowOf(root, near) : null;
  if (aside) {
    return aside;
  }
  const head = walk(root, WINDOW);
  const whole = new Reading(root, head, 0);
  return head.complete || near === null ? whole : (windowOf(root, near) ?? whole);
}

/** Whether an output is surely too long to be read whole; told without reading it. */
export function isHuge(root: Element): boolean {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  // Formulas have their letters twice in the page.
  let room = 2 * WINDOW;
  while (room >= 0 && texts.nextNode()) {
    room -= (texts.currentNode as Text).length;
  }
  return room < 0;
}

/** Read a window of a huge output, around a place; null where the window would begin with the output. */
export function windowOf(root: Element, near: IPoint | number): IReading | null {
  const first = windowStart(root, near);
  return first && new Reading(root, walk(root, WINDOW, first), first.before);
}

/** The place in the raw text of an output where a string stands, for outputs too long to be read whole. */
export function rawPlace(root: Element, words: string): number | null {
  const raw = root.textContent ?? '';
  const at = raw.indexOf(words);
  return at < 0 ? null : pointsIn(raw, at);
}

class Reading implements IReading {
  readonly text: string;
  readonly complete: boolean;
  readonly #segments: readonly ISegment[];

  readonly #root: Element;

  constructor(
    root: Element,
    walked: IWalk,
    readonly before: number
  ) {
    this.#root = root;
    this.text = walked.text;
    this.complete = walked.complete && before === 0;
    this.#segments = walked.segments;
  }

  rangeOf(start: number, end: number): Range {
    const range = document.createRange();
    const first = this.#at(start);
    if (!first) {
      range.selectNodeContents(this.#root);
      range.collapse(true);
      return range;
    }
    place(range, 'start', first, start - first.start);
    if (end <= start) {
      range.collapse(true);
      return range;
    }
    const last = this.#at(end - 1, -1) ?? first;
    place(range, 'end', last, end - last.start);
    return range;
  }

  formulasIn(start: number, end: number): Element[] {
    const formulas: Element[] = [];
    for (let i = this.#first(s => s.start + s.length > start); this.#segments[i]?.start < end; i++) {
      const { node } = this.#segments[i];
      if (node instanceof Element) {
        formulas.push(node);
      }
    }
    return formulas;
  }

  offsetsOf(range: AbstractRange): [number, number] | null {
    let start = this.#boundary({ node: range.startContainer, offset: range.startOffset }, 'start');
    let end = this.#boundary({ node: range.endContainer, offset: range.endOffset }, 'end');
    while (start < end && /\s/.test(this.text[start])) {
      start++;
    }
    while (end > start && /\s/.test(this.text[end - 1])) {
      end--;
    }
    return start < end ? [start, end] : null;
  }

  offsetOf(point: IPoint): number {
    return Math.min(this.#boundary(point, 'start'), this.text.length);
  }

  /** The segment that holds an offset; of an offset between segments the next one, or the one before. */
  #at(offset: number, side: 1 | -1 = 1): ISegment | null {
    const next = this.#first(s => s.start + s.length > offset);
    const found = side < 0 && this.#segments[next]?.start > offset ? next - 1 : next;
    return this.#segments[Math.min(Math.max(found, 0), this.#segments.length - 1)] ?? null;
  }

  #boundary(point: IPoint, side: 'start' | 'end'): number {
    const probe = document.createRange();
    probe.setStart(point.node, point.offset);
    if (side === 'start') {
      const segment = this.#segments[this.#first(s => compare(s, point, probe) >= 0)];
      return segment ? within(segment, point, probe, 0) : this.text.length;
    }
    const segment = this.#segments[this.#first(s => compare(s, point, probe) > 0) - 1];
    return segment ? within(segment, point, probe, segment.length) : 0;
  }

  /** The index of the first segment of which it is true, as it then is of all that follow. */
  #first(holds: (segment: ISegment) => boolean): number {
    let [low, high] = [0, this.#segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.#segments[middle])) {
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
function windowStart(root: Element, near: IPoint | number): { node: Text; offset: number; before: number } | null {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  const points: number[] = [];
  let sum = 0;
  let reached = false;
  for (let node = texts.nextNode() as Text | null; node && !reached; node = texts.nextNode() as Text | null) {
    nodes.push(node);
    points.push(sum);
    reached = typeof near === 'number' ? holds(node, near - sum) : isAt(node, near);
    sum += reached ? 0 : pointsIn(node.data);
  }
  let i = nodes.length - 1;
  let offset = 0;
  if (typeof near === 'number') {
    offset = reached ? unitsOf(nodes[i].data, near - points[i]) : (nodes[i]?.length ?? 0);
  } else if (nodes[i] === near.node) {
    offset = near.offset;
  }
  let left = WINDOW / 2;
  while (i > 0 && left > offset) {
    left -= offset;
    i--;
    offset = nodes[i].length;
  }
  if (i < 0 || left > offset) {
    return null;
  }
  // A formula is read whole or not at all.
  while (nodes[i]?.parentElement?.closest(ATOMS)) {
    i++;
    left = offset = 0;
  }
  const node = nodes[i];
  return node ? { node, offset: offset - left, before: points[i] + pointsIn(node.data, offset - left) } : null;
}

/** Whether a text node has so many code points; no more of it is read than that takes. */
function holds(node: Text, points: number): boolean {
  return node.length >= points && pointsIn(node.data, Math.min(node.length, 2 * points)) >= points;
}

/** Whether a text node holds a place, or is the first one after it. */
function isAt(node: Text, { node: container, offset }: IPoint): boolean {
  if (container.nodeType === Node.TEXT_NODE) {
    return node === container;
  }
  const around = container.childNodes[offset] ?? container.lastChild ?? container;
  return around.contains(node) || Boolean(around.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
}
