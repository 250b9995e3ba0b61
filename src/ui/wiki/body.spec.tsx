import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { fakeWiki, noDrafts } from '../../../tests/ui/gallery/fakes';
import { articles } from '../../../tests/ui/gallery/states';
import * as fx from '../../../tests/ui/gallery/wiki';
import * as React from '../react';
import { Wiki } from './body';
import type { IWikiProps } from './props';

jest.mock('../parts/save');

const place = stage();
const answers = { browse: fx.browsed, page: fx.page, lend: true, offer: fx.patch, foresee: fx.estimated };

function given(patch: Partial<IWikiProps> = {}, says: Record<string, unknown> = answers) {
  const { wiki, calls } = fakeWiki(says);
  const props: IWikiProps = {
    wiki,
    path: 'a.ipynb',
    digest: 'd0',
    articles: [],
    drafts: noDrafts,
    trans: nullTranslator.load(''),
    onReview: jest.fn(),
    ...patch
  };
  return { props, calls };
}

const press = (words: string) => act(async () => place.button(words).click());
const text = () => place.host.textContent ?? '';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Draw, let the list be asked for, and let it come. */
async function listed(props: IWikiProps): Promise<void> {
  await place.settle(<Wiki {...props} />);
  await act(async () => jest.advanceTimersByTime(300));
}

it('lists packs, says which cannot be read, and looks for words when typing rests', async () => {
  const set = jest.fn();
  const { props, calls } = given({ drafts: { get: () => '', set } });
  await listed(props);
  expect(calls).toEqual([['browse', '']]);
  expect(text()).toContain('update available · 3 articles · says it is by Ben Okafor · shared');
  expect(text()).toContain('Line 4 cannot be read');
  const box = place.host.querySelector<HTMLInputElement>('[type=search]')!;
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
  for (const words of ['s', 'so', 'source']) {
    value.set!.call(box, words);
    act(() => void box.dispatchEvent(new Event('input', { bubbles: true })));
  }
  await act(async () => jest.advanceTimersByTime(300));
  expect(calls.slice(1)).toEqual([['browse', 'source']]);
  expect(set).toHaveBeenLastCalledWith('wiki', 'source');
  expect(text()).toContain('2 articles · 12 more: add a word');
});

it('opens the article that was found, to be read and taken alone', async () => {
  const { props, calls } = given({ drafts: { get: () => 'source', set: () => undefined } });
  await listed(props);
  await press('Claims need a source');
  expect(calls.at(-1)).toEqual(['page', 'shared:careful-proofs']);
  expect(text()).toContain('Look twice: “doi.example.org”');
  expect(text()).toContain('Also in: shared/papers/off-switch.ipynb, shared:older (differs)');
  expect(text()).toContain('Without it: Lee (2019).');
  await press('Adopt this article');
  expect(calls.at(-1)).toEqual(['lend', fx.page, ['r3']]);
  expect(props.onReview).toHaveBeenCalledTimes(1);
  await press('All packs');
  expect(place.button('Careful proofs')).toBeTruthy();
});

it('shows what an update changes, and takes it to the review', async () => {
  const { props, calls } = given();
  await listed(props);
  await press('Careful proofs');
  expect(place.host.querySelector('ins')?.textContent).toContain('with its DOI');
  expect(text()).toContain('no longer in it; yours stays');
  await press('Review the update');
  expect(calls.at(-1)).toEqual(['lend', fx.page, []]);
});

it('says what would be sent, and sends it only then, regressions first', async () => {
  const { props, calls } = given();
  await listed(props);
  await press('Careful proofs');
  await press('Try it on my kept cases');
  expect(calls.at(-1)).toEqual(['foresee', fx.page, null]);
  expect(text()).toContain('sends 2 articles that you have not accepted');
  expect(text()).toContain('at most 42');
  await press('Not now');
  await press('Try it on my kept cases');
  Object.assign(answers, { foresee: fx.foreseen });
  await press('Send them');
  Object.assign(answers, { foresee: fx.estimated });
  expect(calls.at(-1)).toEqual(['foresee', fx.page, 'a1']);
  const rows = Array.from(place.host.querySelectorAll('summary b'), b => b.textContent);
  expect(rows).toEqual(['Regression', 'Unchanged']);
  expect(text()).toContain('2 of 3 cases tried, 11 calls.');
});

it('says why it could not be tried', async () => {
  const problem = { code: 'no_cases', message: 'No case.', remedy: 'Keep one.' };
  const { props } = given({}, { ...answers, foresee: [{ type: 'failed', problem, slot: null }] });
  await listed(props);
  await press('Careful proofs');
  await press('Try it on my kept cases');
  expect(text()).toContain('No case. Keep one.');
  expect(place.button('Try it on my kept cases')).toBeTruthy();
});

it('saves a patch of an article of one’s own, and says what goes along', async () => {
  const { props, calls } = given({ articles });
  await listed(props);
  await press('Careful proofs');
  const select = place.host.querySelector('select')!;
  expect(Array.from(select.options, o => o.value)).not.toContain('r2');
  act(() => {
    select.value = 'r3';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await press('Save a patch');
  expect(calls.at(-1)).toEqual(['offer', 'shared:careful-proofs', 'r3']);
  expect(text()).toContain('1 quotation, names: Ana Ruiz');
});

it('takes nothing without a notebook', async () => {
  const { props, calls } = given({ path: null });
  await listed(props);
  await press('Careful proofs');
  await press('Review the update');
  expect(calls.at(-1)?.[0]).toBe('page');
});
