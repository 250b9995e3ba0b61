import { nullTranslator } from '@jupyterlab/translation';

import { TURN } from '../../tests/jest/turn';
import type { TurnRecord } from '../contract';
import { isRecord } from './keys';
import { turnLine } from './turnline';

const trans = nullTranslator.load('');
const id = (n: number) => `01K${String(n).padStart(23, '0')}`;
const record: TurnRecord = { ...TURN, turn: id(1), notebook: id(2), articles: 1 };
const applied = (n: number, sent: boolean, why: string) => ({
  article: id(n),
  revision: id(n + 100),
  title: `Rule <b>${n}</b>`,
  sent,
  why,
  chosen: false
});
const acts = { again: jest.fn(), more: jest.fn(), without: jest.fn(), references: jest.fn(), open: jest.fn() };
const draw = (patch: object) => turnLine({ ...record, ...patch }, trans, acts);

test('which articles were sent, and why, is one press away', () => {
  const line = draw({ applied: [applied(3, true, 'always'), applied(4, false, 'its WHEN does not fit the prompt')] });
  expect(line.querySelector('summary')?.textContent).toBe('1 article in force');
  expect(Array.from(line.querySelectorAll('li'), li => li.textContent)).toEqual([
    'Rule <b>3</b>: sent, always Without it',
    'Rule <b>4</b>: not sent, its WHEN does not fit the prompt'
  ]);
  expect(line.querySelector('b')).toBeNull();
  line.querySelector('li button')?.dispatchEvent(new MouseEvent('click'));
  expect(acts.without).toHaveBeenCalledWith(id(3));
  expect(line.querySelector('details')?.open).toBe(false);
});

test('a record that tells of no article, or of nothing that can be read, shows the number alone', () => {
  for (const told of [undefined, [], 'x', [null, 7, { article: 'x' }]]) {
    const line = draw({ applied: told });
    expect(line.querySelector('details')).toBeNull();
    expect(line.textContent).toBe('m1 article in force1.5 sMore…');
  }
  expect(isRecord({ ...record, applied: undefined })).toBe(true);
  expect(isRecord({ ...record, applied: [applied(3, true, 'always')] })).toBe(true);
  expect(isRecord({ ...record, applied: [{ article: 'x' }] })).toBe(false);
});

test('how many references a reply has leads to what is known of them', () => {
  const line = draw({ references: 2 });
  const button = Array.from(line.querySelectorAll('button')).find(one => one.textContent === '2 references');
  button?.click();
  expect(acts.references).toHaveBeenCalled();
  for (const references of [0, -1, '<b>', 1e300, null]) {
    expect(draw({ references }).textContent).not.toContain('reference');
  }
});

test('a menu of acts opens at its button, once the reply has ended', () => {
  const button = draw({}).querySelector<HTMLElement>('[aria-haspopup=menu]');
  button?.click();
  expect(acts.more).toHaveBeenCalledWith(button);
  expect(draw({ status: 'streaming' }).querySelector('button')).toBeNull();
});

test('what was known here opens from the line, and says why it was given', () => {
  const fact = { kind: 'fact', id: id(3), label: '<i>Off-switch</i>', source: 'IJCAI 2017', text: '' };
  const passage = { kind: 'passage', id: 'p', label: '[1] Smith 2020', source: '', text: '' };
  const line = draw({ given: [fact, passage, null, { kind: 'fact' }], applied: [applied(3, true, 'about: switch')] });
  const known = Array.from(line.querySelectorAll<HTMLElement>(':scope > span > button'));
  expect(known.map(button => [button.textContent, button.title])).toEqual([
    ['<i>Off-switch</i>', 'about: switch · IJCAI 2017'],
    ['[1] Smith 2020', '']
  ]);
  expect(line.textContent).toContain('known here: <i>Off-switch</i>passages: [1] Smith 2020');
  known.forEach(button => button.click());
  expect(acts.open.mock.calls).toEqual([[fact], [passage]]);
  expect(draw({ given: 'x' }).textContent).not.toContain('known here');
  expect(isRecord({ ...record, given: [fact, passage] })).toBe(true);
  expect(isRecord({ ...record, given: [{ kind: 'rule' }] })).toBe(false);
});
