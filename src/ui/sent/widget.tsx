import type { Message } from '@lumino/messaging';

import type { AskSent, WasSent } from '../../contract';
import * as React from '../react';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { Sent } from './body';

export interface ISentOptions extends IPanelOptions {
  readonly of: AskSent;
}

/** What a model was sent for one thing that it wrote; a tab of the main area. */
export class SentWidget extends Panel<ISentOptions> {
  constructor(options: ISentOptions) {
    super(options);
    this.id = `reconst-sent-${Object.values(options.of).join('-')}`;
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Sent');
    this.title.closable = true;
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    void this.options.reconst.telling.sent(this.options.of).then(sent => {
      this.#sent = sent;
      this.update();
    });
  }

  protected render(): JSX.Element {
    const { trans } = this.options;
    return this.#sent ? (
      <Sent sent={this.#sent} now={Date.now()} trans={trans} />
    ) : (
      <div cl="pagebox" role="status">
        {this.#sent === undefined
          ? trans.__('Looking it up')
          : trans.__('It cannot be shown: it was erased, or is not in your journal.')}
      </div>
    );
  }

  #sent: WasSent | null | undefined;
}
