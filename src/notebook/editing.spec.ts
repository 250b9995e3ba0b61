import { nullTranslator } from '@jupyterlab/translation';

import type { IEdited } from '../tokens';
import { editReply } from './editing';

const trans = nullTranslator.load('');
const edited = (count: number): IEdited => ({ annotations: Array(count).fill({}), undo: jest.fn() });

function open(patch: object = {}) {
  const reply = document.createElement('div');
  const acts = { keep: jest.fn(), save: jest.fn().mockResolvedValue(edited(2)), amend: jest.fn() };
  const given = { source: 'It was <b>so</b>.', draft: '', trans, ...acts, ...patch };
  editReply(reply, given);
  const field = reply.querySelector('textarea')!;
  const press = (text: string): void =>
    Array.from(reply.querySelectorAll('button'))
      .find(button => button.textContent === text)!
      .click();
  const type = (text: string): void => {
    field.value = text;
    field.dispatchEvent(new Event('input'));
  };
  return { reply, field, press, type, given, ...acts };
}

const settle = (): Promise<void> => new Promise(done => setTimeout(done));

test('what is typed is kept until it is saved; then it amends, or is taken back in one press', async () => {
  const { reply, field, press, type, keep, amend, given } = open();
  expect(field.value).toBe('It was <b>so</b>.');
  expect(reply.querySelector('b')).toBeNull();
  type('It is.');
  expect(keep).toHaveBeenLastCalledWith('It is.');
  press('Save');
  await settle();
  expect(given.save).toHaveBeenCalledWith('It is.');
  expect(keep).toHaveBeenLastCalledWith('');
  expect(reply.textContent).toContain('2 corrections saved.');
  expect(amend).not.toHaveBeenCalled();
  press('Amend from these');
  expect(amend).toHaveBeenCalledTimes(1);
  expect(reply.childElementCount).toBe(0);
});

test('undo takes all back and keeps the words', async () => {
  const made = edited(1);
  const { press, type, keep } = open({ save: jest.fn().mockResolvedValue(made) });
  type('It is.');
  press('Save');
  await settle();
  press('Undo');
  expect(made.undo).toHaveBeenCalledTimes(1);
  expect(keep).toHaveBeenLastCalledWith('It is.');
});

test('what could not be saved stays in the field; a draft is taken up, and can be started over', async () => {
  const { reply, field, press, keep } = open({ save: jest.fn().mockResolvedValue(null), draft: 'Mine.' });
  expect(field.value).toBe('Mine.');
  press('Save');
  await settle();
  expect(reply.textContent).toContain('Not saved. Your text is kept.');
  expect(reply.contains(field)).toBe(true);
  press('Start over');
  expect(field.value).toBe('It was <b>so</b>.');
  expect(keep).toHaveBeenLastCalledWith('');
});

test('Escape closes it without losing a word; its keys reach nobody else', () => {
  const { reply, field, type, keep } = open();
  type('Half');
  const outside = jest.fn();
  reply.addEventListener('keydown', outside);
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  expect(reply.childElementCount).toBe(0);
  expect(outside).not.toHaveBeenCalled();
  expect(keep).toHaveBeenLastCalledWith('Half');
});
