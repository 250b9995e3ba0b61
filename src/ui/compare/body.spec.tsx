import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { NOW, beside, comparing, same } from '../../../tests/ui/gallery/fixtures';
import type { IComparing } from '../../tokens';
import * as React from '../react';
import { Compare } from './body';

const trans = nullTranslator.load('');
const place = stage();
let calls: unknown[][];

const call =
  (name: string) =>
  (...given: unknown[]) =>
    void calls.push([name, ...given]);

function draw(state: IComparing): void {
  calls = [];
  place.draw(
    <Compare
      comparing={state}
      path="a.ipynb"
      now={NOW}
      trans={trans}
      onCompare={call('compare')}
      onFile={call('file')}
      onServer={call('server')}
      onReview={call('review')}
      onRestore={call('restore')}
    />
  );
}

it('shows what differs word by word, hidden characters spelled out, and which cases', () => {
  draw(comparing);
  const text = place.host.textContent ?? '';
  expect(text).toContain('⟦U+E0069⟧');
  expect(Array.from(place.host.querySelectorAll('ins'), e => e.textContent)).toContain('added: or a dataset');
  expect(text).toContain('Kept cases that differ');
  expect(text).toContain('From after “added: Cite the page” to now');
});

it('marks a version that was altered afterwards, and compares with any', () => {
  draw(comparing);
  expect(place.host.textContent?.match(/Altered:/g)).toHaveLength(1);
  act(() => place.button('revised: Cite the page').click());
  expect(calls).toEqual([['compare', null, 'v5']]);
  expect(place.button('added: Cite the page').getAttribute('aria-pressed')).toBe('true');
});

it('restores a version; of a file it leads to the review, and where nothing differs to neither', () => {
  draw(comparing);
  act(() => place.button('Restore this version').click());
  expect(calls.map(([name]) => name)).toEqual(['restore']);
  draw(beside);
  expect(place.host.textContent).toContain('Not compared: reconst:article:x cannot be read');
  act(() => place.button('Review what it brings').click());
  expect(calls).toEqual([['review', beside.file]]);
  draw(same);
  expect(place.host.textContent).toContain('They say the same.');
  expect([place.button('Restore'), place.button('Review what')]).toEqual([undefined, undefined]);
});
