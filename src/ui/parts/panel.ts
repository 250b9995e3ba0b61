import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import type { IState } from '../../tokens';
import type { IPanelOptions } from './props';

/** A widget that draws the state, and draws it again when it changes, but never while nobody sees it. */
export abstract class Panel<T extends IPanelOptions = IPanelOptions> extends ReactWidget {
  constructor(protected readonly options: T) {
    super();
    this.addClass('jp-reconst');
    options.reconst.store.changed.connect(this.update, this);
  }

  protected get state(): IState {
    return this.options.reconst.store.value;
  }

  /** Draw while hidden too, so that it is there at once when it is shown. */
  protected readonly eager: boolean = false;

  protected override onUpdateRequest(msg: Message): void {
    if (this.eager || this.isVisible || !this.isAttached) {
      super.onUpdateRequest(msg);
    }
  }

  /** A page takes the keyboard when it is opened, so that its keys work at once. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    void (this.renderPromise ?? Promise.resolve()).then(() => {
      const page = this.node.querySelector<HTMLElement>('.jp-reconst-pagebox');
      if (page && !this.node.contains(document.activeElement)) {
        page.tabIndex = -1;
        page.focus({ preventScroll: true });
      }
    });
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    // At once, not two frames later: the person has just pressed something.
    this.onUpdateRequest(Widget.Msg.UpdateRequest);
  }
}
