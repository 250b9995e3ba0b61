/**
 * The sentences of a text, and how a stretch of them grows and shrinks: highlighting without a mouse.
 *
 * Up and down move by sentence, with shift they extend; right and left take words from the end or give them back. Pure:
 * the list on screen only draws what these say.
 */

/** A stretch of a text, in UTF-16 units. */
export interface IStretch {
  readonly start: number;
  readonly end: number;
}

const LONGEST = 2_000;

/** The sentences of a text, one by one; a line is never part of two, and a formula is not cut. */
export function sentencesOf(text: string, most = 2_000): IStretch[] {
  const sentences: IStretch[] = [];
  const lines = /[^\n]+/g;
  for (let line = lines.exec(text); line && sentences.length < most; line = lines.exec(text)) {
    let start = -1;
    for (const end of endsIn(line[0])) {
      start = start < 0 ? 0 : start;
      const stretch = trimmed(text, line.index + start, line.index + end);
      if (stretch) {
        sentences.push(stretch);
      }
      start = end;
    }
  }
  return sentences.slice(0, most);
}

/** The sentence before or after the one that a stretch begins in. */
export function moved(sentences: readonly IStretch[], stretch: IStretch, by: 1 | -1): IStretch {
  const at = Math.max(
    0,
    sentences.findIndex(s => s.end > stretch.start)
  );
  return sentences[Math.min(Math.max(at + by, 0), sentences.length - 1)] ?? stretch;
}

/** One more sentence at the end, or one less; at least one is left. */
export function extended(sentences: readonly IStretch[], stretch: IStretch, by: 1 | -1): IStretch {
  const first = Math.max(
    0,
    sentences.findIndex(s => s.end > stretch.start)
  );
  let last = first;
  while (last + 1 < sentences.length && sentences[last + 1].start < stretch.end) {
    last++;
  }
  const whole = sentences[last].end <= stretch.end;
  const to = by > 0 ? (whole ? last + 1 : last) : last - 1;
  const end = sentences[Math.min(Math.max(to, first), sentences.length - 1)].end;
  return { start: stretch.start, end };
}

/** A word less at the end (or, from the other side, at the start); one word is left. */
export function shrunk(text: string, stretch: IStretch, side: 'start' | 'end'): IStretch {
  const words = wordsIn(text, stretch);
  if (words.length < 2) {
    return stretch;
  }
  return side === 'end'
    ? { start: stretch.start, end: words[words.length - 2].end }
    : { start: words[1].start, end: stretch.end };
}

/** A word more at the end or at the start, within a bound. */
export function grown(text: string, stretch: IStretch, within: IStretch, side: 'start' | 'end'): IStretch {
  const rest = side === 'end' ? { start: stretch.end, end: within.end } : { start: within.start, end: stretch.start };
  const words = wordsIn(text, rest);
  const word = side === 'end' ? words[0] : words[words.length - 1];
  return word ? { start: Math.min(stretch.start, word.start), end: Math.max(stretch.end, word.end) } : stretch;
}

/** The words of a stretch; a formula is one word. */
export function wordsIn(text: string, { start, end }: IStretch): IStretch[] {
  return Array.from(text.slice(start, end).matchAll(/\${1,2}[^$]+\${1,2}\S*|\S+/g), word => ({
    start: start + word.index,
    end: start + word.index + word[0].length
  }));
}

/** Where the sentences of a line end. */
function endsIn(line: string): number[] {
  const ends = Array.from(segmenter().segment(line.slice(0, 200 * LONGEST)), s => s.index + s.segment.length);
  const joined = ends.filter(end => !inFormula(line, end) && !abbreviated(line, end));
  return joined[joined.length - 1] === line.length ? joined : [...joined, line.length];
}

function inFormula(line: string, at: number): boolean {
  return at < line.length && (line.slice(Math.max(0, at - LONGEST), at).match(/\$+/g)?.length ?? 0) % 2 === 1;
}

/** “et al.”, “e.g.”, “Fig.” and initials do not end a sentence. */
function abbreviated(line: string, at: number): boolean {
  return /(?:^|[\s(])(?:al|e\.g|i\.e|cf|vs|etc|Fig|Eq|Sec|Thm|Dr|Prof|No|pp?|[A-Z])\.\s+$/.test(
    line.slice(Math.max(0, at - 12), at)
  );
}

function trimmed(text: string, start: number, end: number): IStretch | null {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  const to = end - (words.length - words.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}

let one: Intl.Segmenter | null = null;

function segmenter(): Intl.Segmenter {
  return (one ??= new Intl.Segmenter(undefined, { granularity: 'sentence' }));
}
