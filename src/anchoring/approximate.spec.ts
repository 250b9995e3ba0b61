import { approximate, likeness } from './approximate';

/** The textbook dynamic programme: errors of the best match that ends at each unit. */
function oracle(text: string, pattern: string): number[] {
  let column = Array.from({ length: pattern.length + 1 }, (_, i) => i);
  return Array.from(text, unit => {
    const next = [0];
    for (let i = 1; i <= pattern.length; i++) {
      next.push(Math.min(column[i] + 1, next[i - 1] + 1, column[i - 1] + (pattern[i - 1] === unit ? 0 : 1)));
    }
    column = next;
    return next[pattern.length];
  });
}

function random(seed: number): () => number {
  let state = seed;
  return () => ((state = (state * 1664525 + 1013904223) >>> 0), state / 2 ** 32);
}

test('the best match has the errors that dynamic programming finds, for patterns of every length', () => {
  const next = random(7);
  const letters = (n: number): string => Array.from({ length: n }, () => 'abcd'[Math.floor(next() * 4)]).join('');
  for (let trial = 0; trial < 300; trial++) {
    const text = letters(200);
    const pattern = letters(1 + Math.floor(next() * 130));
    const best = Math.min(...oracle(text, pattern));
    const [found] = approximate(text, pattern, pattern.length);
    if (best < pattern.length) {
      expect(found.errors).toBe(best);
      expect(Math.min(...oracle(text.slice(found.start, found.end), pattern).slice(-1))).toBe(best);
    }
  }
});

test('every local best is a candidate, not only those with the fewest errors', () => {
  const found = approximate('the quick fox …………………… the quack fox …………………… the quick fix', 'the quick fox', 6);
  expect(found.map(f => [f.start, f.errors])).toEqual([
    [0, 0],
    [23, 1],
    [46, 1]
  ]);
});

test('a line of dashes is searched in linear time', () => {
  const before = performance.now();
  const found = approximate('-'.repeat(256_000), `${'-'.repeat(199)}|`, 100);
  expect(found.length).toBeLessThanOrEqual(64);
  expect(performance.now() - before).toBeLessThan(1000);
});

test('likeness is one for equal context, and low for other words', () => {
  expect(likeness('what stood before ', 'stood before ', 'end')).toBe(1);
  expect(likeness('what stand before ', 'stood before ', 'end')).toBeCloseTo(1 - 2 / 13);
  expect(likeness('entirely different', 'stood before ', 'end')).toBeLessThan(0.4);
});
