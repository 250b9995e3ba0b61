import React from 'react';

import type { Draft } from '../../contract';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { ImpactView, NoImpact } from './body';

/** The impact of the amendment in preview; a tab of the main area. */
export class ImpactWidget extends Panel {
  constructor(options: IPanelOptions) {
    super(options);
    this.id = 'reconst-impact';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Impact');
    this.title.closable = true;
  }

  protected render(): JSX.Element {
    const { reconst, trans } = this.options;
    const { preview, inForce } = this.state;
    if (!preview) {
      return <NoImpact trans={trans} />;
    }
    return (
      <ImpactView
        key={preview.amendment.id}
        state={preview}
        inForce={inForce}
        trans={trans}
        onEdit={this._edit}
        onTry={draft => void reconst.tryWording(draft)}
        onPrompt={prompt => void reconst.addPrompt(prompt)}
        onStop={() => void reconst.stopPreview()}
        onGoOn={() => void reconst.goOn()}
        onMark={this._mark}
        onRatify={note => void reconst.ratify(note)}
        onConfirm={() => void reconst.confirm()}
        onBack={() => void reconst.amend(preview.annotations)}
        onAskAgain={annotation => void reconst.askAgain(annotation)}
      />
    );
  }

  // The same functions each time, so that rows that did not change are not drawn again.
  private readonly _edit = (draft: Draft): void => this.options.reconst.editWording(draft);
  private readonly _mark = (probe: string, mark: 'regression' | 'unintended' | 'intended' | null): void => {
    void this.options.reconst.mark(probe, mark);
  };
}
