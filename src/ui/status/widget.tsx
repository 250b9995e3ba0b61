import * as React from '../react';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { StatusItem } from './body';

export interface IStatusOptions extends IPanelOptions {
  /** Open the sidebar. */
  readonly onOpen: () => void;
}

/** The item for the status bar. */
export class StatusWidget extends Panel<IStatusOptions> {
  constructor(options: IStatusOptions) {
    super(options);
    this.addClass('jp-reconst-statusitem');
  }

  protected render(): JSX.Element {
    return <StatusItem state={this.state} trans={this.options.trans} onOpen={this.options.onOpen} />;
  }
}
