import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { sentences } from '../../../tests/ui/gallery/fixtures';
import type { ISentences } from '../../tokens';
import * as React from '../react';
import { Sentences } from './body';

const page = stage();
let calls: unknown[][];

function draw(given: ISentences): void {
  const note =
    (name: string) =>
    (...more: unknown[]) =>
      void calls.push([name, ...more]);
  page.draw(
    <Sentences
      sentences={given}
      trans={nullTranslator.load('')}
      onTake={note('take')}
      onKeep={note('keep')}
      onMissing={note('missing')}
      onWhole={note('whole')}
      onOther={note('other')}
      onClose={note('close')}
    />
  );
}

const press = (key: string) =>
  act(() => void document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));

beforeEach(() => {
  calls = [];
});

it('one key each: take, keep, missing, whole, leave', () => {
  draw(sentences);
  const [{ start, end }, next] = sentences.sentences;
  press('Enter');
  press('ArrowDown');
  press('k');
  press('m');
  press('w');
  press('Escape');
  expect(calls).toEqual([
    ['take', start, end],
    ['keep', next.start, next.end],
    ['missing', next.end],
    ['whole'],
    ['close']
  ]);
});

it('another output is offered where there is one', () => {
  draw(sentences);
  press('o');
  expect(calls).toEqual([]);
  draw({ ...sentences, output: 1, outputs: 3 });
  expect(page.host.querySelector('[role=dialog]')?.getAttribute('aria-label')).toBe(
    'Highlight in Cell 8, output 2 of 3'
  );
  press('o');
  expect(calls).toEqual([['other']]);
});
