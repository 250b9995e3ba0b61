/**
 * Approximate string matching in linear time: Myers' bit-vector algorithm (J. ACM 46(3), 1999) over words of 32 bits.
 *
 * The library that Hypothesis uses reports only the matches with the fewest errors, and finds the start of every one of
 * them: on a line of dashes that is quadratic. Here every local minimum is a candidate (the surroundings decide between
 * them), their number is bounded, and a pattern has at most `LONGEST` units, so that the time is bounded too.
 */

/** A stretch of the text that reads like the pattern. Errors are insertions, deletions and substitutions. */
export interface IApproximate {
  readonly start: number;
  readonly end: number;
  readonly errors: number;
}

export const LONGEST = 256;
const MOST = 64;
const WORD = 32;

/** Where a pattern of at most `LONGEST` units stands in a text with at most so many errors, best first. */
export function approximate(text: string, pattern: string, errors: number, hint = 0): IApproximate[] {
  const ends = endsOf(text, pattern, errors)
    .sort((a, b) => a.errors - b.errors || Math.abs(a.end - hint) - Math.abs(b.end - hint))
    .slice(0, MOST);
  const reversed = reverse(pattern);
  return ends.map(({ end, errors }) => {
    const from = Math.max(0, end - pattern.length - errors);
    // Of several starts that fit equally, the one that makes the match as long as the pattern.
    let start = end;
    let best = Infinity;
    sweep(reverse(text.slice(from, end)), reversed, (at, found) => {
      const off = Math.abs(at - pattern.length);
      if (found < best || (found === best && off < Math.abs(end - start - pattern.length))) {
        best = found;
        start = end - at;
      }
    });
    return { start, end, errors };
  });
}

/**
 * How far the pattern is from the nearest stretch that ends where the text ends (or starts where it starts), from 1
 * (equal) to 0. The context of a quote is judged with it.
 */
export function likeness(text: string, pattern: string, edge: 'start' | 'end'): number {
  if (!pattern) {
    return 1;
  }
  if (edge === 'end' ? text.endsWith(pattern) : text.startsWith(pattern)) {
    return 1;
  }
  const a = edge === 'end' ? reverse(pattern) : pattern;
  const b = edge === 'end' ? reverse(text.slice(-2 * pattern.length)) : text.slice(0, 2 * pattern.length);
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return 1 - Math.min(...row) / a.length;
}

/** The ends of the matches that are better than everything half a pattern around them. */
function endsOf(text: string, pattern: string, most: number): { end: number; errors: number }[] {
  const ends: { end: number; errors: number }[] = [];
  const apart = Math.max(1, pattern.length >> 1);
  let best = { end: -1, errors: Infinity };
  sweep(text, pattern, (end, errors) => {
    if (errors < best.errors && errors <= most) {
      best = { end, errors };
    } else if (best.end >= 0 && end - best.end > apart) {
      ends.push(best);
      best = { end: -1, errors: Infinity };
    }
  });
  if (best.end >= 0) {
    ends.push(best);
  }
  return ends;
}

/** Tell, after each unit of the text, with how many errors the pattern ends there. */
function sweep(text: string, pattern: string, tell: (end: number, errors: number) => void): void {
  const blocks = Math.ceil(pattern.length / WORD);
  const up = new Int32Array(blocks).fill(-1);
  const down = new Int32Array(blocks);
  const masks = masksOf(pattern, blocks);
  const none = new Int32Array(blocks);
  const bottom = (pattern.length - 1) % WORD;
  let errors = pattern.length;
  for (let i = 0; i < text.length; i++) {
    const mask = masks.get(text.charCodeAt(i)) ?? none;
    let carry = 0;
    for (let b = 0; b < blocks; b++) {
      const negative = carry >>> 31;
      const equal = mask[b] | negative;
      const vertical = equal | down[b];
      const horizontal = (((equal & up[b]) + up[b]) ^ up[b]) | equal;
      let plus = down[b] | ~(horizontal | up[b]);
      let minus = up[b] & horizontal;
      const last = b === blocks - 1 ? bottom : WORD - 1;
      const out = ((plus >>> last) & 1) - ((minus >>> last) & 1);
      plus = (plus << 1) | (carry > 0 ? 1 : 0);
      minus = (minus << 1) | negative;
      up[b] = minus | ~(vertical | plus);
      down[b] = plus & vertical;
      carry = out;
    }
    errors += carry;
    tell(i + 1, errors);
  }
}

function masksOf(pattern: string, blocks: number): Map<number, Int32Array> {
  const masks = new Map<number, Int32Array>();
  for (let i = 0; i < pattern.length; i++) {
    const unit = pattern.charCodeAt(i);
    const mask = masks.get(unit) ?? new Int32Array(blocks);
    mask[Math.floor(i / WORD)] |= 1 << (i % WORD);
    masks.set(unit, mask);
  }
  return masks;
}

function reverse(text: string): string {
  return text.split('').reverse().join('');
}
