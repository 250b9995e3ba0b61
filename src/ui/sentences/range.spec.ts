import type { ISentences } from '../../tokens';
import { FIRST, IRange, Move, move, stretch } from './range';

const text = 'One two three. Four five. Six.';
const given: ISentences = {
  label: 'Cell 1',
  output: 0,
  outputs: 1,
  text,
  sentences: [
    { start: 0, end: 14 },
    { start: 15, end: 25 },
    { start: 26, end: 30 }
  ],
  select: () => {
    throw new Error('not asked for');
  },
  whole: () => given.select(0, 0),
  other: () => given
};

function after(...moves: Move[]): string {
  const range = moves.reduce<IRange>((at, by) => move(at, by, given), FIRST);
  const { start, end } = stretch(range, given);
  return text.slice(start, end);
}

it.each([
  [[], 'One two three.'],
  [['next'], 'Four five.'],
  [['next', 'next', 'next'], 'Six.'],
  [['previous'], 'One two three.'],
  [['extend-next'], 'One two three. Four five.'],
  [['next', 'extend-previous'], 'One two three. Four five.'],
  [['less-end'], 'One two'],
  [['less-start'], 'two three.'],
  [['less-end', 'less-start'], 'two'],
  [['less-end', 'more-end'], 'One two three.'],
  [['next', 'less-end', 'less-end', 'less-end'], 'Four'],
  [['extend-next', 'less-end', 'extend-next'], text],
  [['less-end', 'next'], 'Four five.']
] as [Move[], string][])('%j → %s', (moves, chosen) => {
  expect(after(...moves)).toBe(chosen);
});
