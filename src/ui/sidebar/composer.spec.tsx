import { nullTranslator } from '@jupyterlab/translation';
import React, { act } from 'react';
import { createRoot, Root } from 'react-dom/client';

import { base } from '../../../tests/ui/gallery/fixtures';
import type { Composed } from '../../contract';
import { Composer, IComposerProps } from './composer';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const composed: Composed = {
  applied: [],
  context: 8192,
  cost: 0.001,
  digest: '',
  messages: [{ role: 'user', content: 'the very words' }],
  parent: null,
  problem: null,
  recorded: null,
  tokens: 40
};

let root: Root;
let host: HTMLElement;
let asked: unknown[][];
let drafts: string[];
let answer: boolean;

async function draw(patch: Partial<IComposerProps> = {}): Promise<void> {
  const props: IComposerProps = {
    attachable: base.attachable,
    asking: null,
    model: 'lab-70b',
    draft: '',
    primary: true,
    trans: nullTranslator.load(''),
    onDraft: text => drafts.push(text),
    onCompose: async () => composed,
    onAsk: async (...given) => {
      asked.push(given);
      return answer;
    },
    onCancel: () => asked.push(['cancel']),
    ...patch
  };
  await act(async () => root.render(<Composer {...props} />));
}

const button = (text: string) =>
  Array.from(host.querySelectorAll('button')).find(b => b.textContent?.startsWith(text)) as HTMLButtonElement;
const click = (text: string) => act(async () => button(text).click());

beforeEach(() => {
  asked = [];
  drafts = [];
  answer = true;
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

it('asks at once where nothing private goes along', async () => {
  await draw({ draft: 'Why?' });
  await click('Ask');
  expect(asked).toEqual([['Why?', { new: false, attach: [] }]]);
  expect(drafts).toEqual(['']);
});

it('shows what is sent before an output is sent', async () => {
  await draw({ draft: 'Why?' });
  await click('Attach');
  await act(async () => host.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
  await click('Ask');
  expect(asked).toEqual([]);
  expect(host.textContent).toContain('the very words');
  expect(document.activeElement?.textContent).toBe('Send');
  await click('Send');
  expect(asked).toEqual([['Why?', { new: false, attach: ['c7'] }]]);
});

it('keeps the words when asking fails', async () => {
  answer = false;
  await draw({ draft: 'Why?' });
  await click('Ask');
  expect(host.querySelector('textarea')?.value).toBe('Why?');
  expect(drafts).toEqual([]);
});

it('an empty prompt asks nothing', async () => {
  await draw({ draft: '  ' });
  await click('Ask');
  expect(asked).toEqual([]);
  expect(button('Ask').getAttribute('aria-disabled')).toBe('true');
});

it('Ctrl+Enter asks and goes no further', async () => {
  const seen: string[] = [];
  document.body.addEventListener('keydown', event => seen.push(event.key), { once: true });
  await draw({ draft: 'Why?' });
  const event = new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true });
  await act(async () => void host.querySelector('textarea')?.dispatchEvent(event));
  expect(asked).toHaveLength(1);
  expect(seen).toEqual([]);
});

it('offers to cancel while asking', async () => {
  await draw({ asking: { turn: 't1', since: Date.now() - 7000 } });
  expect(host.textContent).toContain('Asking lab-70b, 7 s');
  await click('Cancel');
  expect(asked).toEqual([['cancel']]);
});
