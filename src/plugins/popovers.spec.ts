import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CommandRegistry } from '@lumino/commands';

import schema from '../../schema/plugin.json';
import { FakeNotebooks, fakeDocument, fakeReconst, noOpen } from '../../tests/ui/gallery/fakes';
import * as fx from '../../tests/ui/gallery/fixtures';
import { CommandIDs } from '../commands';
import type { INotebookDocument } from '../tokens';
import { popovers } from './popovers';

globalThis.requestIdleCallback ??= (run: IdleRequestCallback) => setTimeout(run, 0) as unknown as number;

/** The commands of the popovers over a notebook; `said` is what the cell's outputs have to say. */
function activated(document: Partial<INotebookDocument>) {
  const commands = new CommandRegistry();
  const notebooks = new FakeNotebooks({ ...fakeDocument({}), ...document } as INotebookDocument);
  const { reconst, store, calls } = fakeReconst(fx.base);
  void popovers.activate({ commands } as JupyterFrontEnd, reconst, notebooks, noOpen, null, null);
  return { commands, notebooks, store, calls };
}

afterEach(() => document.body.replaceChildren());

it('keeping the selected words is one key', async () => {
  const { commands, notebooks, calls } = activated({});
  notebooks.selected.emit(fx.selection);
  await commands.execute(CommandIDs.keep);
  expect(calls).toEqual([['keep', fx.selection]]);
  const keys = schema['jupyter.lab.shortcuts'].find(s => s.command === CommandIDs.keep)?.keys;
  expect(keys).toEqual(['Ctrl Alt K']);
});

it.each([CommandIDs.highlight, CommandIDs.keep])('%s without a selection lists sentences', async command => {
  const asked: unknown[][] = [];
  const sentences = (...given: unknown[]) => {
    asked.push(given);
    return fx.sentences;
  };
  const { commands, notebooks, calls } = activated({ sentences });
  Object.assign(notebooks, { pressed: { cell: 'c3', output: 1 } });
  await commands.execute(command);
  expect(asked).toEqual([['c3', 1]]);
  expect(document.querySelector<HTMLElement>('.jp-reconst-sentences')?.classList).not.toContain('lm-mod-hidden');
  expect(calls).toEqual([]);
});

it.each([CommandIDs.highlight, CommandIDs.keep, CommandIDs.whole, CommandIDs.missing])(
  '%s says so where there are no words',
  async command => {
    const { commands, store, calls } = activated({ sentences: () => null, whole: () => null });
    await commands.execute(command);
    expect(store.value.announcement).toBe('There is nothing to highlight here.');
    expect(store.value.notice?.text).toBe('There is nothing to highlight here.');
    expect(calls).toEqual([]);
  }
);
