/** What the server says of the evidence of the previews to look at (`core/saying.py`). */
import type { Said } from '../../../src/contract';

const FORMULAS: readonly (readonly [claim: string, formula: string])[] = [
  ['Whether anything changed', 'Sign-flip e-process of A/A/B'],
  ['Turns that it is for', 'McNemar’s exact test, two-sided'],
  ['Turns that it should leave alone', 'Wald’s sequential test of 5% against 20%'],
  ['Between which shares the truth lies', 'Beta-mixture confidence sequence, 95%'],
  ['What the judge’s word is worth', 'Matthews’ correlation with your marks']
];

const figures = (...all: readonly string[]) =>
  all.map((values, at) => ({ claim: FORMULAS[at][0], formula: FORMULAS[at][1], values }));

const E = 'E = 138.48, decided from 20; 1 of 26 replies differ when asked twice';
const FIXED = 'fixed 9, broken 0 of 10; p = 0.0039, decided up to 0.05';
const BETWEEN = 'between −2.944, harmless, and +2.944, harmful.';
const UNTRIED = `After 0 turns that it should leave alone the log ratio is 0.000: ${BETWEEN}`;
const NONE = '0 of 0 changed; log ratio 0.000, decided at ±2.944';
const ALL = '0% to 100%, whenever it is stopped';

const marked: Said = {
  stand: 'Look at what it breaks.',
  breaks: 'It undoes 1 earlier correction.',
  changed: 'The replies differ by more than the model’s own noise.',
  target: 'Of 10 turns that it is for, it fixes 9 and breaks 0: decided, it does what it is for.',
  side:
    'Of 15 turns that it should leave alone, 2 changed, on turns like these between 1% and 50%: ' +
    'cannot tell yet, about 68 more probes would decide.',
  course: `After 15 turns that it should leave alone the log ratio is +0.539: ${BETWEEN}`,
  judge: '',
  figures: figures(
    E,
    FIXED,
    '2 of 15 changed; log ratio +0.539, decided at ±2.944',
    '1% to 50%, whenever it is stopped'
  )
};

export const sayings = {
  marked,
  likely: { ...marked, breaks: '' },
  unmoved: {
    ...marked,
    stand: 'Yours to decide.',
    breaks: '',
    changed: 'Cannot tell yet whether the replies differ by more than the model’s own noise.',
    target: 'One turn that it is for was tried: that shows nothing yet.',
    side:
      'Of 13 turns that it should leave alone, 0 changed, on turns like these between 0% and 31%: ' +
      'cannot tell yet, about 5 more probes would decide.',
    course: `After 13 turns that it should leave alone the log ratio is −2.234: ${BETWEEN}`,
    figures: figures(
      'E = 0.99, decided from 20; 1 of 18 replies differ when asked twice',
      'fixed 0, broken 0 of 1; p = 1.0000, decided up to 0.05',
      '0 of 13 changed; log ratio −2.234, decided at ±2.944',
      '0% to 31%, whenever it is stopped'
    )
  },
  harmless: {
    ...marked,
    stand: 'Yours to decide.',
    breaks: '',
    side:
      'Of 18 turns that it should leave alone, 0 changed, on turns like these between 0% and 24%: ' +
      'decided, harmless: nearer to 5% than to 20%.',
    course: 'After 18 turns that it should leave alone the log ratio is −3.093: it has reached −2.944, harmless.',
    figures: figures(
      E,
      FIXED,
      '0 of 18 changed; log ratio −3.093, decided at ±2.944',
      '0% to 24%, whenever it is stopped'
    )
  },
  harmful: {
    ...marked,
    breaks: '',
    side:
      'Of 7 turns that it should leave alone, 3 changed, on turns like these between 5% and 88%: ' +
      'decided, harmful: nearer to 20% than to 5%.',
    course: 'After 7 turns that it should leave alone the log ratio is +3.471: it has reached +2.944, harmful.',
    figures: figures(
      E,
      FIXED,
      '3 of 7 changed; log ratio +3.471, decided at ±2.944',
      '5% to 88%, whenever it is stopped'
    )
  },
  judged: {
    ...marked,
    breaks: '',
    target:
      'Of 4 turns that it is for, it fixes 1 and breaks 1 (2 of these as judged): ' +
      'cannot tell yet, and more probes like these would not decide.',
    side: 'No turn that it should leave alone has been tried yet.',
    course: UNTRIED,
    judge:
      'A judge, lab-70b, agrees with itself on 3 of 4 rows; MCC 0.75 with 16 of your marks. ' +
      '2 rows that you have not marked stand as judged.',
    figures: figures(
      E,
      'fixed 1, broken 1 of 4; p = 1.0000, decided up to 0.05',
      NONE,
      ALL,
      'MCC 0.75 with 16 of your marks; better by both 8, by it alone 1, by you alone 1, by neither 6; it counts from 0.40'
    )
  },
  one: {
    ...marked,
    stand: 'Yours to decide.',
    breaks: '',
    changed: 'One turn was tried: that shows nothing yet.',
    target: '',
    side: '',
    course: UNTRIED,
    figures: figures(
      'E = 1.00, decided from 20; 0 of 0 replies differ when asked twice',
      'fixed 1, broken 0 of 1; p = 1.0000, decided up to 0.05',
      NONE,
      ALL
    )
  },
  many: {
    ...marked,
    breaks: '',
    target: 'Of 2000 turns that it is for, it fixes 1800 and breaks 0: decided, it does what it is for.',
    side:
      'Of 8000 turns that it should leave alone, 250 changed, on turns like these between 2% and 4%: ' +
      'decided, harmless: nearer to 5% than to 20%.',
    course: 'After 8000 turns that it should leave alone the log ratio is −985.266: it has reached −2.944, harmless.',
    figures: figures(
      'E > 10⁹, decided from 20; 0 of 10000 replies differ when asked twice',
      'fixed 1800, broken 0 of 2000; p < 0.0001, decided up to 0.05',
      '250 of 8000 changed; log ratio −985.266, decided at ±2.944',
      '2% to 4%, whenever it is stopped'
    )
  }
} satisfies Record<string, Said>;
