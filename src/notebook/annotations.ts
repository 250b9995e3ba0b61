/** Annotations in the metadata of their cells, so that they follow them. What is written or taken away can be undone. */
import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import { JSONExt, JSONValue } from '@lumino/coreutils';
import { DisposableDelegate, IDisposable } from '@lumino/disposable';

import type { Annotation } from '../contract';
import { annotationKey } from './keys';

export class Annotations {
  readonly #model: INotebookModel;

  constructor(model: INotebookModel) {
    this.#model = model;
  }

  /** Write an annotation into the cell that it lies in, and into no other. Ids of cells may be of another session. */
  put(annotation: Annotation): IDisposable {
    const key = annotationKey(annotation.id);
    const cells = this.#cells;
    const own = cells.find(cell => cell.id === annotation.target.cell) ?? cells.find(cell => holds(cell, key));
    if (!own) {
      throw new Error('The cell of that highlight is gone.');
    }
    return this.#hold(key, new Map([[own, annotation]]));
  }

  take(id: string): IDisposable {
    return this.#hold(annotationKey(id), new Map());
  }

  /**
   * Make these cells, and no others, carry a key; returns what makes those carry it that did before, unless somebody else
   * has made something else of it since: that is theirs.
   */
  #hold(key: string, carriers: ReadonlyMap<ICellModel, unknown>): IDisposable {
    const cells = this.#cells;
    const before = new Map(
      cells.filter(cell => holds(cell, key)).map(cell => [cell, cell.getMetadata(key) as unknown])
    );
    this.#model.sharedModel.transact(() => {
      for (const cell of cells) {
        if (carriers.has(cell)) {
          cell.sharedModel.setMetadata(key, carriers.get(cell) as never);
        } else if (before.has(cell)) {
          cell.sharedModel.deleteMetadata(key);
        }
      }
    }, false);
    this.#model.dirty = true;
    const [made] = carriers.values();
    return new DisposableDelegate(() => {
      const now = this.#cells.filter(cell => holds(cell, key)).map(cell => cell.getMetadata(key) as JSONValue);
      const mine = now.every(value => made !== undefined && JSONExt.deepEqual(value, made as JSONValue));
      if (mine && !this.#model.isDisposed) {
        this.#hold(key, before);
      }
    });
  }

  get #cells(): ICellModel[] {
    return this.#model.isDisposed ? [] : Array.from(this.#model.cells);
  }
}

function holds(cell: ICellModel, key: string): boolean {
  return cell.getMetadata(key) !== undefined;
}
