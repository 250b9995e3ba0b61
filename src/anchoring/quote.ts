/**
 * Words in a text ↔ W3C selectors: `describe` says where they are, `match` finds them again when the text has changed.
 *
 * The scoring is that of Hypothesis' `match-quote.ts`: 50 parts the quote, 20 each what stood before and after it, 2 the
 * position; at most min(256, half the quote) errors. At least .75 is attached, .60 to .75 is offered ("moved?"), less is
 * lost. A wrong place is worse than a stated loss, so three rules cap the score:
 *
 * 1. *Taken out.* Where the words before and the words after the quote now stand next to one another, or around other
 *    words, what resembles the quote elsewhere is not it; an equal and distinctive quote elsewhere is only offered.
 * 2. *Other numbers.* What differs from the quote in its numbers is another line of the same log or table: only offered.
 * 3. *Fewer copies.* Where the text now has fewer copies of the quote than stood before the highlighted one, and the one
 *    found is not where the highlighted one was, it may be another copy: it is only offered.
 */
import type { Target, TextPositionSelector, TextQuoteSelector } from '../contract';
import { LONGEST, approximate, likeness } from './approximate';
import { clipped, pointsIn, unitsOf, widened } from './points';

export const ATTACHED = 0.75;
export const OFFERED = 0.6;

/** Code units of text kept before and after a quote. */
export const CONTEXT = 64;

/** The longest quote, in code points; what was selected beyond is not quoted. */
export const QUOTE = 16_000;

/** The longest stretch of text that is searched, in units. */
export const WINDOW = 256_000;

/** Copies of a quote that are looked at, the nearest ones, and that are compared in full, the best ones. */
const MANY = 2_000;
const COPIES = 32;

/** From this score on, equal words are not doubted. */
const CERTAIN = 0.97;

/** Below this many units a quote says little of itself: an equal one elsewhere is likely another. */
const DISTINCTIVE = 24;

/** What `describe` says and `match` reads. */
export type Described = Pick<Target, 'selector' | 'occurrence'>;

/** Where the words are now: units of the text, and how sure that is (0 to 1). */
export interface IMatch {
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly place: 'attached' | 'moved';
}

/** Selectors for a stretch of a text. `before` counts the code points of the reading that precede the text. */
export function describe(text: string, from: number, to: number, before = 0): Described {
  const [start, until] = widened(text, from, to);
  const exact = clipped(text.slice(start, until), QUOTE);
  const end = start + exact.length;
  const [left] = widened(text, Math.max(0, start - CONTEXT), start);
  const [, right] = widened(text, end, Math.min(text.length, end + CONTEXT));
  const first = before + pointsIn(text, start);
  return {
    selector: [
      { type: 'TextQuoteSelector', exact, prefix: text.slice(left, start), suffix: text.slice(end, right) },
      { type: 'TextPositionSelector', start: first, end: first + pointsIn(exact) }
    ],
    occurrence: exact ? copiesOf(text.slice(0, start + exact.length - 1), exact).length : 0
  };
}

/** Find described words in a text; null when they are lost. */
export function match(text: string, target: Described, before = 0): IMatch | null {
  const quote = quoteIn(target);
  if (!quote) {
    return null;
  }
  const position = target.selector.find((s): s is TextPositionSelector => s.type === 'TextPositionSelector');
  const hint = position ? unitsOf(text, Math.max(0, position.start - before)) : null;
  const from = Math.max(0, Math.min((hint ?? 0) - WINDOW / 2, text.length - WINDOW));
  const window = text.slice(from, from + WINDOW);
  const counted = before === 0 && window.length === text.length;
  const found = new Search(window, quote, hint === null ? null : hint - from, counted ? target.occurrence : -1).best();
  return found && { ...found, start: found.start + from, end: found.end + from };
}

/** The quote selector of a target. */
export function quoteIn(target: Described): TextQuoteSelector | null {
  return target.selector.find((s): s is TextQuoteSelector => s.type === 'TextQuoteSelector') ?? null;
}

/** Where the copies of a quote start; they may overlap. */
export function copiesOf(text: string, quote: string): number[] {
  const copies: number[] = [];
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    copies.push(at);
  }
  return copies;
}

interface ICandidate {
  start: number;
  end: number;
  errors: number;
  score: number;
}

class Search {
  readonly #text: string;
  readonly #quote: TextQuoteSelector;
  readonly #hint: number | null;
  readonly #occurrence: number;

  constructor(
    text: string,
    quote: TextQuoteSelector,
    hint: number | null,
    /** How many copies stood before the quote; -1 where they were not counted from the start of the text. */
    occurrence: number
  ) {
    this.#text = text;
    this.#quote = quote;
    this.#hint = hint;
    this.#occurrence = occurrence;
  }

  best(): IMatch | null {
    const { exact } = this.#quote;
    if (!exact) {
      return this.#between();
    }
    const copies = copiesOf(this.#text, exact);
    const near = copies.length > MANY ? this.#nearest(copies) : copies;
    const equal = this.#top(near.map(start => this.#scored(start, start + exact.length, 0, near.length > COPIES)));
    if (equal.length > 0 && equal[0].score >= ATTACHED) {
      const best = this.#counted(equal, copies);
      const fewer = copies.length <= this.#occurrence && this.#away(best) > 3 * CONTEXT;
      return this.#judged(best, fewer ? OFFERED : best.score);
    }
    const best = [...equal, ...this.#alike()].reduce<ICandidate | null>(
      (a, b) => (a && a.score >= b.score ? a : b),
      null
    );
    return best && best.score >= OFFERED ? this.#judged(best, best.score) : null;
  }

  #judged(best: ICandidate, score: number): IMatch | null {
    const { exact } = this.#quote;
    if (best.errors === 0 && best.score >= CERTAIN) {
      return placed(best, score);
    }
    const found = this.#whole(best);
    if (this.#takenOut(best)) {
      return best.errors === 0 && exact.length >= DISTINCTIVE ? placed(found, OFFERED) : null;
    }
    const another = best.errors > 0 && numbers(exact) !== numbers(this.#text.slice(found.start, found.end));
    return placed(found, another ? Math.min(score, OFFERED) : score);
  }

  /** The place between the words before and the words after: where something is missing. */
  #between(): IMatch | null {
    const { prefix, suffix } = this.#quote;
    const around = prefix + suffix;
    const hint = (this.#hint ?? 0) + suffix.length;
    const nearest = approximate(this.#text, around, around.length >> 1, hint).slice(0, 8);
    const places = nearest.map(found => {
      // The seam is where both sides fit best.
      let best = { at: found.start, score: -1 };
      for (let at = found.start; at <= found.end; at++) {
        const score = (20 * this.#prefix(at) + 20 * this.#suffix(at) + 2 * this.#position(at)) / 42;
        best = score > best.score ? { at, score } : best;
      }
      return { start: best.at, end: best.at, errors: 0, score: best.score };
    });
    const [best] = this.#top(places);
    return best && best.score >= OFFERED ? placed(best, best.score) : null;
  }

  /** Of copies that score alike, the one with the number that was counted, else the nearest to where it was. */
  #counted(equal: ICandidate[], copies: number[]): ICandidate {
    const level = equal.filter(c => c.score >= equal[0].score - 0.02);
    return level.find(c => copies[this.#occurrence] === c.start) ?? equal[0];
  }

  #nearest(copies: number[]): number[] {
    const hint = this.#hint ?? 0;
    const at = copies.findIndex(start => start >= hint);
    const from = Math.max(0, (at < 0 ? copies.length : at) - MANY / 2);
    return copies.slice(from, from + MANY);
  }

  /** What reads like the quote. Of a long quote the two ends are sought, the middle follows. */
  #alike(): ICandidate[] {
    const { exact } = this.#quote;
    const hint = this.#hint ?? 0;
    if (exact.length <= LONGEST) {
      const found = approximate(this.#text, exact, exact.length >> 1, hint + exact.length);
      return this.#top(found.map(f => this.#scored(f.start, f.end, f.errors / exact.length)));
    }
    const half = LONGEST >> 1;
    const heads = approximate(this.#text, exact.slice(0, half), half >> 1, hint + half);
    const tails = approximate(this.#text, exact.slice(-half), half >> 1, hint + exact.length);
    const pairs = heads.flatMap(head =>
      tails
        .filter(tail => tail.end - head.start > exact.length / 2 && tail.end - head.start < exact.length * 1.5)
        .map(tail => this.#scored(head.start, tail.end, (head.errors + tail.errors) / LONGEST))
    );
    return this.#top(pairs);
  }

  /**
   * Whether the surroundings of the quote are still there without it: its neighbours on both sides stand next to one
   * another and fit better there than around the candidate; or around other words, and fit much better.
   */
  #takenOut(best: ICandidate): boolean {
    const { prefix, suffix, exact } = this.#quote;
    const length = prefix.length + suffix.length;
    if (length < CONTEXT / 2) {
      return false;
    }
    const here = (prefix.length * this.#prefix(best.start) + suffix.length * this.#suffix(best.end)) / length;
    const left = prefix ? approximate(this.#text, prefix, prefix.length >> 2, this.#hint ?? 0) : [];
    const right = suffix ? approximate(this.#text, suffix, suffix.length >> 2, this.#hint ?? 0) : [];
    const reach = 1.5 * exact.length + CONTEXT / 4;
    return left.some(l =>
      right.some(r => {
        const gap = r.start - l.end;
        const around = l.end <= best.start && r.start >= best.end;
        const better = 1 - (l.errors + r.errors) / length - here;
        return !around && gap >= -2 && ((gap <= 3 && better > 0.03) || (gap <= reach && better > 0.25));
      })
    );
  }

  /** A match in whole words where whole words were quoted. */
  #whole(found: ICandidate): ICandidate {
    const { exact, prefix, suffix } = this.#quote;
    let { start, end } = found;
    if (found.errors > 0) {
      while (WORDY.test(exact[0]) && !WORDY.test(prefix.slice(-1)) && WORDY.test(this.#text[start - 1] ?? '')) {
        start--;
      }
      while (WORDY.test(exact.slice(-1)) && !WORDY.test(suffix[0] ?? '') && WORDY.test(this.#text[end] ?? '')) {
        end++;
      }
    }
    const [from, to] = widened(this.#text, start, end);
    return { ...found, start: from, end: to };
  }

  #scored(start: number, end: number, errors: number, roughly = false): ICandidate {
    const [before, after] = roughly ? this.#rough(start, end) : [this.#prefix(start), this.#suffix(end)];
    const parts = 50 * (1 - errors) + 20 * before + 20 * after + 2 * this.#position(start);
    return { start, end, errors, score: parts / 92 };
  }

  /** The best candidates, their context compared in full. */
  #top(candidates: ICandidate[]): ICandidate[] {
    const order = (a: ICandidate, b: ICandidate): number => b.score - a.score;
    const top = candidates.length > COPIES ? candidates.sort(order).slice(0, COPIES) : candidates;
    const full = candidates.length > COPIES && this.#quote.exact;
    return (full ? top.map(c => this.#scored(c.start, c.end, c.errors)) : top).sort(order);
  }

  /** How much of the context is equal, outwards from the quote. */
  #rough(start: number, end: number): [number, number] {
    const { prefix, suffix } = this.#quote;
    let before = 0;
    while (before < prefix.length && this.#text[start - 1 - before] === prefix[prefix.length - 1 - before]) {
      before++;
    }
    let after = 0;
    while (after < suffix.length && this.#text[end + after] === suffix[after]) {
      after++;
    }
    return [prefix ? before / prefix.length : 1, suffix ? after / suffix.length : 1];
  }

  #prefix(start: number): number {
    const { prefix } = this.#quote;
    return likeness(this.#text.slice(Math.max(0, start - 2 * prefix.length), start), prefix, 'end');
  }

  #suffix(end: number): number {
    const { suffix } = this.#quote;
    return likeness(this.#text.slice(end, end + 2 * suffix.length), suffix, 'start');
  }

  #position(start: number): number {
    return this.#hint === null ? 1 : 1 - Math.min(1, Math.abs(start - this.#hint) / Math.max(1, this.#text.length));
  }

  #away(found: ICandidate): number {
    return this.#hint === null ? 0 : Math.abs(found.start - this.#hint);
  }
}

const WORDY = /[\p{L}\p{N}_]/u;

function numbers(text: string): string {
  return (text.match(/\d+/g) ?? []).join(' ');
}

function placed({ start, end }: ICandidate, score: number): IMatch {
  return { start, end, score, place: score >= ATTACHED ? 'attached' : 'moved' };
}
