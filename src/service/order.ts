const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A sort key after `before` and before `after`; empty strings stand for the ends. As `between` in core/constitution.py. */
export function between(before: string, after: string): string {
  if (after && before >= after) {
    throw new RangeError(`no sort key lies between ${before} and ${after}`);
  }
  let key = '';
  for (;;) {
    const low = key.length < before.length ? DIGITS.indexOf(before[key.length]) : 0;
    const high = after && key.length < after.length ? DIGITS.indexOf(after[key.length]) : DIGITS.length;
    if (high - low > 1) {
      return key + DIGITS[Math.floor((low + high) / 2)];
    }
    key += DIGITS[low];
    if (high > low) {
      after = '';
    }
  }
}
