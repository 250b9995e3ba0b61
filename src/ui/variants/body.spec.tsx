import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { varying, varyingWays } from '../../../tests/ui/gallery/variants';
import type { IVarying } from '../../tokens';
import * as React from '../react';
import { VariantsBody } from './body';

const trans = nullTranslator.load('');
const page = stage();
const acts = {
  onDraft: jest.fn(),
  onWeigh: jest.fn(),
  onAsk: jest.fn(),
  onStop: jest.fn(),
  onKeep: jest.fn(),
  onRetry: jest.fn(),
  onSent: jest.fn()
};

async function draw(state: IVarying = varying, busy = false): Promise<void> {
  jest.clearAllMocks();
  acts.onWeigh.mockResolvedValue({ ...varyingWays.weighed });
  await page.settle(
    <VariantsBody
      varying={state}
      label="Cell 3"
      busy={busy}
      profiles={varyingWays.profiles}
      styles={varyingWays.styles}
      articles={varyingWays.articles}
      draft=""
      trans={trans}
      {...acts}
    />
  );
}

const answers = (): HTMLElement[] => Array.from(page.host.querySelectorAll<HTMLElement>('article'));
const key = (target: Element, name: string): void =>
  act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })));

test('each answer says in words how it was asked, and which of its words are others', async () => {
  await draw();
  expect(answers().map(one => one.querySelector('b')?.textContent)).toEqual([
    'In the cell',
    'without “Cite the page”',
    'by other-model, in other words',
    'asked the same'
  ]);
  expect(Array.from(answers()[1].querySelectorAll('ins'), e => e.textContent)).toEqual(['added: sixty']);
  expect(answers()[1].querySelector('del')).toBeNull();
});

test('j, k and the arrows move; Enter keeps the one that is looked at, and only a whole one', async () => {
  await draw();
  act(() => answers()[0].focus());
  key(answers()[0], 'j');
  expect(document.activeElement).toBe(answers()[1]);
  expect(answers()[0].querySelector('del')?.textContent).toContain('fifty');
  key(answers()[1], 'Enter');
  expect(acts.onKeep).toHaveBeenCalledWith(varying.answers[0].record?.turn);
  key(answers()[1], 'ArrowDown');
  key(answers()[2], 'ArrowRight');
  key(answers()[3], 'Enter');
  expect(acts.onKeep).toHaveBeenCalledTimes(1);
  key(answers()[3], 'k');
  expect(document.activeElement).toBe(answers()[2]);
});

test('one that failed says why and is tried again by its own way', async () => {
  await draw();
  expect(answers()[3].textContent).toContain('The endpoint is busy.');
  act(() => page.button('Try again').click());
  expect(acts.onRetry).toHaveBeenCalledWith(varying.answers[2]);
});

test('what asking takes is said before it is pressed, and what is asked is what was chosen', async () => {
  jest.useFakeTimers();
  await draw();
  await act(() => jest.advanceTimersByTimeAsync(400));
  expect(page.host.textContent).toContain('at most 2 calls, about $0.01');
  const [often] = Array.from(page.host.querySelectorAll('select'));
  const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')!.set!;
  act(() => {
    set.call(often, '2');
    often.dispatchEvent(new Event('change', { bubbles: true }));
  });
  act(() => page.host.querySelector<HTMLInputElement>('input[type=checkbox]')!.click());
  act(() => page.button('Ask').click());
  const [ways] = acts.onAsk.mock.calls[0];
  expect(ways).toHaveLength(2);
  expect(ways[0]).toMatchObject({ prompt: null, model: null, with: [], without: [varyingWays.articles[0].id] });
  jest.useRealTimers();
});

test('while it is asked, the button stops it', async () => {
  await draw(varying, true);
  expect(page.button('Ask')).toBeUndefined();
  act(() => page.button('Stop').click());
  expect(acts.onStop).toHaveBeenCalled();
});
