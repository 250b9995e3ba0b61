import type { Draft } from '../../contract';
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
    const { reconst, notebooks, trans } = this.options;
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
        drafted={this.#drafted}
        trans={trans}
        onEdit={this.#edit}
        onTry={reconst.tryWording}
        onPrompt={reconst.addPrompt}
        onTurn={reconst.addTurn}
        onBringBack={() => void reconst.bringBackProbes()}
        onHarder={() => void reconst.probeHarder()}
        onBudget={reconst.allow}
        onDrop={this.#drop}
        onRepeat={this.#repeat}
        onSent={this.#sent}
        onJudge={() => void reconst.askJudge()}
        onPrint={reconst.print}
        onStop={() => void reconst.stopPreview()}
        onGoOn={() => void reconst.goOn()}
        onMark={this.#mark}
        onRatify={reconst.ratify}
        onPropose={note => void reconst.agreeing.submit(note)}
        onConfirm={() => void reconst.confirm()}
        onBack={() => void reconst.amend(preview.annotations)}
        onAskAgain={reconst.askAgain}
      />
    );
  }

  readonly #drafted = {
    onEstimate: () => void this.options.reconst.estimateClashes(true),
    onRecall: () => void this.options.reconst.recallClashes(),
    onFind: () => void this.options.reconst.findClashes(true),
    onStop: () => this.options.reconst.stopClashes(true),
    onClose: () => this.options.reconst.closeClashes(true),
    onEdit: (article: string) => this.options.open.article(article)
  };
  // The same functions each time, so that rows that did not change are not drawn again.
  readonly #edit = (draft: Draft): void => this.options.reconst.editWording(draft);
  readonly #drop = (probe: string): void => void this.options.reconst.dropProbe(probe);
  readonly #repeat = (probes: readonly string[]): void => void this.options.reconst.repeatRows(probes);
  readonly #sent = (probe: string, call?: string): void =>
    this.options.open.sent(call ? { call } : { preview: this.state.preview?.preview?.id, probe });
  readonly #mark = (probe: string, mark: 'regression' | 'unintended' | 'intended' | null): void => {
    void this.options.reconst.mark(probe, mark);
  };
}
