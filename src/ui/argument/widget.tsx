import * as React from '../react';
import { reconstIcon } from '../icons';
import { Page } from '../parts/page';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { Argument } from './body';

/** An argument and its verdict, beside the notebook that it is from. */
export class ArgumentWidget extends Panel<IOpeningOptions> {
  constructor(options: IOpeningOptions) {
    super(options);
    this.id = 'reconst-argument';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Argument');
    this.title.closable = true;
  }

  protected render(): JSX.Element {
    const { reconst, trans, open } = this.options;
    const { argument } = this.state;
    if (!argument) {
      return <Page title={trans.__('Select the words of an argument, then press “Formalise”.')} />;
    }
    return (
      <Argument
        argument={argument}
        arguing={reconst.arguing}
        trans={trans}
        onSent={call => open.sent({ call })}
        onArticle={rule => open.article(null, rule ?? undefined)}
      />
    );
  }
}
