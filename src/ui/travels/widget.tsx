import type { Message } from '@lumino/messaging';
import React from 'react';

import type { Manifest } from '../../contract';
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
    void this._load();
  }

  protected render(): JSX.Element {
    return (
      <TravelsList
        manifest={this._manifest}
        failed={this._failed}
        trans={this.options.trans}
        onStrip={() => void this.options.reconst.strip().then(() => this._load())}
      />
    );
  }

  private async _load(): Promise<void> {
    this._manifest = await this.options.reconst.travels();
    this._failed = this._manifest === null;
    this.update();
  }

  private _manifest: Manifest | null = null;
  private _failed = false;
}
