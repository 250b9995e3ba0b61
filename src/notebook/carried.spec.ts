import { CodeCellModel, MarkdownCellModel } from '@jupyterlab/cells/lib/model';
import type { INotebookModel } from '@jupyterlab/notebook';
import { NotebookModel } from '@jupyterlab/notebook/lib/model';

import { carried, carries, ours, strip, write } from './carried';
import { TURN_MIME } from './keys';
import { outputText } from './outputs';

it('what is carried is all of ours that stands there now, and nothing else', () => {
  const text = new MarkdownCellModel();
  const code = new CodeCellModel();
  text.setMetadata('reconst:annotation:a', { id: 'a' });
  text.setMetadata('tags', ['private']);
  code.outputs.add({ output_type: 'stream', name: 'stdout', text: 'secret' });
  code.outputs.add({
    output_type: 'display_data',
    data: { [TURN_MIME]: { turn: 't' }, 'text/plain': 'secret' },
    metadata: { reconst: { turn: 't' }, other: 1 }
  });
  const metadata = { reconst: { version: 1 }, 'reconst:case:k': {}, kernelspec: {} };
  const model = { metadata, cells: [text, code] } as unknown as INotebookModel;
  expect(carried(model)).toEqual({
    metadata: { reconst: { version: 1 }, 'reconst:case:k': {} },
    cells: [
      { metadata: { 'reconst:annotation:a': { id: 'a' } }, outputs: [] },
      {
        metadata: {},
        outputs: [
          { data: {}, metadata: {} },
          { data: { [TURN_MIME]: { turn: 't' } }, metadata: { reconst: { turn: 't' } } }
        ]
      }
    ]
  });
  text.dispose();
  code.dispose();
});

it('what is written can be removed, and nothing else goes with it', () => {
  const model = new NotebookModel();
  const output = {
    output_type: 'display_data',
    data: { [TURN_MIME]: { turn: 't' }, 'text/plain': 'said' },
    metadata: {}
  };
  const stream = { output_type: 'stream', name: 'stdout', text: 'printed' };
  const metadata = { 'reconst:annotation:a': { id: 'a' }, tags: ['private'] };
  model.sharedModel.insertCell(0, { cell_type: 'code', source: '', metadata, outputs: [output, stream] });
  model.setMetadata('other', 1);
  write(model, { reconst: { version: 1 }, 'reconst:case:k': {} }, []);
  write(model, { 'reconst:case:l': {} }, ['reconst:case:k', 'other']);
  expect(ours(model.metadata)).toEqual({ reconst: { version: 1 }, 'reconst:case:l': {} });
  expect(carries(model)).toBe(true);
  strip(model);
  expect(carries(model)).toBe(false);
  const nothing = { data: {}, metadata: {} };
  expect(carried(model)).toEqual({ metadata: {}, cells: [{ metadata: {}, outputs: [nothing, nothing] }] });
  expect(outputText(model.cells.get(0))).toBe('said\nprinted');
  expect(model.getMetadata('other')).toBe(1);
  expect(model.cells.get(0).getMetadata('tags')).toEqual(['private']);
  expect(model.dirty).toBe(true);
});
