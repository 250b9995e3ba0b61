import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { exports } from '../../../tests/ui/gallery/fixtures';
import * as React from '../react';
import { Share } from './body';
import { takeDrops } from './pick';

const trans = nullTranslator.load('');
const place = stage();

it('says what goes along with each way, saves it, and says what was copied', async () => {
  const save = jest.fn();
  const copy = jest.fn(async (format: string) => format !== 'claude');
  place.draw(<Share exports={exports} trans={trans} onSave={save} onCopy={copy} />);
  expect(place.host.textContent).toContain('names: Ana Ruiz, Ben Okafor');
  const press = (label: string) =>
    act(async () => place.host.querySelector<HTMLElement>(`[aria-label="${label}"]`)!.click());
  await press('Save AGENTS.md');
  expect(save).toHaveBeenCalledWith('agents', 'AGENTS.md');
  await press('Copy CLAUDE.md');
  expect(place.button('Copied')).toBeUndefined();
  await press('Copy AGENTS.md');
  expect(place.button('Copied').getAttribute('aria-label')).toBe('Copy AGENTS.md');
});

it('takes one file that is dropped, and nothing else that is dragged', () => {
  const take = jest.fn();
  const node = document.createElement('div');
  takeDrops(node, take);
  const drag = (type: string, types: string[], files: unknown[] = []) => {
    const event = new Event(type, { cancelable: true });
    Object.assign(event, { dataTransfer: { types, files } });
    node.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(drag('dragover', ['text/plain'])).toBe(false);
  expect([drag('dragover', ['Files']), node.className]).toEqual([true, 'jp-reconst-dropping']);
  drag('dragleave', ['Files']);
  expect(node.className).toBe('');
  expect([drag('drop', ['Files'], ['one', 'two']), node.className]).toEqual([true, '']);
  expect(take.mock.calls.map(([file]) => file)).toEqual(['one']);
});
