import { decode, spell } from './spell';

const text = (value: string) =>
  spell(value)
    .map(p => p.text)
    .join('');

it.each([
  ['tag characters', 'a\u{E0041}b', 'a⟦U+E0041⟧b'],
  ['zero width space', 'a\u200Bb', 'a⟦U+200B⟧b'],
  ['word joiner', 'a\u2060b', 'a⟦U+2060⟧b'],
  ['right-to-left override', 'a\u202Eb', 'a⟦U+202E⟧b'],
  ['soft hyphen', 'a\u00ADb', 'a⟦U+00AD⟧b'],
  ['Hangul filler', 'a\u3164b', 'a⟦U+3164⟧b'],
  ['halfwidth Hangul filler', 'a\uFFA0b', 'a⟦U+FFA0⟧b'],
  ['combining grapheme joiner', 'a\u034Fb', 'a⟦U+034F⟧b'],
  ['variation selector', 'a\uFE0Fb', 'a⟦U+FE0F⟧b'],
  ['supplementary variation selector', 'a\u{E0100}b', 'a⟦U+E0100⟧b'],
  ['Mongolian free variation selector', 'a\u180Bb', 'a⟦U+180B⟧b'],
  ['private use', 'a\uE000b', 'a⟦U+E000⟧b'],
  ['a control character', 'a\u0007b', 'a⟦U+0007⟧b'],
  ['a lone surrogate', 'a\uD800b', 'a⟦U+D800⟧b']
])('%s is spelled out', (_, given, shown) => {
  expect(text(given)).toBe(shown);
  expect(spell(given).filter(p => p.hidden)).toHaveLength(1);
});

it('leaves what can be seen', () => {
  for (const seen of ['Δ ≤ 0, “quoted”\n\ttab', '日本語', 'हिन्दी', '👩‍🔬 ❤️']) {
    expect(text(seen)).toBe(seen);
  }
});

it('takes over what the server spelled, and reads what tags say', () => {
  const given = 'carry weight ⟦U+E0069⟧⟦U+E0067⟧⟦U+E006E⟧\u{E006F}\u{E0072}\u{E0065}⟦U+E0020⟧⟦U+E0033⟧';
  expect(spell(given).filter(p => p.hidden)).toHaveLength(8);
  expect(decode(given)).toBe('ignore 3');
  expect(decode('a\u200Bb')).toBe('');
});
