import { nullTranslator } from '@jupyterlab/translation';

import { impacts, judge, judgedRows } from '../../../tests/ui/gallery/impacts';
import { saidOf } from './judge';
import { byVerdict, judged, judges, standing } from './tally';

const trans = nullTranslator.load('');

it('says what it found in both orders', () => {
  expect(judgedRows.map(row => saidOf(row.judgement!, trans))).toEqual([
    'Judge, in both orders: the new reply is better.',
    'Judge, in both orders: today’s reply is better.',
    'Judge, no agreement: today’s reply is better; the other way round, the new reply is better.',
    'Judge, in both orders: the new reply is better.'
  ]);
});

it('fills only what nobody else decides, and only while its word counts', () => {
  expect(judgedRows.map(row => standing(row, true))).toEqual(['intended', 'regression', 'unmarked', 'unintended']);
  expect(judgedRows.map(row => standing(row))).toEqual(['unmarked', 'unmarked', 'unmarked', 'unintended']);
  const [row] = judgedRows;
  expect(judged({ ...row, verdict: 'unintended' }, true)).toBeNull();
  expect(judged({ ...row, mark: 'intended' }, true)).toBeNull();
  const state = impacts['impact-judged'];
  const poor = {
    ...state.preview!,
    evidence: { ...state.preview!.evidence, judge: { ...judge, standing: 'poor' as const } }
  };
  expect([judges(state.preview), judges(poor), judges(null)]).toEqual([true, false, false]);
  expect(byVerdict(judgedRows, judges(poor)).get('unmarked')).toHaveLength(3);
});
