import { CodeCellModel } from '@jupyterlab/cells/lib/model';

import type { TurnRecord } from '../contract';
import { outputOf, shownAt } from './outputs';

const record = (turn: string): TurnRecord => ({
  version: 1,
  turn,
  parent: null,
  notebook: '01J00000000000000000000000',
  model: 'm',
  digest: 'd',
  articles: 0,
  applied: [],
  prompt: 'Why?',
  reply: 'Because.',
  status: 'streaming',
  seconds: 0,
  cost: null,
  replayed: false,
  recording: false,
  note: ''
});
const [FIRST, SECOND] = ['01J00000000000000000000001', '01J00000000000000000000002'];

it('a turn is found in the output that shows it', () => {
  const model = new CodeCellModel();
  model.outputs.add({ output_type: 'stream', name: 'stdout', text: 'Why' });
  model.outputs.add(outputOf(record(FIRST)));
  expect([shownAt(model, FIRST), shownAt(model, SECOND)]).toEqual([1, -1]);
});
