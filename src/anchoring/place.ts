/** Where an annotation's words are now in an output, and how sure that is. */
import type { Target, TextPositionSelector } from '../contract';
import { IReading, rawPlace, readingOf } from './dom';
import { ATTACHED, IMatch, OFFERED, match, quoteIn } from './quote';
import { approximate } from './approximate';

/** How much of a whole output is quoted. */
export const HEAD = 2_000;

/** Words found in an output. */
export interface IFound extends IMatch {
  readonly reading: IReading;
}

/** Find what a target means in the output that it names; null when it is lost. */
export function placed(root: Element, target: Target, reading: IReading = readingOf(root)): IFound | null {
  if (target.part === 'whole') {
    return whole(target, reading);
  }
  const found = match(reading.text, target, reading.before);
  if (found?.place !== 'attached' && !reading.complete) {
    return elsewhere(root, target) ?? (found && { ...found, reading });
  }
  return found && { ...found, reading };
}

/** In an output too long to be read whole: around the place where it was, then where the quote is first found. */
function elsewhere(root: Element, target: Target): IFound | null {
  const position = target.selector.find((s): s is TextPositionSelector => s.type === 'TextPositionSelector');
  const quote = quoteIn(target)?.exact ?? '';
  const raw = quote && rawPlace(root, quote);
  for (const near of [position?.start ?? null, raw || null]) {
    if (near !== null) {
      const reading = readingOf(root, near);
      const found = match(reading.text, target, reading.before);
      if (found) {
        return { ...found, reading };
      }
    }
  }
  return null;
}

/** A whole output is there as long as it begins as it did. */
function whole(target: Target, reading: IReading): IFound | null {
  const head = quoteIn(target)?.exact ?? '';
  const { text } = reading;
  let score = 1;
  if (head && !text.trim().startsWith(head)) {
    const sample = head.slice(0, 200);
    const [best] = approximate(text.slice(0, 2 * sample.length + 40), sample, sample.length >> 1);
    score = best ? 1 - best.errors / sample.length : 0;
  }
  if (!text || score < OFFERED) {
    return null;
  }
  return { start: 0, end: text.length, score, place: score >= ATTACHED ? 'attached' : 'moved', reading };
}
