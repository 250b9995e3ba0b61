import { nullTranslator } from '@jupyterlab/translation';
import React, { act } from 'react';
import { createRoot, Root } from 'react-dom/client';

import type { Profile, ProfileInput } from '../../contract';
import { Form } from './form';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const lab: Profile = {
  name: 'lab',
  base_url: 'http://localhost:8000/v1',
  model: 'lab-70b',
  has_key: false,
  embedded: false,
  editable: true,
  timeout: 60,
  context: null,
  warning: ''
};

let root: Root;
let host: HTMLElement;
let saved: ProfileInput[];

const draw = (edited: Profile): Promise<void> =>
  act(async () =>
    root.render(
      <Form
        key={String(edited.context)}
        edited={edited}
        taken={[]}
        trans={nullTranslator.load('')}
        onTry={async () => null}
        onSave={async profile => {
          saved.push(profile);
          return null;
        }}
        onNew={() => undefined}
      />
    )
  );

const field = () => host.querySelector<HTMLInputElement>('#reconst-connect-context')!;

async function save(context: string): Promise<number | null | undefined> {
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field(), context);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(async () =>
    host.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  );
  return saved.at(-1)!.context;
}

beforeEach(() => {
  saved = [];
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

it('says what a model takes, or leaves it to the endpoint', async () => {
  await draw(lab);
  expect(field().value).toBe('');
  expect(await save('8192')).toBe(8192);
  for (const unsaid of ['', 'many', '-1', '0']) {
    expect(await save(unsaid)).toBe(null);
  }
  await draw({ ...lab, context: 4096 });
  expect(field().value).toBe('4096');
  expect(saved.at(-1)!.timeout).toBe(60);
});
