import type { Message } from '@lumino/messaging';

import type { Exports } from '../../contract';
import * as React from '../react';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { save } from '../parts/save';
import { Share } from './body';

/** The body of a dialog: the ways to share a constitution. */
export class ShareWidget extends Panel {
  constructor(options: IPanelOptions) {
    super(options);
    this.addClass('jp-reconst-travels');
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    void this.options.reconst.sharing.exports().then(exports => {
      this.#exports = exports;
      this.update();
    });
  }

  protected render(): JSX.Element {
    const { reconst, trans } = this.options;
    return (
      <Share
        exports={this.#exports}
        trans={trans}
        onSave={(format, file) =>
          void reconst.sharing.export(format).then(text => text !== null && save(text, 'text/plain', file))
        }
        onCopy={async format => {
          const text = await reconst.sharing.export(format);
          if (text !== null) {
            await navigator.clipboard.writeText(text);
          }
          return text !== null;
        }}
      />
    );
  }

  #exports: Exports | null = null;
}
