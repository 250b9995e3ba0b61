import { nullTranslator } from '@jupyterlab/translation';

import { TURN } from '../../tests/jest/turn';
import type { TurnRecord } from '../contract';
import { answers, choiceFactory, questionOf } from './question';

const trans = nullTranslator.load('');
const asks = { text: 'Which part?', options: ['The proof', 'The wording'] };
const record = (question: unknown, patch: object = {}) => ({ ...TURN, question, ...patch }) as TurnRecord;

let said: string[];
let kept: string[];

function drawn(question = asks, draft = ''): HTMLElement {
  const box = answers(question, { draft, trans, keep: text => kept.push(text), answer: text => said.push(text) });
  document.body.replaceChildren(box);
  return box;
}

const press = (target: Element, key: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

beforeEach(() => {
  said = [];
  kept = [];
});

it('one key answers while the question has the keyboard, and so does a press', () => {
  const box = drawn();
  press(box, '2');
  press(box.querySelector('button')!, '1');
  box.querySelectorAll('button')[1].click();
  expect(said).toEqual(['The wording', 'The proof', 'The wording']);
  ['3', '0', 'a', 'Enter'].forEach(key => press(box, key));
  press(box, '1', { ctrlKey: true });
  expect(said).toHaveLength(3);
  expect(box.dataset.lmSuppressShortcuts).toBe('true');
  expect(Array.from(box.querySelectorAll('kbd'), key => key.textContent)).toEqual(['1', '2']);
});

it('words of one’s own are kept as they are typed, and sent with Enter; digits are text there', () => {
  const box = drawn(asks, 'Both');
  const field = box.querySelector('input')!;
  expect(field.value).toBe('Both');
  press(field, '1');
  field.value = ' Both, 1 first ';
  field.dispatchEvent(new Event('input'));
  press(field, 'Enter', { isComposing: true });
  expect([said, kept]).toEqual([[], [' Both, 1 first ']]);
  press(field, 'Enter');
  expect(said).toEqual(['Both, 1 first']);
  field.value = '  ';
  press(field, 'Enter');
  expect(said).toHaveLength(1);
});

it('what an output says is text, and of any shape', () => {
  const hostile = {
    text: '<img src=x>',
    options: ['<b>1</b>', 'a\u{E0041}b', 'x'.repeat(201), 7, 'two\nlines', 'Plain']
  };
  const read = questionOf(record(hostile))!;
  expect(read.options).toEqual(['<b>1</b>', 'Plain']);
  expect(drawn(read as typeof asks).querySelector('b, img')).toBeNull();
  for (const bad of [null, undefined, 'x', [], { text: 'x' }, { text: 1, options: [] }]) {
    expect(questionOf(record(bad))).toBeNull();
  }
  expect(questionOf(record({ text: 'x', options: Array(30).fill('y') }))!.options).toHaveLength(9);
});

it('a question that was cut off asks nothing', () => {
  for (const status of ['streaming', 'cancelled', 'incomplete', 'failed']) {
    expect(questionOf(record(asks, { status }))).toBeNull();
  }
});

it('what to leave out is chosen with one press, whatever the output says', async () => {
  const choose = jest.fn();
  const widget = choiceFactory(trans, choose).createRenderer({} as never);
  await widget.renderModel({ data: { 'application/vnd.reconst.choice+json': { message: '<b>' } } } as never);
  widget.node.querySelectorAll('button').forEach(button => button.click());
  expect(choose.mock.calls.map(([, keep]: [unknown, string]) => keep)).toEqual(['last', 'first']);
  expect(widget.node.querySelector('b')).toBeNull();
  widget.dispose();
});
