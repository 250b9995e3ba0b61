import { nullTranslator } from '@jupyterlab/translation';
import React, { act } from 'react';
import { createRoot, Root } from 'react-dom/client';

import type { Probed, Problem } from '../../contract';
import { Form } from './form';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
let host: HTMLElement;
let probed: Probed;
let problem: Problem | null;

async function draw(): Promise<void> {
  const form = (
    <Form
      edited={null}
      taken={[]}
      trans={nullTranslator.load('')}
      onTry={async () => probed}
      onSave={async () => problem}
      onNew={jest.fn()}
    />
  );
  await act(async () => root.render(form));
}

const box = (name: string) => host.querySelector<HTMLInputElement>(`#reconst-connect-${name}`)!;
const type = (name: string, text: string) =>
  act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(box(name), text);
    box(name).dispatchEvent(new Event('input', { bubbles: true }));
  });
const press = (text: string) =>
  act(async () =>
    Array.from(host.querySelectorAll('button'))
      .find(b => b.textContent === text)!
      .click()
  );

beforeEach(async () => {
  problem = null;
  probed = { ok: true, models: [], problem: null, warning: '' };
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
  await draw();
  await type('url', 'http://localhost:8000/v1');
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

it.each([
  [['only'], 'only'],
  [['one', 'another'], '']
])('of the models %j it chooses “%s”', async (models, chosen) => {
  probed = { ...probed, models };
  await press('Test');
  expect(box('model').value).toBe(chosen);
});

it('keeps the key when saving fails, and forgets it when it is saved', async () => {
  await type('key', 'sk-test');
  await type('model', 'm');
  problem = { code: 'store_full', message: 'Full.', remedy: 'Free space.' };
  await press('Save and use');
  expect([box('key').value, host.textContent]).toEqual(['sk-test', expect.stringContaining('Full.')]);
  problem = null;
  await press('Save and use');
  expect(box('key').value).toBe('');
});
