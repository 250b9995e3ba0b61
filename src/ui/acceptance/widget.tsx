import * as React from '../react';
import { reconstIcon } from '../icons';
import { Page } from '../parts/page';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { Acceptance } from './body';

export interface IAcceptanceOptions extends IOpeningOptions {
  /** Read what a file brings, and not what the notebook carries. */
  readonly offered?: boolean;
}

/** Reading a constitution that somebody else wrote; a tab of the main area. */
export class AcceptanceWidget extends Panel<IAcceptanceOptions> {
  constructor(options: IAcceptanceOptions) {
    super(options);
    this.id = options.offered ? 'reconst-offer' : 'reconst-acceptance';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.offered ? options.trans.__('Import') : options.trans.__('Review articles');
    this.title.closable = true;
    this.disposed.connect(() => (options.offered ? options.reconst.sharing.close() : options.reconst.sharing.stop()));
  }

  protected render(): JSX.Element {
    const { reconst, trans } = this.options;
    const { inForce, path, rehearsing } = this.state;
    const offer = this.options.offered ? this.state.offer : null;
    const review = this.options.offered ? offer?.brought.review : inForce?.review;
    if (!inForce || !review) {
      return (
        <Page
          title={trans.__('Nothing to review')}
          lede={trans.__('What this notebook carries is what you have accepted.')}
        />
      );
    }
    const close = (done: boolean): void => {
      if (done) {
        this.dispose();
      }
    };
    return (
      <Acceptance
        key={`${review.digest} ${offer?.file.name}`}
        review={review}
        inForce={inForce}
        path={offer?.file.name ?? path ?? ''}
        offer={offer}
        rehearsing={rehearsing}
        trans={trans}
        onUse={ticked =>
          void (
            offer ? reconst.sharing.adopt(ticked) : reconst.accept(ticked.digest, ticked.articles, ticked.preamble)
          ).then(close)
        }
        onNotNow={() => this.dispose()}
        onRehearse={(ticked, start) => void reconst.sharing.rehearse(ticked, offer?.file ?? null, start)}
        onStop={() => reconst.sharing.stop()}
        onSent={call => this.options.open.sent({ call })}
      />
    );
  }
}
