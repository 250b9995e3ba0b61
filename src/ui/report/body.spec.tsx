import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { FakeNotebooks, fakeReconst, noOpen } from '../../../tests/ui/gallery/fakes';
import { base } from '../../../tests/ui/gallery/states';
import { told } from '../../../tests/ui/gallery/telling';
import * as React from '../react';
import { Report } from './body';
import { ReportWidget } from './widget';

globalThis.requestIdleCallback ??= (run: IdleRequestCallback) => setTimeout(run, 0) as unknown as number;
const trans = nullTranslator.load('');
const place = stage();

it('shows the bytes, what goes in, and whose names were replaced; ticks and formats are wishes', () => {
  const wishes: unknown[] = [];
  place.draw(
    <Report
      told={told}
      wish={{ expected: '', words: '', without: ['cell:0'], format: 'md' }}
      trans={trans}
      onWish={patch => void wishes.push(patch)}
      onSave={() => void wishes.push('save')}
      onCopy={async () => void wishes.push('copy')}
    />
  );
  expect(place.host.querySelector('[role=document]')?.textContent).toBe(told.text);
  expect(place.host.textContent).toContain('Person 1: Ana, 3 ×');
  const boxes = Array.from(place.host.querySelectorAll<HTMLInputElement>('[type=checkbox]'));
  expect(boxes.map(box => box.checked)).toEqual(told.parts.map(part => part.kept));
  act(() => boxes[3].click());
  act(() => boxes[5].click());
  act(() => place.button('JSON').click());
  act(() => place.button('Save report.md').click());
  expect(wishes).toEqual([{ without: [] }, { without: ['cell:0', 'prompt'] }, { format: 'json' }, 'save']);
});

it('keeps what was typed as a draft, and saves what it shows', async () => {
  const kept = new Map([['report:t1', 'Typed before']]);
  const drafts = {
    get: (key: string) => kept.get(key) ?? '',
    set: (key: string, text: string) => void kept.set(key, text)
  };
  const { reconst, calls } = fakeReconst(base, { tell: told, report: told.text });
  const options = { reconst, trans, drafts, open: noOpen, notebooks: new FakeNotebooks(), id: () => 'm' };
  const widget = new ReportWidget({ ...options, about: { turn: 't1' } } as never);
  await act(async () => Widget.attach(widget, document.body));
  await act(() => new Promise(done => setTimeout(done, 50)));
  const area = widget.node.querySelector('textarea')!;
  expect(area.value).toBe('Typed before');
  expect(calls[0]).toEqual(['tell', { turn: 't1', expected: 'Typed before', words: [], without: [], format: 'md' }]);
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!;
  act(() => {
    set.call(area, 'A source');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(kept.get('report:t1')).toBe('A source');
  URL.createObjectURL = jest.fn(() => 'blob:x');
  HTMLAnchorElement.prototype.click = jest.fn();
  await act(async () => widget.node.querySelector<HTMLElement>('.jp-reconst-primary')!.click());
  // The new words are not in what is shown yet, so they are not in what is saved either.
  expect(calls[calls.length - 1]).toEqual(['report', (calls[0] as unknown[])[1]]);
  widget.dispose();
});
