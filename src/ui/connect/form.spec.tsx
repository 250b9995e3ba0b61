import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import type { Probed, Problem, Profile, ProfileInput } from '../../contract';
import * as React from '../react';
import { Form } from './form';

const lab: Profile = {
  name: 'lab',
  base_url: 'http://localhost:8000/v1',
  model: 'lab-70b',
  has_key: false,
  embedded: false,
  editable: true,
  timeout: 60,
  context: null,
  at_once: 8,
  warning: ''
};

const page = stage();
let saved: ProfileInput[];
let probed: Probed;
let problem: Problem | null;

const draw = (edited: Profile | null): Promise<void> =>
  page.settle(
    <Form
      key={String(edited?.context)}
      edited={edited}
      taken={[]}
      trans={nullTranslator.load('')}
      onTry={async () => probed}
      onSave={async profile => {
        saved.push(profile);
        return problem;
      }}
      onNew={() => undefined}
    />
  );

const field = (name: string) => page.host.querySelector<HTMLInputElement>(`#reconst-connect-${name}`)!;
const type = (name: string, text: string) =>
  act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field(name), text);
    field(name).dispatchEvent(new Event('input', { bubbles: true }));
  });
const submit = () =>
  act(async () =>
    page.host.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  );

async function save(context: string): Promise<number | null | undefined> {
  await type('context', context);
  await submit();
  return saved.at(-1)!.context;
}

beforeEach(() => {
  saved = [];
  problem = null;
  probed = { ok: true, models: [], problem: null, warning: '' };
});

it('says what a model takes, or leaves it to the endpoint', async () => {
  await draw(lab);
  expect(field('context').value).toBe('');
  expect(await save('8192')).toBe(8192);
  for (const unsaid of ['', 'many', '-1', '0']) {
    expect(await save(unsaid)).toBe(null);
  }
  await draw({ ...lab, context: 4096 });
  expect(field('context').value).toBe('4096');
  expect(saved.at(-1)!.timeout).toBe(60);
});

it.each([
  [['only'], 'only'],
  [['one', 'another'], '']
])('of the models %j it chooses “%s”', async (models, chosen) => {
  probed = { ...probed, models };
  await draw(null);
  await type('url', lab.base_url);
  const test = Array.from(page.host.querySelectorAll('button')).find(b => b.textContent === 'Test')!;
  await act(async () => test.click());
  expect(field('model').value).toBe(chosen);
});

it('keeps the key when saving fails, and forgets it when it is saved', async () => {
  await draw(lab);
  await type('key', 'a-key');
  problem = { code: 'store_full', message: 'Full.', remedy: 'Free space.' };
  await submit();
  expect([field('key').value, page.host.textContent]).toEqual(['a-key', expect.stringContaining('Full.')]);
  problem = null;
  await submit();
  expect(field('key').value).toBe('');
});
