/** What a notebook carries of ours, saved or not: reading, writing and removing it. */
import type { INotebookModel } from '@jupyterlab/notebook';
import type { IOutputModel } from '@jupyterlab/rendermime';
import type { PartialJSONValue } from '@lumino/coreutils';

import { TURN_MIME, isOurs } from './keys';
import { isCode, recordOf, stripped } from './outputs';

type Part = Record<string, unknown>;

/** A notebook of nothing else, as `core/travel.py` reads it. */
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

/** Whether a notebook carries anything of ours, by what stands in it at this moment. */
export function carries(model: INotebookModel): boolean {
  const marked = (metadata: object): boolean => Object.keys(metadata).some(isOurs);
  return (
    marked(model.metadata) || Array.from(model.cells).some(cell => marked(cell.metadata) || recordOf(cell) !== null)
  );
}

/** The keys of metadata that are ours. */
export function ours(metadata: object): Part {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => isOurs(key)));
}

/** Write and remove notebook metadata keys in one transaction. */
export function write(model: INotebookModel, writes: Part, removes: readonly string[]): void {
  const { sharedModel } = model;
  sharedModel.transact(() => {
    sharedModel.updateMetadata(writes as Record<string, PartialJSONValue>);
    remove(model, removes);
  }, false);
}

/** Remove everything of ours: notebook keys, cell keys, output metadata. */
export function strip(model: INotebookModel): void {
  model.sharedModel.transact(() => {
    remove(model, Object.keys(model.metadata));
    for (const cell of model.cells) {
      Object.keys(ours(cell.metadata)).forEach(key => cell.sharedModel.deleteMetadata(key));
    }
  }, false);
  for (const cell of model.cells) {
    // Each in a transaction of its own: in ours its change would come back and be made once more, at the end.
    for (let i = 0; isCode(cell) && i < cell.outputs.length; i++) {
      const output = stripped(cell.outputs.get(i));
      if (output) {
        cell.outputs.set(i, output);
      }
    }
  }
}

/** Key by key: the shared model's own way clears the whole map, and with it what somebody else just wrote. */
function remove(model: INotebookModel, keys: readonly string[]): void {
  const shared = model.sharedModel as unknown as { ymeta?: { get(key: string): Map<string, unknown> } };
  const metadata = shared.ymeta?.get('metadata');
  for (const key of keys.filter(isOurs)) {
    if (metadata) {
      metadata.delete(key);
    } else {
      model.sharedModel.deleteMetadata(key);
    }
  }
  model.dirty = true;
}

function ofOutput({ data, metadata }: IOutputModel): Part {
  const record = data[TURN_MIME];
  return { data: record === undefined ? {} : { [TURN_MIME]: record }, metadata: ours(metadata) };
}
