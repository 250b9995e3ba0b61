/** What is known of each cell, read again only when the cell has changed: it is asked for on every change. */
import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import type { CellState, TurnRecord } from '../contract';
import type { IAttachable } from '../tokens';
import type { IShown } from './threads';
import { isCode, outputText, recordOf } from './outputs';
import { attachedIn } from './prompt';

interface IText {
  readonly source: string;
  readonly output: string;
}

interface IFact {
  readonly record: TurnRecord | null;
  /** The cells that this one attaches to its prompt. */
  readonly attached: readonly string[];
  /** Read when it is first asked for: it may be long. */
  text: IText | null;
}

const LONGEST = 64_000;

/** The cells of a notebook in order. `label` names a cell, and its place among all, for people. */
export class Facts {
  readonly #model: INotebookModel;
  readonly #label: (model: ICellModel, place: number) => string;
  readonly #touch: () => void;

  constructor(model: INotebookModel, label: (model: ICellModel, place: number) => string, touch: () => void) {
    this.#model = model;
    this.#label = label;
    this.#touch = touch;
  }

  /** The cells in order; with their text where a prompt cell attaches them. */
  get cells(): CellState[] {
    const models = this.#models;
    const attached = new Set(models.flatMap(model => this.#of(model).attached));
    return models.map((model, place) => {
      const told = attached.has(model.id) ? this.#textOf(model) : { source: '', output: '' };
      const label = attached.has(model.id) ? this.#label(model, place) : '';
      return {
        cell: model.id,
        kind: model.type as CellState['kind'],
        turn: this.#of(model).record?.turn ?? null,
        label,
        ...told
      };
    });
  }

  get records(): TurnRecord[] {
    return this.#models.flatMap(model => this.#of(model).record ?? []);
  }

  /** The turns that cells show, in the order of the cells. */
  get shown(): IShown[] {
    return this.#models.flatMap((model, place) => {
      const { record } = this.#of(model);
      return record ? [{ cell: model.id, label: this.#label(model, place), record }] : [];
    });
  }

  get attachable(): IAttachable[] {
    return this.#models.flatMap((model, place) => {
      const text = this.#textOf(model);
      return text.source.trim() || text.output ? { cell: model.id, label: this.#label(model, place), ...text } : [];
    });
  }

  dispose(): void {
    Signal.clearData(this);
  }

  get #models(): ICellModel[] {
    return this.#model.isDisposed ? [] : Array.from(this.#model.cells);
  }

  #textOf(model: ICellModel): IText {
    const source = model.sharedModel.getSource().slice(0, LONGEST);
    return (this.#of(model).text ??= { source, output: this.#outputOf(model) });
  }

  /** While a cell runs again, what it said before: a prompt below asks about the one or the other, not about neither. */
  #outputOf(model: ICellModel): string {
    const before = this.#said.get(model);
    const output = isCode(model) && model.executionState === 'running' ? (before ?? '') : outputText(model);
    this.#said.set(model, output);
    return output;
  }

  #of(model: ICellModel): IFact {
    let fact = this.#facts.get(model);
    if (!fact) {
      const attached = isCode(model) ? attachedIn(model.sharedModel.getSource()) : [];
      fact = { record: recordOf(model), attached, text: null };
      if (!this.#followed.has(model)) {
        this.#followed.add(model);
        model.contentChanged.connect(this.#forget, this);
        if (isCode(model)) {
          model.outputs.changed.connect(() => this.#forget(model), this);
          model.stateChanged.connect((_, change) => {
            if (change.name === 'executionState') {
              this.#forget(model);
              this.#touch();
            }
          }, this);
        }
      }
      this.#facts.set(model, fact);
    }
    return fact;
  }

  #forget(model: ICellModel): void {
    this.#facts.delete(model);
  }

  readonly #facts = new WeakMap<ICellModel, IFact>();
  readonly #said = new WeakMap<ICellModel, string>();
  readonly #followed = new WeakSet<ICellModel>();
}
