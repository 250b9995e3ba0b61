import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { base } from '../../../tests/ui/gallery/fixtures';
import type { Composed } from '../../contract';
import * as React from '../react';
import { Composer, IComposerProps } from './composer';

const composed: Composed = {
  applied: [],
  context: 8192,
  cost: 0.001,
  digest: '',
  given: [],
  messages: [{ role: 'user', content: 'the very words' }],
  left: [],
  parent: null,
  problem: null,
  recorded: null,
  style: '',
  tokens: 40
};

const page = stage();
let asked: unknown[][];
let drafts: string[];
let answer: boolean | Promise<boolean>;
let compositions: unknown[][];

async function draw(patch: Partial<IComposerProps> = {}): Promise<void> {
  const props: IComposerProps = {
    attachable: base.attachable,
    asking: null,
    model: 'lab-70b',
    notebook: 'n1',
    draft: '',
    below: 'c8',
    digest: 'd0',
    style: '',
    styles: base.inForce!.styles,
    primary: true,
    trans: nullTranslator.load(''),
    onDraft: text => drafts.push(text),
    onCompose: async (...given) => {
      compositions.push(given);
      return composed;
    },
    onAsk: async (...given) => {
      asked.push(given);
      return answer;
    },
    onStyle: style => asked.push(['style', style]),
    onArticle: id => asked.push(['article', id]),
    onCancel: () => asked.push(['cancel']),
    ...patch
  };
  await page.settle(<Composer {...props} />);
}

const { button } = page;
const click = (text: string) => act(async () => button(text).click());

beforeEach(() => {
  asked = [];
  compositions = [];
  drafts = [];
  answer = true;
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
  await act(async () => page.host.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
  await click('Ask');
  expect(asked).toEqual([]);
  expect(page.host.textContent).toContain('the very words');
  expect(document.activeElement?.textContent).toBe('Send');
  await click('Send');
  expect(asked).toEqual([['Why?', { new: false, attach: ['c7'] }]]);
});

it('keeps the words when asking fails', async () => {
  answer = false;
  await draw({ draft: 'Why?' });
  await click('Ask');
  expect(page.host.querySelector('textarea')?.value).toBe('Why?');
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
  await act(async () => void page.host.querySelector('textarea')?.dispatchEvent(event));
  expect(asked).toHaveLength(1);
  expect(seen).toEqual([]);
});

const type = (text: string) =>
  act(async () => {
    const box = page.host.querySelector('textarea')!;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(box, text);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  });
const shown = () => page.host.querySelector('[aria-label="What is sent"]');

it('the spaces around a question are no part of it', async () => {
  await draw({ draft: ' Why?\n ' });
  await click('What is sent');
  await click('Send');
  expect(compositions).toEqual([['Why?', { new: false }, []]]);
  expect(asked).toEqual([['Why?', { new: false, attach: [] }]]);
});

it('what is typed while the cell is inserted stays', async () => {
  let inserted = (_: boolean): void => undefined;
  answer = new Promise(resolve => (inserted = resolve));
  await draw({ draft: 'Why?' });
  await click('Ask');
  await type('And why not?');
  await act(async () => inserted(true));
  expect(page.host.querySelector('textarea')?.value).toBe('And why not?');
  expect(drafts).toEqual(['And why not?']);
});

it('shows what is sent afresh, and no longer when it would be something else', async () => {
  await draw({ draft: 'Why?' });
  await click('Attach');
  const boxes = page.host.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
  await act(async () => boxes[0].click());
  await act(async () => boxes[boxes.length - 1].click());
  const changes: Partial<IComposerProps>[] = [
    { below: 'c9' },
    { digest: 'd1' },
    { asking: { turn: 't2', since: 0 } },
    { attachable: base.attachable.map(a => ({ ...a, output: 'something else' })) }
  ];
  for (const change of changes) {
    await click('What is sent');
    expect(shown()).not.toBeNull();
    await draw(change);
    expect(shown()).toBeNull();
    await draw();
    await click('Back');
  }
  const { cell, label, source, output } = base.attachable[0];
  expect(compositions[0]).toEqual(['Why?', { new: true }, [{ cell, label, source, output }]]);
});

it('words that nobody asked yet go with a notebook that is known now, or called otherwise', async () => {
  await draw({ notebook: null });
  await type('half a');
  await draw({ notebook: 'n1', draft: 'older words' });
  expect(page.host.querySelector('textarea')?.value).toBe('half a');
  expect(drafts.pop()).toBe('half a');
  await type('');
  await draw({ notebook: 'n2', draft: 'kept words' });
  expect(page.host.querySelector('textarea')?.value).toBe('kept words');
});

it('offers to cancel while asking', async () => {
  await draw({ asking: { turn: 't1', since: Date.now() - 7000 } });
  expect(page.host.textContent).toContain('Asking lab-70b, 7 s');
  await click('Cancel');
  expect(asked).toEqual([['cancel']]);
});

it('a conversation that has outgrown the model is cut as the person says, and shown before it is sent', async () => {
  const problem = { code: 'outgrown', message: 'Two of three turns would be left out.', remedy: '' };
  await draw({
    draft: 'Why?',
    onCompose: async (...given) => {
      compositions.push(given);
      return given[1].keep ? { ...composed, left: ['a', 'b'] } : { ...composed, problem };
    }
  });
  await click('What is sent');
  expect(page.host.textContent).toContain('Two of three turns');
  await click('Keep the first, and the newest');
  expect(compositions[1]).toEqual(['Why?', { new: false, keep: ['first'] }, []]);
  expect(page.host.textContent).toContain('2 earlier turns left out');
  await click('Send');
  expect(asked).toEqual([['Why?', { new: false, keep: ['first'], attach: [] }]]);
});

it('the notebook’s style is chosen beside the prompt', async () => {
  await draw({ style: 'plain' });
  const select = page.host.querySelector('select')!;
  expect([select.value, Array.from(select.options, option => option.textContent)]).toEqual([
    'plain',
    ['No style', 'Style: listen', 'Style: plain']
  ]);
  await act(async () => {
    select.value = 'listen';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  expect(asked).toEqual([['style', 'listen']]);
});

it('passages of the library are shown, with what they cost, before they are sent', async () => {
  await draw({ draft: 'Why?' });
  await click('Attach');
  const label = Array.from(page.host.querySelectorAll('label')).find(
    l => l.textContent === 'Passages from your library'
  );
  await act(async () => label?.querySelector('input')?.click());
  await click('Ask');
  expect(asked).toEqual([]);
  expect(compositions.at(-1)).toEqual(['Why?', { new: false, library: true }, []]);
  await click('Send');
  expect(asked).toEqual([['Why?', { new: false, library: true, attach: [] }]]);
});

it('what is known here opens from what is sent', async () => {
  const given = [
    { kind: 'fact' as const, id: 'a1', label: 'Off-switch game', source: 'IJCAI 2017', text: 'x' },
    { kind: 'passage' as const, id: 'p1', label: '[1] Smith 2020', source: '', text: 'y' }
  ];
  await draw({ draft: 'Why?', onCompose: async () => ({ ...composed, given }) });
  await click('What is sent');
  expect(page.host.textContent).toContain('Known here:Off-switch game [1] Smith 2020');
  await click('Off-switch game');
  expect(asked).toEqual([['article', 'a1']]);
});
