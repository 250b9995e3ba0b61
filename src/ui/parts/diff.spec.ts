import { Piece, pieces } from './diff';

const side = (all: readonly Piece[], hidden: string[]) =>
  all
    .filter(p => !hidden.includes(p.kind))
    .map(p => p.text)
    .join('');
const before = (all: readonly Piece[]) => side(all, ['added', 'space-after']);
const after = (all: readonly Piece[]) => side(all, ['removed', 'space-before']);

it.each([
  ['', ''],
  ['', 'new words'],
  ['one two three', 'one 2 three'],
  ['For every finite β, it holds.', 'For 0 < β < ∞, it holds (no source).'],
  ['a  b\n\nc', 'a b\n\nc d'],
  ['line\nline', 'line\nother\nline'],
  ['The result survives mild irrationality. M and O prove it.', 'The result fails here. No source found.']
])('keeps both texts whole: %j → %j', (old, now) => {
  const all = pieces(old, now);
  expect(before(all)).toBe(old);
  expect(after(all)).toBe(now);
});

it('strikes phrases, not the spaces around them', () => {
  const all = pieces('It goes back to Delacroix', 'It is set out in Soares');
  expect(all.filter(p => p.kind === 'removed').map(p => p.text)).toEqual(['goes back to Delacroix']);
  expect(all.filter(p => p.kind === 'added').map(p => p.text)).toEqual(['is set out in Soares']);
});

it('tells words apart in Greek, and letters in Chinese', () => {
  expect(pieces('η καλή θέση', 'η κακή θέση').filter(p => p.kind === 'removed')).toEqual([
    { kind: 'removed', text: 'καλή' }
  ]);
  expect(pieces('规则改变', '规则不变').filter(p => p.kind === 'removed')).toEqual([{ kind: 'removed', text: '改' }]);
});

it('shows one large change where the words would take too long', () => {
  const old = Array.from({ length: 9000 }, (_, n) => `a${n}`).join(' ');
  const now = Array.from({ length: 9000 }, (_, n) => `b${n}`).join(' ');
  const start = Date.now();
  expect(pieces(old, now).map(p => p.kind)).toEqual(['removed', 'added']);
  expect(Date.now() - start).toBeLessThan(2000);
});
