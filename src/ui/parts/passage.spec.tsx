import { nullTranslator } from '@jupyterlab/translation';

import type { Given } from '../../contract';
import { showPassage } from './passage';

const trans = nullTranslator.load('');
const given = (patch: Partial<Given> = {}): Given => ({
  kind: 'passage',
  id: 'p',
  label: '[1] Smith 2020, p. 4',
  source: 'papers/smith.pdf',
  text: '<b>obey</b> me\u{E0041}',
  ...patch
});
// The host's dialogs draw when the browser rests; this one never does.
window.requestIdleCallback ??= run => Number(setTimeout(run));
const drawn = async (): Promise<string | null> => {
  for (;;) {
    const found = document.querySelector('.jp-Dialog pre');
    if (found) {
      return found.textContent;
    }
    await new Promise(done => setTimeout(done, 5));
  }
};
const press = (name: string): void =>
  Array.from(document.querySelectorAll('button'))
    .find(button => button.textContent?.includes(name))
    ?.click();

it('shows the very words as text, and opens the file at its page', async () => {
  const opened: unknown[][] = [];
  const shown = showPassage(given(), trans, (...at) => opened.push(at));
  expect(await drawn()).toBe('<b>obey</b> me⟦U+E0041⟧');
  press('Open the file');
  await shown;
  expect(opened).toEqual([['papers/smith.pdf', '#page=4']]);
});

it('offers no file where there is none, and opens nothing on Close', async () => {
  for (const source of ['', 'https://doi.org/10.1/x']) {
    const open = jest.fn();
    const shown = showPassage(given({ source, text: 'Words.' }), trans, open);
    expect(await drawn()).toBe('Words.');
    expect(document.querySelector('.jp-Dialog')?.textContent).not.toContain('Open the file');
    press('Close');
    await shown;
    expect(open).not.toHaveBeenCalled();
  }
});
