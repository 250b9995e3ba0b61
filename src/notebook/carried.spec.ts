import { CodeCellModel, MarkdownCellModel } from '@jupyterlab/cells/lib/model';
import type { INotebookModel } from '@jupyterlab/notebook';

import { carried } from './carried';
import { TURN_MIME } from './keys';

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
