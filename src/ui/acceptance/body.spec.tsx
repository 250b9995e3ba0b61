import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { inForce, offer, rehearsed, review, weighing } from '../../../tests/ui/gallery/fixtures';
import type { IOffer, IRehearsing } from '../../tokens';
import * as React from '../react';
import { Acceptance } from './body';

const trans = nullTranslator.load('');
const place = stage();
let calls: unknown[][];

const call =
  (name: string) =>
  (...given: unknown[]) =>
    void calls.push([name, ...given]);

function draw(brought: IOffer | null, rehearsing: IRehearsing | null = null): void {
  calls = [];
  place.draw(
    <Acceptance
      review={brought?.brought.review ?? review}
      inForce={inForce}
      path="careful.md"
      offer={brought}
      rehearsing={rehearsing}
      trans={trans}
      onUse={call('use')}
      onNotNow={call('not now')}
      onRehearse={call('rehearse')}
      onStop={call('stop')}
      onSent={call('sent')}
    />
  );
}

const boxes = () => Array.from(place.host.querySelectorAll<HTMLInputElement>('li input[type=checkbox]'));
const TICKED = { digest: review.digest, articles: ['r3'], preamble: false };

it('ticks only what is the same beforehand, and “Not now” has the keyboard', () => {
  draw(offer);
  expect(boxes().map(box => box.checked)).toEqual([true, false, false, false, false]);
  expect(document.activeElement).toBe(place.button('Not now'));
  // What holds hidden characters cannot be ticked.
  expect(boxes().map(box => box.disabled)).toEqual([false, false, true, false, false]);
  act(() => place.button('Use 1 article').click());
  expect(calls).toEqual([['use', TICKED]]);
});

it('says what of a file is not offered, and that what one has stays', () => {
  draw(offer);
  const text = place.host.textContent ?? '';
  for (const said of [
    'No bullet points',
    '3 kept cases would come along',
    'its digest is another',
    'globs: src/**/*.py'
  ]) {
    expect(text).toContain(said);
  }
  expect(text).not.toContain('would no longer apply');
  draw(null);
  expect(place.host.textContent).toContain('would no longer apply');
});

it('trying is an act of its own: it asks what it takes, says it, and sends when told to', () => {
  draw(offer);
  act(() => place.button('Try it on six of my turns first').click());
  expect(calls).toEqual([['rehearse', TICKED, false]]);
  draw(offer, weighing);
  expect(place.host.textContent).toContain('is sent to lab-70b for these calls alone and not accepted by it');
  expect(place.host.textContent).toContain('4 of your turns fit, at most 12 calls, about $0.02.');
  act(() => place.button('Send and try').click());
  expect(calls).toEqual([['rehearse', TICKED, true]]);
});

it('shows the rows with Stop while it runs, and goes on after it', () => {
  const running = { ...rehearsed, busy: true, problem: null };
  draw(offer, { ...running, rehearsal: { ...rehearsed.rehearsal!, status: 'running' } });
  expect(place.host.querySelectorAll('.jp-reconst-imp')).toHaveLength(3);
  act(() => place.button('Stop').click());
  draw(offer, rehearsed);
  expect(place.host.textContent).toContain('Nothing was accepted;');
  act(() => place.button('Go on').click());
  expect(calls).toEqual([['rehearse', TICKED, true]]);
});

it('rows are of what was ticked: other ticks are to be tried anew', () => {
  draw(offer, rehearsed);
  act(() => boxes()[1].click());
  expect(place.host.querySelectorAll('.jp-reconst-imp')).toHaveLength(0);
  act(() => place.button('Try it on six').click());
  expect(calls).toEqual([['rehearse', { ...TICKED, articles: ['r3', 'x2'] }, false]]);
});

it('opens what both sides of a row were sent', () => {
  draw(offer, { ...rehearsed, rows: rehearsed.rows.slice(0, 1).map(row => ({ ...row, call: 'c1' })) });
  act(() => place.button('What was sent').click());
  expect(calls).toEqual([['sent', 'c1']]);
});

it('without a turn it says what to do', () => {
  draw(offer, { ...weighing, rehearsal: { ...weighing.rehearsal!, probes: [], most: 0 } });
  expect(place.host.textContent).toContain('Ask a question in a notebook');
  expect(place.button('Send and try')).toBeUndefined();
});

it('says which article comes from the project’s file and not from the notebook', () => {
  draw(null);
  const rows = Array.from(place.host.querySelectorAll('li'), row => row.textContent?.includes('Project'));
  expect(rows.slice(0, 5)).toEqual([false, false, false, false, true]);
});
