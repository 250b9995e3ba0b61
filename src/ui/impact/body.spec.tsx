import { nullTranslator } from '@jupyterlab/translation';
import React, { act } from 'react';
import { createRoot, Root } from 'react-dom/client';

import { articles, inForce, preview, previewing, rows } from '../../../tests/ui/gallery/fixtures';
import type { InForce } from '../../contract';
import type { IPreviewState } from '../../tokens';
import { ImpactView } from './body';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const trans = nullTranslator.load('');
const fine = rows.filter(r => r.verdict === 'intended');
const done: IPreviewState = { ...previewing, busy: false, rows: fine, preview: { ...preview, status: 'done' } };
let root: Root;
let host: HTMLElement;
let calls: unknown[][];

/** Written down without the event that a press carries. */
const call =
  (name: string) =>
  (...given: unknown[]) =>
    void calls.push([name, ...given.filter(value => !(value as React.SyntheticEvent | null)?.nativeEvent)]);

function draw(state: IPreviewState, law: InForce = inForce): void {
  act(() =>
    root.render(
      <ImpactView
        state={state}
        inForce={law}
        trans={trans}
        onEdit={call('edit')}
        onTry={call('try')}
        onPrompt={call('prompt')}
        onStop={call('stop')}
        onGoOn={call('go on')}
        onMark={call('mark')}
        onRatify={call('ratify')}
        onConfirm={call('confirm')}
        onBack={call('back')}
        onAskAgain={call('ask again')}
      />
    )
  );
}

const button = (name: string) =>
  Array.from(host.querySelectorAll('button')).find(b => b.textContent?.trim().startsWith(name));
const press = (name: string) => act(() => button(name)!.click());
const foot = () => host.querySelector('.jp-reconst-pagefoot')?.textContent;
const keys = (target: Element) =>
  act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true })));

beforeEach(() => {
  calls = [];
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

it('what is written in the box is told with every key', () => {
  draw(done);
  const then = host.querySelector<HTMLTextAreaElement>('#reconst-impact-then')!;
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!;
  act(() => {
    set.call(then, 'name it');
    then.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(calls).toEqual([['edit', { ...done.draft, then: 'name it' }]]);
});

it('a wording that was not tried is not ratified', () => {
  draw(done);
  press('Ratify article');
  expect(calls).toEqual([['ratify', '']]);
  const edited = { ...done, draft: { ...done.draft, then: 'name it' } };
  draw(edited);
  expect(foot()).toContain('Try this wording first');
  press('Ratify article');
  keys(host.querySelector('.jp-reconst-pagebox')!);
  expect(calls).toHaveLength(1);
  press('Try this wording');
  press('As it was tried');
  expect(calls.slice(1)).toEqual([
    ['try', edited.draft],
    ['edit', done.amendment.draft]
  ]);
});

it('says what has become of it only as the server has it', () => {
  draw({ ...done, unconfirmed: true });
  expect(foot()).toContain('not yet in force');
  keys(host.querySelector('.jp-reconst-pagebox')!);
  press('Try again');
  expect(calls).toEqual([['confirm']]);
  draw({ ...done, ratified: articles[6] });
  expect(foot()).toContain('In force from the next answer');
  expect(button('Ask again with this rule')).toBeDefined();
  draw({ ...done, ratified: { ...articles[6], revision: 'earlier' } });
  expect(foot()).toContain('no longer stands');
  expect(button('Ask again')).toBeUndefined();
  draw({ ...done, ratified: { ...articles[6], id: 'gone', repealed: true } });
  expect(foot()).toContain('Repealed');
  expect(button('Ask again without this rule')).toBeDefined();
});

it('what is law is not reworded here', () => {
  draw({ ...done, ratified: articles[6] });
  expect(host.querySelector('textarea')).toBeNull();
});

it('an interrupted one goes on, or is left, by a press', () => {
  draw({ ...done, preview: { ...preview, status: 'interrupted' } });
  expect(host.textContent).toContain('Nothing is sent until you go on');
  press('Ratify article');
  press('Go on');
  press('Leave it');
  expect(calls).toEqual([['go on'], ['stop']]);
});

it('says how long it waits', () => {
  draw({ ...previewing, rows: [], waiting: { seconds: 12, still: false } });
  expect(host.textContent).toContain('waiting for the first reply, 12 s');
  draw({ ...previewing, waiting: { seconds: 65, still: true } });
  expect(host.textContent).toContain('still waiting, 65 s: Stop ends it');
  press('Stop');
  expect(calls).toEqual([['stop']]);
});
