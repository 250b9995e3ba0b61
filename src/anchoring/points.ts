/**
 * Unicode code points outside, UTF-16 units inside: files and the wire count code points, the browser counts units.
 */

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** How many code points the first `end` units of a text hold; a split pair counts as one. */
export function pointsIn(text: string, end: number = text.length): number {
  // Most texts hold no pair, and the browser tells that much faster than we can count: outputs may have 10 MB.
  if (!PAIR.test(end < text.length ? text.slice(0, end) : text)) {
    return Math.min(end, text.length);
  }
  let points = 0;
  for (let i = 0; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (isHigh(unit) && i + 1 < end && isLow(text.charCodeAt(i + 1))) {
      i++;
    }
    points++;
  }
  return points;
}

/** The unit offset of the n-th code point; beyond the text's end, as if one-unit points went on. */
export function unitsOf(text: string, points: number): number {
  let i = 0;
  for (let left = points; left > 0; left--) {
    i += splits(text, i + 1) ? 2 : 1;
  }
  return i;
}

/** Whether a cut at this unit would part a surrogate pair. */
export function splits(text: string, at: number): boolean {
  return at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
}

/** The stretch of a text, widened so that it parts no surrogate pair. */
export function widened(text: string, start: number, end: number): [number, number] {
  return [splits(text, start) ? start - 1 : start, splits(text, end) ? end + 1 : end];
}

/** The first code points of a text. */
export function clipped(text: string, points: number): string {
  return text.length <= points ? text : text.slice(0, unitsOf(text, points));
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
