import { nullTranslator } from '@jupyterlab/translation';

import { impacts, judge, judgedRows } from '../../../tests/ui/gallery/impacts';
import type { JudgeScore } from '../../contract';
import { judgeOf, measureOf, saidOf } from './judge';
import { htmlOf } from './report';
import { byVerdict, judged, judges, standing } from './tally';
import { verdictOf } from './verdict';

const trans = nullTranslator.load('');
const told = (patch: Partial<JudgeScore>) => judgeOf({ ...judge, ...patch }, trans);

it('says what its word is worth, with its MCC and n, and why it gives no verdict', () => {
  expect(told({})).toBe(
    'A judge, lab-70b, agrees with itself on 3 of 4 rows; MCC 0.75 with 16 of your marks. ' +
      '2 rows that you have not marked stand as judged.'
  );
  expect(told({ standing: 'poor', mcc: 0.3, filled: 0 })).toContain('MCC 0.30 with 16 of your marks, below 0.40.');
  expect(told({ standing: 'few', mcc: null, n: 7, more: 3 })).toContain(
    '7 of your marks measure it. It gives no verdict before 3 more marks'
  );
  expect(told({ standing: 'untested' })).toContain('nobody has tested whether replies can talk it over');
  expect(told({ standing: 'moved', moved: 31 })).toBe(
    'The judge is switched off: 31 of 100 texts in replies talked lab-70b over.'
  );
  expect(measureOf({ ...judge, mcc: null, n: 1 }, trans)).toBe('1 of your marks measures it');
});

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

it('is told apart in the sentence and in the report', () => {
  const state = impacts['impact-judged'];
  expect(verdictOf(state, trans).target).toContain('it fixes 1 and breaks 1 (2 of these as judged)');
  const page = htmlOf(state, 'Article 8', trans);
  expect(page).toContain('2 rows that you have not marked stand as judged.');
  expect(page.match(/· judged ·/g)).toHaveLength(2);
  expect(page).toContain('better by both 8, by it alone 1, by you alone 1, by neither 6');
});
