import * as React from '../react';
import { Panel } from './panel';
import type { IPanelOptions } from './props';

/** The one polite live region: says `state.announcement` to screen readers. Attach it to the document's body. */
export class LiveWidget extends Panel {
  constructor(options: IPanelOptions) {
    super(options);
    this.addClass('jp-reconst-live');
    this.node.setAttribute('role', 'status');
    this.node.setAttribute('aria-live', 'polite');
    this.node.setAttribute('aria-label', options.trans.__('Reconstitution'));
  }

  protected render(): JSX.Element {
    return <span cl="sr">{this.state.announcement}</span>;
  }
}
