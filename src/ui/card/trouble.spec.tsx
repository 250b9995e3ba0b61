import { nullTranslator } from '@jupyterlab/translation';

import { stage } from '../../../tests/jest/stage';
import { card } from '../../../tests/ui/gallery/fixtures';
import * as React from '../react';
import { Trouble } from './trouble';

const page = stage();

it.each([
  ['no_model', 'No model connected.', ['Connect']],
  ['recording_only', 'What happened.', []],
  ['model_busy', 'What happened.', ['Try again']]
])('%s says what is so, and offers what helps', (code, said, buttons) => {
  const problem = { code, message: 'What happened.', remedy: 'Do this.' };
  const acts = { trans: nullTranslator.load(''), onConnect: jest.fn(), onRetry: jest.fn() };
  page.draw(<Trouble card={{ ...card, problem }} {...acts} />);
  expect(page.host.querySelector('b')?.textContent?.trim()).toBe(said);
  expect(Array.from(page.host.querySelectorAll('button'), b => b.textContent)).toEqual(buttons);
});
