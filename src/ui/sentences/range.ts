/** Choosing a stretch of text by keys alone. Pure. Offsets are UTF-16 units. */
import type { ISentences } from '../../tokens';

export interface IRange {
  /** The sentence that the person started from, and the one they have reached. */
  readonly anchor: number;
  readonly focus: number;
  /** Words taken off the start and the end. */
  readonly head: number;
  readonly tail: number;
}

export type Move =
  'next' | 'previous' | 'extend-next' | 'extend-previous' | 'less-end' | 'less-start' | 'more-end' | 'more-start';

export const FIRST: IRange = { anchor: 0, focus: 0, head: 0, tail: 0 };

export function move(range: IRange, by: Move, given: ISentences): IRange {
  const last = given.sentences.length - 1;
  const to = (n: number) => Math.max(0, Math.min(last, n));
  switch (by) {
    case 'next':
    case 'previous': {
      const at = to(range.focus + (by === 'next' ? 1 : -1));
      return { anchor: at, focus: at, head: 0, tail: 0 };
    }
    case 'extend-next':
    case 'extend-previous':
      return { ...range, focus: to(range.focus + (by === 'extend-next' ? 1 : -1)), head: 0, tail: 0 };
    case 'less-end':
      return words(range, given).length > 1 ? { ...range, tail: range.tail + 1 } : range;
    case 'less-start':
      return words(range, given).length > 1 ? { ...range, head: range.head + 1 } : range;
    case 'more-end':
      return { ...range, tail: Math.max(0, range.tail - 1) };
    case 'more-start':
      return { ...range, head: Math.max(0, range.head - 1) };
  }
}

/** The stretch that is chosen now. */
export function stretch(range: IRange, given: ISentences): { start: number; end: number } {
  const left = words(range, given);
  const { start, end } = whole(range, given);
  return left.length === 0 ? { start, end } : { start: left[0].start, end: left[left.length - 1].end };
}

/** All the sentences from anchor to focus. */
function whole(range: IRange, { sentences }: ISentences): { start: number; end: number } {
  const from = sentences[Math.min(range.anchor, range.focus)];
  const to = sentences[Math.max(range.anchor, range.focus)];
  return { start: from?.start ?? 0, end: to?.end ?? 0 };
}

/** The words that are left after taking some off both ends. */
function words(range: IRange, given: ISentences): { start: number; end: number }[] {
  const { start, end } = whole(range, given);
  const found = Array.from(given.text.slice(start, end).matchAll(/\S+/g), match => ({
    start: start + (match.index ?? 0),
    end: start + (match.index ?? 0) + match[0].length
  }));
  return found.slice(range.head, found.length - range.tail);
}
