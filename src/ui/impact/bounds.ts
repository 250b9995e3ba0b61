/** How sure a count makes us. A count of nothing is never shown as nothing. Pure. */

/** The 97.5th percentile of the normal distribution. */
const Z = 1.959963984540054;

/** Shares in [0, 1]. */
export interface IInterval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval for k of n, 95 %. Source: E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209–212. */
export function wilson(k: number, n: number): IInterval {
  if (n === 0) {
    return { low: 0, high: 1 };
  }
  const p = k / n;
  const z2 = (Z * Z) / n;
  const middle = (p + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n))) / (1 + z2);
  return { low: k === 0 ? 0 : Math.max(0, middle - half), high: k === n ? 1 : Math.min(1, middle + half) };
}

/**
 * None of n: the largest share that would still show none in one trial of twenty. Exact, one-sided, 95 %:
 * (1 − p)ⁿ = 0.05. Source: Clopper and Pearson (1934), Biometrika 26, 404–413.
 */
export function noneOf(n: number): number {
  return n === 0 ? 1 : 1 - Math.pow(0.05, 1 / n);
}

/** A share as people read it: whole percent, and never 0 % or 100 % for something between. */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 0 && share > 0) {
    return '< 1%';
  }
  if (rounded === 100 && share < 1) {
    return '> 99%';
  }
  return `${rounded}%`;
}
