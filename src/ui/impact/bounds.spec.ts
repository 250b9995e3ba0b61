import { noneOf, percent, wilson } from './bounds';

describe('wilson', () => {
  // The drawn screens' figures, worked out by hand beforehand.
  it.each([
    [1, 1, 0.207, 1],
    [8, 9, 0.565, 0.98],
    [2, 9, 0.063, 0.547],
    [2, 15, 0.037, 0.379],
    [1, 6, 0.03, 0.564]
  ])('%i of %i', (k, n, low, high) => {
    const found = wilson(k, n);
    expect(found.low).toBeCloseTo(low, 2);
    expect(found.high).toBeCloseTo(high, 2);
  });

  it('stays within 0 and 1, and holds the share', () => {
    for (let n = 1; n < 60; n++) {
      for (let k = 0; k <= n; k++) {
        const { low, high } = wilson(k, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
      }
    }
  });

  it('says nothing where nothing was tried', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('noneOf', () => {
  it.each([
    [1, 0.95],
    [6, 0.393],
    [14, 0.193],
    [59, 0.0495]
  ])('none of %i', (n, bound) => {
    expect(noneOf(n)).toBeCloseTo(bound, 3);
    // The share at the bound shows none with a chance of one in twenty.
    expect(Math.pow(1 - noneOf(n), n)).toBeCloseTo(0.05, 10);
  });

  it('is everything where nothing was tried', () => {
    expect(noneOf(0)).toBe(1);
  });
});

it('never rounds something to nothing or to all', () => {
  expect(percent(0)).toBe('0%');
  expect(percent(0.002)).toBe('< 1%');
  expect(percent(0.998)).toBe('> 99%');
  expect(percent(1)).toBe('100%');
  expect(percent(0.393)).toBe('39%');
});
