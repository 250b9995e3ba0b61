import { nullTranslator } from '@jupyterlab/translation';

import { previewing, preview } from '../../../tests/ui/gallery/fixtures';
import { impacts } from '../../../tests/ui/gallery/impacts';
import type { Evidence } from '../../contract';
import { courseOf } from './course';
import { numbersOf } from './numbers';
import { verdictOf } from './verdict';

const trans = nullTranslator.load('');
const done = { ...previewing, busy: false, preview: { ...preview, status: 'done' as const } };
const told = (patch: Partial<Evidence>) =>
  verdictOf({ ...done, preview: { ...done.preview, evidence: { ...preview.evidence, ...patch } } }, trans);

it('says first what was won before and is lost', () => {
  const { stand, breaks } = verdictOf(done, trans);
  expect(stand).toBe('Look at what it breaks.');
  expect(breaks).toBe('It undoes 1 earlier correction.');
});

it('says whether anything changed only against the noise', () => {
  expect(told({}).set).toBe('The replies differ by more than the model’s own noise.');
  expect(told({ changed: false, value: 3 }).set).toContain('Cannot tell yet whether the replies differ');
  expect(told({ changed: false, measured: 0 }).set).toContain('has not been measured');
});

it('says of the target what is decided, and otherwise how far it is from that', () => {
  expect(told({}).target).toBe('Of 10 turns that it is for, it fixes 9 and breaks 0: decided, it does what it is for.');
  const target = { tried: 4, fixed: 1, broken: 3, judged: 0, p: 0.625, exact: true, more: 7 };
  expect(told({ target }).target).toContain('fixes 1 and breaks 3: cannot tell yet, about 7 more probes would decide');
  expect(told({ target: { ...target, more: 0 } }).target).toContain('does the opposite');
  expect(told({ target: { ...target, more: null } }).target).toContain('would not decide');
});

it('says of side effects the count, the bounds and the standing, all of them the server’s', () => {
  expect(told({}).side).toBe(
    'Of 15 turns that it should leave alone, 2 changed, on turns like these between 1% and 50%: ' +
      'cannot tell yet, about 68 more probes would decide.'
  );
  const { side } = preview.evidence;
  expect(told({ side: { ...side, standing: 'harmless', low: 0, high: 0.2333, changed: 0 } }).side).toContain(
    '0 changed, on turns like these between 0% and 23%: decided, harmless'
  );
  expect(told({ side: { ...side, standing: 'harmful' } }).side).toContain('decided, harmful');
});

it('claims nothing of one turn', () => {
  expect(verdictOf(impacts['impact-one'], trans)).toEqual({
    stand: 'Yours to decide.',
    breaks: '',
    set: 'One turn was tried: that shows nothing yet.',
    target: '',
    side: ''
  });
  const { target, side } = told({
    target: { tried: 1, fixed: 1, broken: 0, judged: 0, p: 1, exact: true, more: 5 },
    side: { ...preview.evidence.side, tried: 1, changed: 0 }
  });
  expect(target).toContain('shows nothing yet');
  expect(side).toContain('shows nothing yet');
  expect(verdictOf({ ...done, rows: [] }, trans).set).toBe('Nothing has been compared yet.');
});

it('names the formula of each number', () => {
  const all = numbersOf(preview.evidence, trans);
  expect(all.map(n => n.formula)).toEqual([
    'Sign-flip e-process of A/A/B',
    'McNemar’s exact test, two-sided',
    'Wald’s sequential test of 5% against 20%',
    'Beta-mixture confidence sequence, 95%'
  ]);
  expect(all.map(n => n.values).join(' ')).toContain('p = 0.0039');
  const { target } = preview.evidence;
  const running = numbersOf({ ...preview.evidence, target: { ...target, p: 0.0105, exact: false } }, trans);
  expect(running[1].formula).toBe('Beta-mixture e-process against even odds, p = 1/E');
});

it('tells the path in words', () => {
  const { side } = preview.evidence;
  expect(courseOf(side, trans)).toContain('the log ratio is +0.539: between −2.944, harmless, and +2.944, harmful');
  expect(courseOf({ ...side, standing: 'harmless', ratio: -3.093 }, trans)).toContain('−3.093: it has reached −2.944');
});
