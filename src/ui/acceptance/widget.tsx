import { h } from '../h';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IPanelOptions } from '../parts/props';
import { Acceptance } from './body';

/** Reading a constitution that somebody else wrote; a tab of the main area. */
export class AcceptanceWidget extends Panel {
  constructor(options: IPanelOptions) {
    super(options);
    this.id = 'reconst-acceptance';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Review articles');
    this.title.closable = true;
  }

  protected render(): JSX.Element {
    const { reconst, trans } = this.options;
    const { inForce, path } = this.state;
    const review = inForce?.review;
    if (!inForce || !review) {
      return (
        <div className="jp-reconst-pagebox">
          <div className="jp-reconst-pagehead">
            <div>
              <h2>{trans.__('Nothing to review')}</h2>
              <p className="jp-reconst-lede">{trans.__('What this notebook carries is what you have accepted.')}</p>
            </div>
          </div>
        </div>
      );
    }
    return (
      <Acceptance
        key={review.digest}
        review={review}
        inForce={inForce}
        path={path ?? ''}
        trans={trans}
        onUse={(digest, articles, preamble) =>
          void reconst.accept(digest, articles, preamble).then(done => {
            if (done) {
              this.dispose();
            }
          })
        }
        onNotNow={() => this.dispose()}
      />
    );
  }
}
