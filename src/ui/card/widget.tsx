import type { Message } from '@lumino/messaging';

import type { IBox, IPanels, IState } from '../../tokens';
import * as React from '../react';
import { Popover } from '../parts/popover';
import type { IPanelOptions } from '../parts/props';
import { Card } from './body';

export interface ICardOptions extends IPanelOptions {
  readonly open: Pick<IPanels, 'connect' | 'impact' | 'sent'>;
}

/** The card floats at the highlighted words. It opens and closes with `state.card`. */
export class CardWidget extends Popover<ICardOptions> {
  constructor(options: ICardOptions) {
    super(options);
    this.addClass('jp-reconst-card');
    // The card's keys are its own: no shortcut of the application runs a cell from here.
    this.node.dataset.lmSuppressShortcuts = 'true';
    options.reconst.store.changed.connect((_, state) => this.#follow(state), this);
    this.#follow(this.state);
  }

  protected readonly align = 'start';

  /** Hiding it would lose the focus and what is being typed: it stays, and quotes the words. */
  protected override readonly stays = true;

  protected box(): IBox | null {
    const box = this.state.card?.selection?.box() ?? null;
    if ((box === null) !== this.#quoted) {
      this.#quoted = box === null;
      this.update();
    }
    return box;
  }

  protected render(): JSX.Element | null {
    const { reconst, trans, open } = this.options;
    const { card, inForce, present, estimate } = this.state;
    if (!card) {
      return null;
    }
    return (
      <Card
        card={card}
        inForce={inForce}
        present={present}
        trans={trans}
        quoted={this.#quoted}
        estimate={estimate}
        onPick={reconst.pick}
        onWrite={reconst.write}
        onStop={reconst.stopCandidates}
        onRetry={() => void (card.step === 'correct' ? reconst.reopen(card.annotations[0]) : reconst.amend())}
        onConnect={() => open.connect()}
        onSave={() => void reconst.saveCorrection()}
        onNext={() => void reconst.amend()}
        onFact={fact => void reconst.amend(undefined, fact)}
        onChoose={reconst.choose}
        onReword={reconst.reword}
        onBack={() => reconst.backToCorrect()}
        onPreview={() => {
          open.impact();
          void reconst.preview();
        }}
        onClose={() => reconst.closeCard()}
        onSent={call => open.sent({ call })}
      />
    );
  }

  protected override onUpdateRequest(msg: Message): void {
    super.onUpdateRequest(msg);
    this.follow();
  }

  #follow(state: IState): void {
    const about = state.card?.annotations[0]?.id ?? null;
    if (about === this.#about) {
      return;
    }
    this.#about = about;
    if (state.card) {
      this.unplace();
      const box = state.card.selection?.box() ?? null;
      this.#quoted = box === null;
      this.showAt(box);
    } else {
      this.hide();
    }
  }

  #about: string | null = null;
  #quoted = false;
}
