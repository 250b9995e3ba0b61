import type { Message } from '@lumino/messaging';

import type { IBox, INotebooks, ISelection } from '../../tokens';
import * as React from '../react';
import { Popover } from '../parts/popover';
import type { IPanelOptions } from '../parts/props';
import { Chip } from './body';

export interface IChipOptions extends IPanelOptions {
  readonly notebooks: INotebooks;
  /** The keys of its acts, for people; read each time it shows. */
  readonly keys: (act: 'correct' | 'keep') => string;
  /** Check the words as an argument, on the page for it. */
  readonly formalize: (selection: ISelection) => void;
}

/** Appears under a selection in an output and goes when the selection goes. */
export class ChipWidget extends Popover<IChipOptions> {
  constructor(options: IChipOptions) {
    super(options);
    this.addClass('jp-reconst-chip');
    options.notebooks.selected.connect((_, selection) => this.#select(selection), this);
    options.reconst.store.changed.connect((_, state) => {
      if (state.card) {
        this.#select(null);
      }
    }, this);
  }

  protected readonly align = 'end';

  protected override readonly eager = true;

  /** Whether the person switched it off; the keyboard path works either way. */
  muted = false;

  /** Take the selection that it stands at; it goes. */
  take(): ISelection | null {
    const selection = this.#selection;
    this.#select(null);
    return selection;
  }

  protected box(): IBox | null {
    return this.#selection?.box() ?? null;
  }

  protected render(): JSX.Element {
    const { reconst, trans, keys, formalize } = this.options;
    return (
      <Chip
        trans={trans}
        keys={keys}
        onCorrect={this.#with(reconst.highlight)}
        onKeep={this.#with(reconst.keep)}
        onAskWhy={this.#with(reconst.askWhy)}
        onFormalize={this.#with(formalize)}
        onClose={() => {
          this.#select(null);
          this.options.notebooks.current?.focus();
        }}
      />
    );
  }

  protected override onActivateRequest(_: Message): void {
    this.node.querySelector('button')?.focus();
  }

  #with(act: (selection: ISelection) => unknown): () => void {
    return () => {
      const selection = this.take();
      if (selection) {
        void act(selection);
      }
    };
  }

  #select(selection: ISelection | null): void {
    this.#selection = selection;
    const box = selection?.box() ?? null;
    if (selection && box && !this.state.card && !this.muted) {
      this.showAt(box);
    } else {
      this.unplace();
      this.hide();
    }
  }

  #selection: ISelection | null = null;
}
