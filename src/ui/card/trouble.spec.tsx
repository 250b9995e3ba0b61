import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { card } from '../../../tests/ui/gallery/fixtures';
import { h } from '../h';
import { Trouble } from './trouble';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

it.each([
  ['no_model', 'No model connected.', ['Connect']],
  ['recording_only', 'What happened.', []],
  ['model_busy', 'What happened.', ['Try again']]
])('%s says what is so, and offers what helps', (code, said, buttons) => {
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  const problem = { code, message: 'What happened.', remedy: 'Do this.' };
  const acts = { trans: nullTranslator.load(''), onConnect: jest.fn(), onRetry: jest.fn() };
  act(() => root.render(<Trouble card={{ ...card, problem }} {...acts} />));
  expect(host.querySelector('b')?.textContent?.trim()).toBe(said);
  expect(Array.from(host.querySelectorAll('button'), b => b.textContent)).toEqual(buttons);
  act(() => root.unmount());
  host.remove();
});
