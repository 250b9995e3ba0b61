import type { Message } from '@lumino/messaging';

import type { Cited, MarkedReference } from '../../contract';
import * as React from '../react';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { References } from './body';

export interface IReferencesOptions extends IPanelOptions {
  readonly turn: string;
  readonly cell: string;
}

/** The references of one reply; a tab of the main area. Closing it stops looking them up. */
export class ReferencesWidget extends Panel<IReferencesOptions> {
  constructor(options: IReferencesOptions) {
    super(options);
    this.id = `reconst-references-${options.turn}`;
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('References');
    this.title.closable = true;
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    void this.options.reconst.citing.cite(this.options.turn).then(cited => {
      this.#cited = cited;
      this.update();
    });
  }

  protected override onBeforeDetach(msg: Message): void {
    this.#abort?.abort();
    super.onBeforeDetach(msg);
  }

  protected render(): JSX.Element {
    const { reconst, trans, turn, cell } = this.options;
    return this.#cited ? (
      <References
        cited={this.#cited}
        busy={this.#abort !== null}
        trans={trans}
        onLookUp={() => void this.#lookUp()}
        onStop={() => this.#abort?.abort()}
        onWrong={(marked, right, undo) =>
          void reconst.citing.wrong(turn, cell, marked.reference.start, right, undo).then(
            // What was looked up stays.
            now => now && this.#put({ ...marked, wrong: now.wrong })
          )
        }
      />
    ) : (
      <div cl="pagebox" role="status">
        {this.#cited === undefined
          ? trans.__('Looking it up')
          : trans.__('It cannot be shown: it was erased, or is not in your journal.')}
      </div>
    );
  }

  async #lookUp(): Promise<void> {
    const { reconst, turn } = this.options;
    const abort = (this.#abort = new AbortController());
    this.update();
    await reconst.citing.lookUp(turn, marked => this.#put(marked), abort.signal);
    this.#abort = null;
    this.update();
  }

  #put(marked: MarkedReference): void {
    const { references, registries } = this.#cited!;
    const start = marked.reference.start;
    this.#cited = { registries, references: references.map(one => (one.reference.start === start ? marked : one)) };
    this.update();
  }

  #cited: Cited | null | undefined;
  #abort: AbortController | null = null;
}
