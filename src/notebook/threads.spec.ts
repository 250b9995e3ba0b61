import { nullTranslator } from '@jupyterlab/translation';

import { TURN } from '../../tests/jest/turn';
import type { TurnRecord } from '../contract';
import { IShown, threads } from './threads';

const trans = nullTranslator.load('');

/** Cells with the turn that each shows, what that continues, and in which cell it stood then. */
function tree(...cells: [turn: string, parent?: string, follows?: string][]): string[] {
  const shown = cells.map(([turn, parent = null, follows = null], at): IShown => ({
    cell: `c${at + 1}`,
    label: `Cell ${at + 1}`,
    record: { ...TURN, turn, parent, follows } as TurnRecord
  }));
  return threads(shown, trans).map(({ depth, said }) => `${depth} ${said}`.trim());
}

it('a conversation that goes on from cell to cell says nothing', () => {
  expect(tree(['a'], ['b', 'a', 'c1'], ['c', 'b', 'c2'], ['d'], ['e', 'd', 'c4'])).toEqual(['0', '0', '0', '0', '0']);
});

it('branches stand deeper, and each says beside what it stands', () => {
  expect(tree(['a'], ['b', 'a', 'c1'], ['c', 'b', 'c2'], ['d', 'a', 'c1'], ['e', 'd', 'c4'], ['f', 'a', 'c1'])).toEqual(
    [
      '0',
      '0 continues Cell 1, beside another answer',
      '0',
      '1 continues Cell 1, beside another answer',
      '1',
      '1 continues Cell 1, beside another answer'
    ]
  );
});

it('what continues another reply than the one above it says which', () => {
  expect(tree(['a'], ['b'], ['c', 'a', 'c1'])).toEqual(['0', '0', '0 continues Cell 1']);
});

it('an answer to what its cell no longer says is told as such', () => {
  expect(tree(['new'], ['b', 'old', 'c1'], ['c', 'b', 'c2'])).toEqual([
    '0',
    '0 continues an earlier reply of Cell 1; asked again, it continues the new one',
    '0'
  ]);
  expect(tree(['b', 'gone', 'deleted'])).toEqual(['0 continues a reply that is not shown here']);
});

it('a thousand turns take no time, whatever they say of each other', () => {
  const many = Array.from({ length: 1000 }, (_, n): [string, string, string] => [`t${n}`, `t${(n * 7) % 1000}`, 'c1']);
  const began = performance.now();
  tree(...many);
  expect(performance.now() - began).toBeLessThan(100);
});
