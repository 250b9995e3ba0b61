const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A sort key after `before` and before `after`; empty strings stand for the ends. As `between` in core/constitution.py. */
export function between(before: string, after: string): string {
  if ((after && before >= after) || after === `${before}0`) {
    throw new RangeError(`no sort key lies between ${before} and ${after}`);
  }
  let key = '';
  for (;;) {
    const low = key.length < before.length ? DIGITS.indexOf(before[key.length]) : 0;
    if (after && key === after) {
      // `after` is `before` and several zeros: one zero fewer.
      return key.slice(0, -1);
    }
    const high = after ? DIGITS.indexOf(after[key.length]) : DIGITS.length;
    if (high - low > 1) {
      return key + DIGITS[Math.floor((low + high) / 2)];
    }
    key += DIGITS[low];
    if (high > low) {
      after = '';
    }
  }
}

/**
 * New sort keys, by place, so that `keys` sort as they stand once the one at `at` has moved there. Others get one only
 * where no key fits: equal keys, or keys that somebody else's program made.
 */
export function resorted(keys: readonly string[], at: number): Map<number, string> {
  const made = new Map<number, string>();
  let before = keys[at - 1] ?? '';
  for (let place = at; place < keys.length && (place === at || keys[place] <= before); place++) {
    before = fitting(before, keys[place + 1] ?? '') ?? `${before}V`;
    made.set(place, before);
  }
  return made;
}

/** A key between two, or null where there is none that can be made. */
function fitting(before: string, after: string): string | null {
  const ours = [...before, ...after].every(digit => DIGITS.includes(digit));
  try {
    return ours ? between(before, after) : null;
  } catch {
    return null;
  }
}
