import type { ISessionContext } from '@jupyterlab/apputils';
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookModel } from '@jupyterlab/notebook/lib/model';

import { TURN } from '../../tests/jest/turn';
import type { TurnRecord } from '../contract';
import { Asked } from './asked';
import { recordOf, shownAt } from './outputs';
import { promptOf } from './prompt';

jest.mock('@jupyterlab/notebook', () => ({ NotebookActions: { executed: { connect: jest.fn() } } }));

const record = (turn: string, reply: string): TurnRecord => ({
  ...TURN,
  turn: `01J0000000000000000000000${turn}`,
  prompt: 'Why?',
  reply,
  status: 'streaming'
});

/** A notebook of three cells without a kernel, the second one active. */
function opened() {
  const model = new NotebookModel();
  const cells = ['one', 'two', 'three'].map(source => ({ cell_type: 'code', source, metadata: {} }));
  model.sharedModel.insertCells(0, cells);
  const content = {
    model,
    activeCellIndex: 1,
    deselectAll: jest.fn(),
    activate: jest.fn(),
    scrollToItem: async () => undefined,
    get widgets() {
      return Array.from(model.cells, cell => ({ model: cell, outputHidden: true }));
    }
  };
  const sessionContext = { session: null } as unknown as ISessionContext;
  const asked = new Asked({ content, sessionContext } as unknown as NotebookPanel, jest.fn());
  return { asked, model };
}

it('a prompt is inserted under the cell that it was said to be, and what is asked is what the cell says', async () => {
  const { asked, model } = opened();
  expect(asked.below).toBe(model.cells.get(1).id);
  const inserted = await asked.ask(' Why? \n', { new: true }, async () => undefined);
  const cell = model.cells.get(2);
  expect([inserted.cell, inserted.ran, inserted.prompt]).toEqual([cell.id, false, 'Why?']);
  expect(promptOf(cell.sharedModel.getSource())).toBe(inserted.prompt);
});

it('a reply grows where its turn is shown; another one replaces what stood there', () => {
  const { asked, model } = opened();
  const cell = model.cells.get(0) as ICodeCellModel;
  const shown = () => recordOf(cell)?.reply;
  cell.outputs.add({ output_type: 'stream', name: 'stderr', text: 'not a magic' });
  asked.output(cell.id, record('1', 'Be'));
  expect([cell.outputs.length, shown()]).toEqual([1, 'Be']);
  cell.outputs.add({ output_type: 'stream', name: 'stdout', text: 'beside it' });
  asked.output(cell.id, record('1', 'Because'));
  expect([cell.outputs.length, shown()]).toEqual([2, 'Because']);
  expect(shownAt(cell, record('1', '').turn)).toBe(0);
  asked.output(cell.id, record('2', 'Again'));
  expect([cell.outputs.length, shown()]).toEqual([1, 'Again']);
});

describe('an answer', () => {
  const told = async () => undefined;
  const sources = (model: NotebookModel) => Array.from(model.cells, cell => cell.sharedModel.getSource());

  it('is a cell right below the question, in its style; said again, it is gone to', async () => {
    const { asked, model } = opened();
    const asks = model.cells.get(0);
    asks.sharedModel.setSource('%%reconst --style listen\nHelp me.');
    const inserted = await asked.answer(asks.id, 'The proof', told);
    expect(inserted?.prompt).toBe('The proof');
    expect(sources(model)).toEqual([
      '%%reconst --style listen\nHelp me.',
      '%%reconst --style listen\nThe proof',
      'two',
      'three'
    ]);
    expect(await asked.answer(asks.id, 'The proof', told)).toBeNull();
    expect(model.cells.length).toBe(4);
  });

  it('stands below the others and what follows them, and says what it continues', async () => {
    const { asked, model } = opened();
    const asks = model.cells.get(0);
    asks.sharedModel.setSource('%%reconst\nHelp me.');
    model.cells.get(1).sharedModel.setSource('%%reconst\nThe proof');
    await asked.answer(asks.id, 'The wording', told);
    expect(sources(model)[2]).toBe(`%%reconst --from ${asks.id}\nThe wording`);
    expect(await asked.answer(asks.id, 'The wording', told)).toBeNull();
    expect(model.cells.length).toBe(4);
  });

  it('what to leave out stands on the line of the cell that asks', async () => {
    const { asked, model } = opened();
    const cell = model.cells.get(0);
    cell.sharedModel.setSource('%%reconst --new\nWhy?');
    const { ran, options } = await asked.leaveOut(cell.id, 'last');
    expect([ran, options.keep, sources(model)[0]]).toEqual([false, ['last'], '%%reconst --keep last --new\nWhy?']);
  });
});
