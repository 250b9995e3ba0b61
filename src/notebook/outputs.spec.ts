import { CodeCellModel } from '@jupyterlab/cells/lib/model';

import { TURN } from '../../tests/jest/turn';
import type { TurnRecord } from '../contract';
import { outputOf, shownAt } from './outputs';

const record = (turn: string): TurnRecord => ({ ...TURN, turn, status: 'streaming' });
const [FIRST, SECOND] = ['01J00000000000000000000001', '01J00000000000000000000002'];

it('a turn is found in the output that shows it', () => {
  const model = new CodeCellModel();
  model.outputs.add({ output_type: 'stream', name: 'stdout', text: 'Why' });
  model.outputs.add(outputOf(record(FIRST)));
  expect([shownAt(model, FIRST), shownAt(model, SECOND)]).toEqual([1, -1]);
});
