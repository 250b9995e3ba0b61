import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { empty, fakeLibrary, shelves } from '../../../tests/ui/gallery/library';
import type { ILibrary } from '../../tokens';
import * as React from '../react';
import { ILibraryProps, Library } from './body';

const place = stage();
const press = (words: string) => act(async () => place.button(words).click());
const text = () => place.host.textContent ?? '';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

async function drawn(patch: Partial<ILibraryProps> = {}, held = shelves) {
  const calls: unknown[][] = [];
  const props: ILibraryProps = {
    library: fakeLibrary(held, calls),
    trans: nullTranslator.load(''),
    onAdd: async () => 'papers',
    onOpen: jest.fn(),
    ...patch
  };
  await place.settle(<Library {...props} />);
  return { calls, props };
}

async function search(words: string): Promise<void> {
  const box = place.host.querySelector<HTMLInputElement>('[type=search]')!;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(box, words);
  act(() => void box.dispatchEvent(new Event('input', { bubbles: true })));
  await act(async () => jest.advanceTimersByTime(300));
}

it('says what to do while it is empty, and adds what is named', async () => {
  const { calls } = await drawn({}, empty);
  expect(text()).toContain('It is empty. Add a BibTeX');
  expect(place.host.querySelector('[type=search]')).toBeNull();
  await press('Add…');
  expect(calls).toEqual([['collect', 'papers']]);
});

it('adds nothing where no path was given', async () => {
  const { calls } = await drawn({ onAdd: async () => '' });
  await press('Add…');
  expect(calls).toEqual([]);
});

it('shows how far it is and stops when asked, or when it is closed', async () => {
  const { calls } = await drawn();
  await press('Update');
  expect(calls).toEqual([['collect', '']]);
  expect(text()).toContain('57 of 216 a-paper.pdf');
  expect(place.host.querySelector('progress')!.value).toBe(57);
  expect(place.button('Update')).toBeUndefined();
  await press('Stop');
  expect(calls.at(-1)).toEqual(['stopped']);
  expect(place.host.querySelector('progress')).toBeNull();
  await press('Update');
  place.draw(<p />);
  await act(async () => undefined);
  expect(calls.filter(([act]) => act === 'stopped')).toHaveLength(2);
});

it('tells passages from files while it goes on', async () => {
  const library: ILibrary = {
    ...fakeLibrary(),
    async *collect(_, signal) {
      yield { type: 'indexed', what: 'passages', done: 7, of: 9, name: '', why: 'It cannot be told just now.' };
      await new Promise(resolve => signal.addEventListener('abort', resolve));
    }
  };
  await drawn({ library });
  await press('Update');
  expect(text()).toContain('What passages mean: 7 of 9');
  expect(text()).toContain('cannot be told just now');
  await press('Stop');
});

it('says why a folder cannot be added', async () => {
  const problem = { code: 'bad_input', message: 'There is no such file.', remedy: 'Look at its path.' };
  const library: ILibrary = {
    ...fakeLibrary(),
    async *collect() {
      yield { type: 'failed', problem, slot: null };
    }
  };
  await drawn({ library });
  await press('Add…');
  expect(text()).toContain('There is no such file. Look at its path.');
});

it('says whether passages are found by their meaning, and how far that is', async () => {
  await drawn();
  expect(text()).toContain('by their words, 1200 of 5210 by their meaning too. “Update” goes on with the others.');
  await drawn({}, { ...shelves, embedded: { done: 5210, of: 5210, missing: '' } });
  expect(text()).toContain('by their words and by their meaning.');
  await drawn({}, { ...shelves, embedded: { done: 0, of: 5210, missing: 'To search by meaning too: pip install x' } });
  expect(text()).toContain('by their words. To search by meaning too: pip install x');
});

it('lists what was skipped, spelling out what hides in a name', async () => {
  await drawn();
  expect(text()).toContain('2 files were not read');
  expect(text()).toContain('papers/⟦U+202E⟧fdp.exe: It is a link');
});

it('looks for words when typing rests, shows passages as text, and opens a PDF at its page', async () => {
  const { calls, props } = await drawn();
  await search('off switch');
  expect(calls).toEqual([['consult', 'off switch']]);
  expect(text()).toContain('The Off-Switch Game, p. 4');
  expect(text()).toContain('Hadfield-Menell, Dragan, Abbeel, Russell · 2017');
  expect(text()).toContain('<img src=x onerror=alert(1)>');
  expect(place.host.querySelector('img')).toBeNull();
  await press('Open');
  expect(props.onOpen).toHaveBeenCalledWith('papers/off-switch.pdf', '#page=4');
});

it('takes a source out', async () => {
  const { calls } = await drawn();
  await press('Take out');
  expect(calls).toEqual([['discard', '/srv/a/papers']]);
  expect(text()).toContain('It is empty.');
});
