import * as React from '../react';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { Connect } from './body';

/** Which model answers; a tab of the main area. */
export class ConnectWidget extends Panel {
  constructor(options: IPanelOptions) {
    super(options);
    this.id = 'reconst-connect';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Connect a model');
    this.title.closable = true;
  }

  protected render(): JSX.Element {
    const { reconst, trans } = this.options;
    const { profiles, status } = this.state;
    return (
      <Connect
        profiles={profiles}
        status={status}
        trans={trans}
        onTry={reconst.probeEndpoint}
        onSave={reconst.connect}
        onChoose={profile => void reconst.chooseModel(profile, null)}
        onRemove={reconst.disconnect}
        onName={reconst.name}
      />
    );
  }
}
