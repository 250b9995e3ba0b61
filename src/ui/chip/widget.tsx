import type { Message } from '@lumino/messaging';
import React from 'react';

import type { IBox, INotebooks, ISelection } from '../../tokens';
import { Popover } from '../parts/popover';
import type { IPanelOptions } from '../parts/props';
import { Chip } from './body';

export interface IChipOptions extends IPanelOptions {
  readonly notebooks: INotebooks;
  /** The keys of its acts, for people; read each time it shows. */
  readonly keys: (act: 'correct' | 'keep') => string;
}

/** Appears under a selection in an output and goes when the selection goes. */
export class ChipWidget extends Popover<IChipOptions> {
  constructor(options: IChipOptions) {
    super(options);
    this.addClass('jp-reconst-chip');
    options.notebooks.selected.connect((_, selection) => this._select(selection), this);
    options.reconst.store.changed.connect((_, state) => {
      if (state.card) {
        this._select(null);
      }
    }, this);
  }

  protected readonly align = 'end';

  protected override readonly eager = true;

  /** Whether the person switched it off; the keyboard path works either way. */
  muted = false;

  /** Take the selection that it stands at; it goes. */
  take(): ISelection | null {
    const selection = this._selection;
    this._select(null);
    return selection;
  }

  protected box(): IBox | null {
    return this._selection?.box() ?? null;
  }

  protected render(): JSX.Element {
    const { reconst, trans, keys } = this.options;
    return (
      <Chip
        trans={trans}
        keys={keys}
        onCorrect={this._with(selection => reconst.highlight(selection))}
        onKeep={this._with(selection => reconst.keep(selection))}
        onAskWhy={this._with(selection => reconst.askWhy(selection))}
        onClose={() => {
          this._select(null);
          this.options.notebooks.current?.focus();
        }}
      />
    );
  }

  protected override onActivateRequest(_: Message): void {
    this.node.querySelector('button')?.focus();
  }

  private _with(act: (selection: ISelection) => Promise<void>): () => void {
    return () => {
      const selection = this.take();
      if (selection) {
        void act(selection);
      }
    };
  }

  private _select(selection: ISelection | null): void {
    this._selection = selection;
    const box = selection?.box() ?? null;
    if (selection && box && !this.state.card && !this.muted) {
      this.showAt(box);
    } else {
      this.unplace();
      this.hide();
    }
  }

  private _selection: ISelection | null = null;
}
