/** Where an annotation's words are now in an output, and how sure that is. */
import type { Target, TextPositionSelector } from '../contract';
import { IReading, isHuge, rawPlace, readingOf, windowOf } from './dom';
import { ATTACHED, IMatch, OFFERED, WINDOW, match, quoteIn } from './quote';
import { approximate } from './approximate';

/** How much of a whole output is quoted. */
export const HEAD = 2_000;

/** What must be read before a place, in code points, to look for its words there. */
const MARGIN = 4_000;

/** Reads outputs, each once: an output with many highlights is not read for every one of them. */
export class Readings {
  of(root: Element): IReading {
    const reading = this.#whole.get(root) ?? readingOf(root);
    this.#whole.set(root, reading);
    return reading;
  }

  /** A window of a huge output that reaches well around so many code points of its text. */
  near(root: Element, points: number): IReading | null {
    const windows = this.#windows.get(root) ?? [];
    this.#windows.set(root, windows);
    const known = windows.find(w => points > w.before + MARGIN && points <= w.before + WINDOW / 2);
    const reading = known ?? windowOf(root, points);
    if (reading && !known) {
      windows.push(reading);
    }
    return reading;
  }

  readonly #whole = new Map<Element, IReading>();
  readonly #windows = new Map<Element, IReading[]>();
}

/** Words found in an output. */
export interface IFound extends IMatch {
  readonly reading: IReading;
}

/** Find what a target means in the output that it names; null when it is lost. */
export function placed(root: Element, target: Target, readings = new Readings()): IFound | null {
  if (target.part === 'whole') {
    return whole(target, readings.of(root));
  }
  const aside = isHuge(root) ? elsewhere(root, target, readings) : null;
  if (aside) {
    return aside;
  }
  const reading = readings.of(root);
  const found = inReading(reading, target);
  return found?.place === 'attached' || reading.complete ? found : (elsewhere(root, target, readings) ?? found);
}

function inReading(reading: IReading, target: Target): IFound | null {
  const found = match(reading.text, target, reading.before);
  return found && { ...found, reading };
}

/** In an output too long to be read whole: around the place where it was, then where the quote is first found. */
function elsewhere(root: Element, target: Target, readings: Readings): IFound | null {
  const position = target.selector.find((s): s is TextPositionSelector => s.type === 'TextPositionSelector');
  const quote = quoteIn(target)?.exact;
  for (const near of [(): number | null => position?.start ?? null, () => (quote ? rawPlace(root, quote) : null)]) {
    const point = near();
    const reading = point === null ? null : readings.near(root, point);
    const found = reading && inReading(reading, target);
    if (found) {
      return found;
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
