import type { Message } from '@lumino/messaging';

import type { Source } from '../../tokens';
import * as React from '../react';
import { reconstIcon } from '../icons';
import { Page } from '../parts/page';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { pick } from '../share/pick';
import { Compare } from './body';

/** The notebook's constitution beside another one; a tab of the main area. */
export class CompareWidget extends Panel<IOpeningOptions> {
  constructor(options: IOpeningOptions) {
    super(options);
    this.id = 'reconst-compare';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Compare');
    this.title.closable = true;
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    void this.options.reconst.sharing.compare(null);
  }

  protected render(): JSX.Element {
    const { reconst, open, trans } = this.options;
    const { comparing, path } = this.state;
    if (!comparing) {
      return <Page title={trans.__('Open a notebook with a constitution, then compare again.')} />;
    }
    return (
      <Compare
        comparing={comparing}
        path={path ?? ''}
        now={Date.now()}
        trans={trans}
        onCompare={this.#compare}
        onFile={() => pick(file => this.#compare(file))}
        onServer={() =>
          void open.ask(trans.__('Compare with a file on the server')).then(found => found && this.#compare(found))
        }
        onReview={source => void reconst.sharing.bring(source).then(done => done && open.offer())}
        onRestore={() => void reconst.sharing.rewind()}
      />
    );
  }

  readonly #compare = (source: Source | null, revision?: string): void =>
    void this.options.reconst.sharing.compare(source, revision);
}
