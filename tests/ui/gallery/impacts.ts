/** States of the impact view to look at: what the evidence can say, and how a run can end. */
import type { Estimate, Evidence, Impact, JudgeScore, Preview, TurnRecord } from '../../../src/contract';
import type { IPreviewState } from '../../../src/tokens';
import { TURN } from '../../jest/turn';
import { impact, preview, previewing, rows } from './previews';
import { sayings } from './sayings';
import { articles } from './states';

type Choice = NonNullable<Impact['judgement']>['first'];
type Mark = NonNullable<Impact['mark']>;

const ended: Preview = { ...preview, status: 'done', ended: 'all', planned: rows.length, seconds_left: null };
const done: IPreviewState = { ...previewing, busy: false, preview: ended };

/** A run that has ended with these rows and what they add up to. */
function of(rows: readonly Impact[], evidence: Evidence, patch: Partial<Preview> = {}) {
  return { ...done, rows, preview: { ...ended, planned: rows.length, ...patch, evidence } };
}

const only = (...kept: string[]) => rows.filter(r => kept.some(start => r.probe.id.startsWith(start)));
const kept = (count: number, bin: 'near' | 'out') =>
  Array.from({ length: count }, (_, n) =>
    impact(`${bin}${n}`, bin, `Restate step ${n + 1} of the proof.`, 'As above.', 'As above.', 'unchanged', {
      noise: 0
    })
  );

const { target } = preview.evidence;
const unmoved: Evidence = {
  judge: null,
  measured: 18,
  differing: 1,
  value: 0.993,
  changed: false,
  target: { tried: 1, fixed: 0, broken: 0, judged: 0, p: 1, exact: true, more: 6 },
  side: { tried: 13, changed: 0, low: 0, high: 0.3119, standing: 'open', ratio: -2.234, more: 5 },
  shares: [
    { bin: 'in', changed: 0, tried: 1, low: 0, high: 0.975 },
    { bin: 'near', changed: 0, tried: 7, low: 0, high: 0.4786 },
    { bin: 'out', changed: 0, tried: 6, low: 0, high: 0.5264 },
    { bin: 'case', changed: 0, tried: 5, low: 0, high: 0.585 }
  ],
  said: sayings.unmoved
};

const wanted = only('p4', 'i', 'u0');
const harmful = [
  ...wanted,
  ...[1, 2, 3].map(n => ({ ...rows[1], probe: { ...rows[1].probe, id: `h${n}` } })),
  ...kept(3, 'near'),
  ...kept(1, 'out')
];

/** Ten thousand: four fifths of them should stay as they are. */
const many = Array.from({ length: 10_000 }, (_, n) => {
  const bin = n % 5 === 0 ? 'in' : n % 2 === 0 ? 'near' : 'out';
  const moved = bin === 'in' ? n % 50 !== 0 : n % 40 === 2;
  const [before, after] = ['It goes back to Delacroix and Iyer (2011).', 'It is set out in Soares et al. (2015).'];
  return impact(
    `m${n}`,
    bin,
    `Question ${n + 1}?`,
    before,
    moved ? after : before,
    moved ? (bin === 'in' ? 'intended' : 'unintended') : 'unchanged',
    { noise: 0 }
  );
});

/** A judge whose word counts, as the marks and the corpus have it. */
export const judge: JudgeScore = {
  key: 'j1',
  model: 'lab-70b',
  texts: 100,
  moved: 2,
  hits: 8,
  false_alarms: 1,
  misses: 1,
  passes: 6,
  n: 16,
  mcc: 0.746,
  more: 0,
  asked: 4,
  agreed: 3,
  filled: 2,
  standing: 'counts'
};

const said = (id: string, first: Choice, second: Choice, says: Mark | null): Impact => ({
  ...rows[4],
  probe: { ...rows[4].probe, id, prompt: `Who first set out the shutdown problem? (${id})` },
  verdict: 'unmarked',
  why: 'changed; code cannot say whether as wanted',
  judgement: { first, second, says, call: `judge-${id}` }
});

/** Rows that a judge was asked about: two that it fills, one that it does not agree with itself on, one that is marked. */
export const judgedRows: readonly Impact[] = [
  said('w1', 'after', 'after', 'intended'),
  said('w2', 'before', 'before', 'regression'),
  said('w3', 'before', 'after', null),
  { ...said('w4', 'after', 'after', 'intended'), mark: 'unintended' }
];

export const impacts: Record<string, IPreviewState> = {
  'impact-running': previewing,
  'impact-marked': {
    ...done,
    rows: rows.map((row, index) => (index === 0 ? { ...row, mark: 'regression' as const } : row))
  },
  'impact-none': of(
    rows.filter(row => row.verdict === 'unchanged' && row.probe.bin !== 'own'),
    unmoved,
    { effect: 'none' }
  ),
  'impact-failed': {
    ...done,
    preview: null,
    rows: [],
    problem: { code: 'no_model', message: 'No model is connected.', remedy: 'Connect a model in the sidebar.' }
  },
  'impact-ratified': { ...done, ratified: articles[6] },
  'impact-harmless': of([...wanted, ...kept(9, 'near'), ...kept(9, 'out')], {
    ...preview.evidence,
    target,
    side: { tried: 18, changed: 0, low: 0, high: 0.2434, standing: 'harmless', ratio: -3.093, more: 0 },
    shares: [
      ...preview.evidence.shares.slice(0, 2),
      { bin: 'near', changed: 0, tried: 9, low: 0, high: 0.4055 },
      { bin: 'out', changed: 0, tried: 9, low: 0, high: 0.4055 }
    ],
    said: sayings.harmless
  }),
  'impact-harmful': of(harmful, {
    ...preview.evidence,
    target,
    side: { tried: 7, changed: 3, low: 0.0534, high: 0.8848, standing: 'harmful', ratio: 3.471, more: 0 },
    shares: [
      ...preview.evidence.shares.slice(0, 2),
      { bin: 'near', changed: 3, tried: 6, low: 0.067, high: 0.933 },
      { bin: 'out', changed: 0, tried: 1, low: 0, high: 0.975 }
    ],
    said: sayings.harmful
  }),
  'impact-open': of(only('u0', 'n', 'o', 'c'), unmoved, { effect: 'unknown' }),
  'impact-judged': of(judgedRows, {
    ...preview.evidence,
    target: { tried: 4, fixed: 1, broken: 1, judged: 2, p: 1, exact: true, more: null },
    side: { tried: 0, changed: 0, low: 0, high: 1, standing: 'open', ratio: 0, more: 18 },
    shares: [{ bin: 'in', changed: 4, tried: 4, low: 0.3976, high: 1 }],
    judge,
    said: sayings.judged
  }),
  'impact-one': of(only('p4'), {
    judge: null,
    measured: 0,
    differing: 0,
    value: 1,
    changed: false,
    target: { tried: 1, fixed: 1, broken: 0, judged: 0, p: 1, exact: true, more: 5 },
    side: { tried: 0, changed: 0, low: 0, high: 1, standing: 'open', ratio: 0, more: 18 },
    shares: [{ bin: 'source', changed: 1, tried: 1, low: 0.025, high: 1 }],
    said: sayings.one
  }),
  'impact-budget': of(only('u0', 'n', 'o', 'c'), unmoved, {
    effect: 'unknown',
    status: 'stopped',
    ended: 'budget',
    planned: 40,
    budget: { calls: 62, dollars: 0.05 },
    maybe_twice: 1
  }),
  'impact-likely': {
    ...done,
    budget: { calls: 200, dollars: 1 },
    without: ['x1', 'x2'],
    prompts: ['And what of a human who is never wrong?'],
    rows: rows.slice(1),
    preview: { ...ended, ended: 'decided', evidence: { ...ended.evidence, said: sayings.likely } }
  },
  'impact-many': of(many, {
    judge: null,
    measured: 10_000,
    differing: 0,
    value: 1e9,
    changed: true,
    target: { tried: 2000, fixed: 1800, broken: 0, judged: 0, p: 0, exact: true, more: 0 },
    side: { tried: 8000, changed: 250, low: 0.0242, high: 0.0395, standing: 'harmless', ratio: -985.266, more: 0 },
    shares: [
      { bin: 'in', changed: 1800, tried: 2000, low: 0.873, high: 0.9233 },
      { bin: 'near', changed: 250, tried: 4000, low: 0.0489, high: 0.0783 },
      { bin: 'out', changed: 0, tried: 4000, low: 0, high: 0.0019 }
    ],
    said: sayings.many
  })
};

export const estimate: Estimate = {
  model: 'lab-70b',
  bins: [
    { bin: 'source', most: 1 },
    { bin: 'near', most: 20 },
    { bin: 'out', most: 19 }
  ],
  probes: 40,
  calls: 104,
  recorded: 9,
  prompt_tokens: 21_000,
  completion_tokens: 16_000,
  cost: 0.07
};

/** Turns of the notebook that a rule can be tried on. */
export const records: readonly TurnRecord[] = ['Which theorem covers corrigibility?', 'Who proved Lemma 2?'].map(
  (prompt, n) => ({
    ...TURN,
    turn: `t${20 + n}`,
    notebook: 'n1',
    model: 'lab-70b',
    prompt,
    reply: 'Soares et al. (2015).',
    digest: 'd1',
    articles: 7,
    seconds: 2
  })
);
