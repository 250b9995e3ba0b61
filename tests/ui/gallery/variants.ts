/** Answers to one question, side by side: what stands in the cell, two others, and one that failed. */
import type { TurnRecord, Variants } from '../../../src/contract';
import type { IAnswer, IVarying } from '../../../src/tokens';
import { articles, base } from './states';

const record = (turn: string, reply: string, patch: Partial<TurnRecord> = {}): TurnRecord => ({
  version: 1,
  turn,
  parent: null,
  notebook: 'n1',
  model: 'lab-70b',
  digest: 'd',
  articles: 7,
  applied: articles.map(({ id, revision, title }) => ({
    article: id,
    revision,
    title,
    sent: true,
    kind: 'process',
    why: 'always',
    chosen: false
  })),
  given: [],
  left: 0,
  follows: null,
  wish: { continues: '', form: '', keep: [], library: false, style: '' },
  style: '',
  question: null,
  open: [],
  traces: [],
  references: 0,
  prompt: 'Does the off-switch theorem survive when the human is only mildly irrational? Answer in fifty words.',
  reply,
  status: 'complete',
  seconds: 4.2,
  cost: 0.0031,
  replayed: false,
  recording: false,
  note: '',
  ...patch
});

const SAID =
  'It survives for small departures. The robot defers as long as its uncertainty about Uₐ outweighs what the human gets ' +
  'wrong; a Boltzmann human with β > 0 is such a case. This answer has fifty words at most.';

const answer = (turn: string, reply: string, differs: string[], patch: Partial<TurnRecord> = {}): IAnswer => ({
  way: { id: turn },
  reply,
  record: record(turn, reply, patch),
  differs,
  seconds: 0,
  problem: null
});

export const varying: IVarying = {
  turn: 't1',
  cell: 'c8',
  shown: record('t1', SAID),
  answers: [
    answer('t2', SAID.replace('fifty', 'sixty'), ['without “Cite the page”']),
    answer(
      't3',
      'No. Where the human errs more often than the robot, waiting costs it; Δ ≤ 0, and the robot acts at once. Only the ' +
        'claim about rational humans stands.',
      ['by other-model', 'in other words'],
      { model: 'other-model', seconds: 12.4, cost: null, prompt: 'When does the off-switch theorem fail?' }
    ),
    {
      ...answer('t4', 'It depends on', ['asked the same'], { status: 'failed' }),
      problem: { code: 'model_busy', message: 'The endpoint is busy.', remedy: 'Try again later.' }
    }
  ],
  busy: false,
  problem: null
};

export const varyingBusy: IVarying = {
  ...varying,
  busy: true,
  answers: [
    { ...answer('t5', 'It survives for', []), record: null },
    { ...answer('t6', '', []), record: null, seconds: 7 }
  ]
};

const weighed: Variants = { shown: varying.shown!, variants: [], calls: 2, cost: 0.012, problem: null };

export const varyingWays = {
  profiles: base.profiles!.profiles,
  styles: ['critic', 'plain'],
  articles: articles.slice(0, 2),
  weighed
};
