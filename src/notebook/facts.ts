/** What is known of each cell, read again only when the cell has changed: it is asked for on every change. */
import type { ICellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import type { CellState, TurnRecord } from '../contract';
import type { IAttachable } from '../tokens';
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

/** The cells of a notebook in order. `label` names a cell for people. */
export class Facts {
  constructor(
    private readonly _model: INotebookModel,
    private readonly _label: (model: ICellModel) => string,
    private readonly _touch: () => void
  ) {}

  /** The cells in order; with their text where a prompt cell attaches them. */
  get cells(): CellState[] {
    const models = this._models;
    const attached = new Set(models.flatMap(model => this._of(model).attached));
    return models.map(model => {
      const told = attached.has(model.id) ? this._textOf(model) : { source: '', output: '' };
      const label = attached.has(model.id) ? this._label(model) : '';
      return { cell: model.id, turn: this._of(model).record?.turn ?? null, label, ...told };
    });
  }

  get records(): TurnRecord[] {
    return this._models.flatMap(model => this._of(model).record ?? []);
  }

  get attachable(): IAttachable[] {
    return this._models.flatMap(model => {
      const text = this._textOf(model);
      return text.source.trim() || text.output ? { cell: model.id, label: this._label(model), ...text } : [];
    });
  }

  dispose(): void {
    Signal.clearData(this);
  }

  private get _models(): ICellModel[] {
    return this._model.isDisposed ? [] : Array.from(this._model.cells);
  }

  private _textOf(model: ICellModel): IText {
    const source = model.sharedModel.getSource().slice(0, LONGEST);
    return (this._of(model).text ??= { source, output: this._outputOf(model) });
  }

  /** While a cell runs again, what it said before: a prompt below asks about the one or the other, not about neither. */
  private _outputOf(model: ICellModel): string {
    const before = this._said.get(model);
    const output = isCode(model) && model.executionState === 'running' ? (before ?? '') : outputText(model);
    this._said.set(model, output);
    return output;
  }

  private _of(model: ICellModel): IFact {
    let fact = this._facts.get(model);
    if (!fact) {
      const attached = isCode(model) ? attachedIn(model.sharedModel.getSource()) : [];
      fact = { record: recordOf(model), attached, text: null };
      if (!this._followed.has(model)) {
        this._followed.add(model);
        model.contentChanged.connect(this._forget, this);
        if (isCode(model)) {
          model.outputs.changed.connect(() => this._forget(model), this);
          model.stateChanged.connect((_, change) => {
            if (change.name === 'executionState') {
              this._forget(model);
              this._touch();
            }
          }, this);
        }
      }
      this._facts.set(model, fact);
    }
    return fact;
  }

  private _forget(model: ICellModel): void {
    this._facts.delete(model);
  }

  private readonly _facts = new WeakMap<ICellModel, IFact>();
  private readonly _said = new WeakMap<ICellModel, string>();
  private readonly _followed = new WeakSet<ICellModel>();
}
