/** Annotations in the metadata of their cells, so that they follow them. What is written or taken away can be undone. */
import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import { DisposableDelegate, IDisposable } from '@lumino/disposable';

import type { Annotation } from '../contract';
import { annotationKey } from './keys';

export class Annotations {
  constructor(private readonly _model: INotebookModel) {}

  /** Write an annotation into the cell that it lies in, and into no other. Ids of cells may be of another session. */
  put(annotation: Annotation): IDisposable {
    const key = annotationKey(annotation.id);
    const cells = this._cells;
    const own = cells.find(cell => cell.id === annotation.target.cell) ?? cells.find(cell => holds(cell, key));
    if (!own) {
      throw new Error('The cell of that highlight is gone.');
    }
    return this._hold(key, new Map([[own, annotation]]));
  }

  take(id: string): IDisposable {
    return this._hold(annotationKey(id), new Map());
  }

  /** Make these cells, and no others, carry a key; returns what makes those carry it that did before. */
  private _hold(key: string, carriers: ReadonlyMap<ICellModel, unknown>): IDisposable {
    const cells = this._cells;
    const before = new Map(
      cells.filter(cell => holds(cell, key)).map(cell => [cell, cell.getMetadata(key) as unknown])
    );
    this._model.sharedModel.transact(() => {
      for (const cell of cells) {
        if (carriers.has(cell)) {
          cell.sharedModel.setMetadata(key, carriers.get(cell) as never);
        } else if (before.has(cell)) {
          cell.sharedModel.deleteMetadata(key);
        }
      }
    }, false);
    this._model.dirty = true;
    return new DisposableDelegate(() => {
      if (!this._model.isDisposed) {
        this._hold(key, before);
      }
    });
  }

  private get _cells(): ICellModel[] {
    return this._model.isDisposed ? [] : Array.from(this._model.cells);
  }
}

function holds(cell: ICellModel, key: string): boolean {
  return cell.getMetadata(key) !== undefined;
}
