import type { INotebooks, IPanels } from '../../tokens';
import * as React from '../react';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { ImpactView, NoImpact } from './body';
import { pastTurns } from './deciding';

export interface IImpactOptions extends IPanelOptions {
  readonly notebooks: INotebooks;
  readonly open: Pick<IPanels, 'article' | 'sent'>;
}

/** The impact of the amendment in preview; a tab of the main area. */
export class ImpactWidget extends Panel<IImpactOptions> {
  constructor(options: IImpactOptions) {
    super(options);
    this.id = 'reconst-impact';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Impact');
    this.title.closable = true;
  }

  protected render(): JSX.Element {
    const { reconst, notebooks, open, trans } = this.options;
    const { previewing } = reconst;
    const { preview, inForce, estimate } = this.state;
    if (!preview) {
      return <NoImpact trans={trans} />;
    }
    return (
      <ImpactView
        key={preview.amendment.id}
        state={preview}
        inForce={inForce}
        estimate={estimate}
        past={pastTurns(notebooks.current?.records ?? [], preview)}
        drafted={reconst.drafted}
        onArticle={open.article}
        trans={trans}
        onEdit={previewing.edit}
        onTry={previewing.reword}
        onPrompt={previewing.addPrompt}
        onTurn={previewing.addTurn}
        onBringBack={previewing.bringBack}
        onHarder={previewing.harder}
        onBudget={previewing.allow}
        onDrop={previewing.drop}
        onRepeat={previewing.repeat}
        onSent={this.#sent}
        onJudge={previewing.judge}
        onPrint={previewing.print}
        onStop={previewing.stop}
        onGoOn={previewing.goOn}
        onMark={previewing.mark}
        onRatify={reconst.ratify}
        onPropose={note => void reconst.agreeing.submit(note)}
        onConfirm={reconst.confirm}
        onBack={() => void reconst.amend(preview.annotations)}
        onAskAgain={reconst.askAgain}
      />
    );
  }

  // The same function each time, as the acts are, so that rows that did not change are not drawn again.
  readonly #sent = (probe: string, call?: string): void =>
    this.options.open.sent(call ? { call } : { preview: this.state.preview?.preview?.id, probe });
}
