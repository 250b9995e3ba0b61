/** The sentences of a text, for highlighting without a mouse. Pure: the list on screen only draws what this says. */

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
