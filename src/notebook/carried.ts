/** What a notebook carries of ours, saved or not: a notebook of nothing else, as `core/travel.py` reads it. */
import type { INotebookModel } from '@jupyterlab/notebook';
import type { IOutputModel } from '@jupyterlab/rendermime';

import { TURN_MIME, isOurs } from './keys';
import { isCode } from './outputs';

type Part = Record<string, unknown>;

export function carried(model: INotebookModel): object {
  const cells = Array.from(model.cells, cell => {
    const outputs: Part[] = [];
    for (let i = 0; isCode(cell) && i < cell.outputs.length; i++) {
      outputs.push(ofOutput(cell.outputs.get(i)));
    }
    return { metadata: ours(cell.metadata), outputs };
  });
  return { metadata: ours(model.metadata), cells };
}

function ofOutput({ data, metadata }: IOutputModel): Part {
  const record = data[TURN_MIME];
  return { data: record === undefined ? {} : { [TURN_MIME]: record }, metadata: ours(metadata) };
}

function ours(metadata: object): Part {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => isOurs(key)));
}
