import type { Message } from '@lumino/messaging';

import type { Manifest } from '../../contract';
import * as React from '../react';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { TravelsList } from './body';

/** The body of a dialog: what travels with the notebook. */
export class TravelsWidget extends Panel {
  constructor(options: IPanelOptions) {
    super(options);
    this.addClass('jp-reconst-travels');
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    void this.#load();
  }

  protected render(): JSX.Element {
    return (
      <TravelsList
        manifest={this.#manifest}
        failed={this.#failed}
        trans={this.options.trans}
        onStrip={() => void this.options.reconst.strip().then(() => this.#load())}
      />
    );
  }

  async #load(): Promise<void> {
    this.#manifest = await this.options.reconst.travels();
    this.#failed = this.#manifest === null;
    this.update();
  }

  #manifest: Manifest | null = null;
  #failed = false;
}
