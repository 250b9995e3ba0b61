/** A finished turn as a cell's output records it, for specs to change. */
import type { TurnRecord } from '../../src/contract';

export const TURN: TurnRecord = {
  version: 1,
  turn: '01J00000000000000000000001',
  parent: null,
  notebook: '01J00000000000000000000002',
  model: 'm',
  digest: 'd',
  articles: 0,
  applied: [],
  given: [],
  left: 0,
  follows: null,
  wish: { continues: '', keep: [], style: '', form: '', library: false },
  style: '',
  question: null,
  open: [],
  traces: [],
  references: 0,
  prompt: '?',
  reply: 'Yes.',
  status: 'complete',
  seconds: 1.5,
  cost: null,
  replayed: false,
  recording: false,
  note: ''
};
