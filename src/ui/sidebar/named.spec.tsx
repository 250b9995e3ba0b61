import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { fakeReconst } from '../../../tests/ui/gallery/fakes';
import * as fx from '../../../tests/ui/gallery/fixtures';
import type { IState } from '../../tokens';
import * as React from '../react';
import { Named } from './named';

const unnamed = { ...fx.status, person: { owner: 'ana', name: '' }, named: false };
const nobody: IState = { ...fx.base, status: unnamed, placed: [] };
const page = stage();
let calls: unknown[][];
let kept: Map<string, [string, boolean | undefined]>;

function draw(state: IState): void {
  const found = fakeReconst(state);
  calls = found.calls;
  const drafts = {
    get: (key: string) => kept.get(key)?.[0] ?? '',
    set: (key: string, text: string, lasting?: boolean) => void kept.set(key, [text, lasting])
  };
  const trans = nullTranslator.load('');
  page.draw(<Named state={state} reconst={found.reconst} drafts={drafts} trans={trans} />);
}

const press = (text: string) =>
  act(() =>
    Array.from(page.host.querySelectorAll('button'))
      .find(b => b.textContent === text)!
      .click()
  );

beforeEach(() => {
  kept = new Map();
});

it.each<[string, Partial<IState>]>([
  ['a correction is about to be said', { card: fx.card }],
  ['a rule is about to be ratified', { preview: fx.previewing }],
  ['something was kept', { placed: fx.base.placed }]
])('asks for a name when %s', (_, patch) => {
  draw({ ...nobody, ...patch });
  expect(page.host.querySelector('label')?.textContent).toContain('Which name');
});

it('asks nobody who has said a name, or says nothing', () => {
  draw(nobody);
  expect(page.host.textContent).toBe('');
  draw({ ...nobody, card: fx.card, status: fx.status });
  expect(page.host.textContent).toBe('');
});

it('says the name once it is written', () => {
  draw({ ...nobody, card: fx.card });
  press('Save name');
  expect(calls).toEqual([]);
  const box = page.host.querySelector('input')!;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(box, ' Ana Ruiz ');
  act(() => void box.dispatchEvent(new Event('input', { bubbles: true })));
  press('Save name');
  expect(calls).toEqual([['name', 'Ana Ruiz']]);
});

it('“not now” is remembered', () => {
  draw({ ...nobody, card: fx.card });
  press('Not now');
  expect(page.host.textContent).toBe('');
  expect([...kept.values()]).toEqual([['yes', true]]);
  draw({ ...nobody, card: fx.card });
  expect(page.host.textContent).toBe('');
});
