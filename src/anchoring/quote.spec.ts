import { pointsIn, unitsOf } from './points';
import { CONTEXT, QUOTE, describe as described, match, quoteIn } from './quote';

function words(text: string, target: ReturnType<typeof described>): string | null {
  const found = match(text, target);
  return found && text.slice(found.start, found.end);
}

describe('describe and match undo each other', () => {
  const alphabet = ['a', 'B', ' ', '\n', 'é', 'e\u0301', '😀', '👩‍🔬', '𝔘', '中', '$\\Delta$', 'العربية'];
  let seed = 11;
  const next = (n: number): number => (seed = (seed * 1664525 + 1013904223) >>> 0) % n;

  test('for any stretch of any text, in code points', () => {
    for (let trial = 0; trial < 2_000; trial++) {
      const text = Array.from({ length: 1 + next(60) }, () => alphabet[next(alphabet.length)]).join('');
      const start = next(text.length);
      const end = start + 1 + next(text.length - start);
      const target = described(text, start, end);
      const found = match(text, target)!;
      const position = target.selector.find(s => s.type === 'TextPositionSelector')!;
      expect(text.slice(found.start, found.end)).toBe(quoteIn(target)!.exact);
      expect(found.start).toBeLessThanOrEqual(start);
      expect(found.end).toBeGreaterThanOrEqual(end);
      expect(found).toMatchObject({ score: 1, place: 'attached' });
      expect(Array.from(text).slice(position.start, position.end).join('')).toBe(quoteIn(target)!.exact);
      expect(quoteIn(target)!.exact).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
    }
  });

  test('code points and units', () => {
    const text = '😀a𝔘b';
    expect(pointsIn(text)).toBe(4);
    expect([0, 1, 2, 3, 4, 9].map(n => unitsOf(text, n))).toEqual([0, 2, 3, 5, 6, 11]);
  });

  test('a quote is bounded, and so is its context', () => {
    const target = described('x'.repeat(10) + '😀'.repeat(QUOTE + 5), 10, 10 + 2 * QUOTE + 10);
    expect(pointsIn(quoteIn(target)!.exact)).toBe(QUOTE);
    expect(quoteIn(target)!.suffix.length).toBeLessThanOrEqual(CONTEXT + 1);
  });
});

describe('a text that has changed', () => {
  const text =
    'The robot defers because it is unsure. Marchetti and Osei (2018) prove that it holds for every human. ' +
    'Your robot will therefore leave the switch alone. What follows is a remark on noise in human choices.';
  const quote = 'Marchetti and Osei (2018) prove that it holds for every human.';
  const start = text.indexOf(quote);
  const target = described(text, start, start + quote.length);

  test('words found where they moved to', () => {
    expect(words(`A new paragraph comes first.\n${text}`, target)).toBe(quote);
  });

  test('words found when some of them changed, as whole words', () => {
    const changed = text.replace('prove that it holds', 'show that it holds').replace('unsure', 'certain');
    expect(words(changed, target)).toBe(quote.replace('prove', 'show'));
    expect(match(changed, target)!.place).toBe('attached');
  });

  test('words that were taken out are lost', () => {
    expect(match(text.replace(quote, ''), target)).toBeNull();
    expect(match(text.replace(quote, 'Something else entirely stands here now, at length.'), target)).toBeNull();
  });

  test('words that were taken out are lost though others like them remain', () => {
    const like = 'Park and Osei (2019) prove that it holds for every agent.';
    expect(match(`${text.replace(quote, '')} Long after, at the end: ${like} So they say.`, target)).toBeNull();
  });

  test('a short word that was taken out is not found in another place', () => {
    const at = text.indexOf('human');
    const short = described(text, at, at + 5);
    expect(match(text.replace('every human.', 'every .'), short)).toBeNull();
  });

  test('equal words elsewhere are offered, not taken', () => {
    const moved = `${'Filler about other matters. '.repeat(9)}${quote} ${'More of that. '.repeat(9)}`;
    expect(match(moved, target)).toMatchObject({ place: 'moved' });
  });
});

describe('copies', () => {
  const row = '| layer 3 | head 4 | 0.25 |\n';
  const text = row.repeat(40);

  test.each([0, 1, 17, 38, 39])('the copy with the number %i is found', n => {
    const start = n * row.length + 12;
    const target = described(text, start, start + 6);
    expect(target.occurrence).toBe(n);
    expect(match(text, target)!.start).toBe(start);
    expect(match(`A title\n${text}`, target)!.start).toBe(start + 8);
  });

  test('when copies are gone, another one is offered at most', () => {
    const start = 30 * row.length + 12;
    const target = described(text, start, start + 6);
    expect(match(row.repeat(3), target)?.place).not.toBe('attached');
  });
});

describe('a place where something is missing', () => {
  const text = 'The proof assumes convexity. The bound follows at once. It is tight for two agents.';
  const at = text.indexOf(' The bound');

  test('is between what stands before and after', () => {
    const target = described(text, at, at);
    expect(target.selector[0]).toMatchObject({ exact: '' });
    expect(match(text, target)).toMatchObject({ start: at, end: at, place: 'attached' });
    expect(match(`First. ${text}`, target)).toMatchObject({ start: at + 7, end: at + 7, place: 'attached' });
  });

  test('is lost when they are gone', () => {
    expect(
      match('Nothing of this remains here, and the rest is about something else.', described(text, at, at))
    ).toBeNull();
  });
});

test('a long quote is found by its two ends', () => {
  const sentence = (i: number): string =>
    `Sentence number ${i} says that ${(i * 7919) % 1000} is not ${(i * 104729) % 997}. `;
  const text = Array.from({ length: 300 }, (_, i) => sentence(i)).join('');
  const from = text.indexOf('Sentence number 50 ');
  const to = text.indexOf('Sentence number 90 ');
  const target = described(text, from, to);
  const changed = text.replace(/says/g, 'states');
  const found = match(changed, target)!;
  expect(changed.slice(found.start, found.start + 19)).toBe('Sentence number 50 ');
  expect(changed.slice(found.end).trimStart()).toMatch(/^Sentence number 90 /);
});

test('the time is bounded on a long text', () => {
  const text = Array.from({ length: 40_000 }, (_, i) => `line ${i % 97} of a log\n`)
    .join('')
    .slice(0, 256_000);
  const target = described(text.slice(0, 3000) + 'a line that is gone '.repeat(40) + text.slice(3000), 3000, 3800);
  const before = performance.now();
  match(text, target);
  expect(performance.now() - before).toBeLessThan(1000);
});
