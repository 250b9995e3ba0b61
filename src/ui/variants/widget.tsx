import type { Variants } from '../../contract';
import type { Otherwise } from '../../tokens';
import * as React from '../react';
import { reconstIcon } from '../icons';
import { Page } from '../parts/page';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { VariantsBody } from './body';

/** Other answers to a question; a tab of the main area. */
export class VariantsWidget extends Panel<IOpeningOptions> {
  constructor(options: IOpeningOptions) {
    super(options);
    this.id = 'reconst-variants';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Other answers');
    this.title.closable = true;
  }

  protected render(): JSX.Element {
    const { drafts, open, reconst, trans } = this.options;
    const { attachable, varying, profiles, inForce } = this.state;
    const { variants } = reconst;
    if (!varying) {
      return <Page title={trans.__('Open it from the menu under a reply.')} />;
    }
    const { turn, cell } = varying;
    const key = `variant:${turn}`;
    return (
      <VariantsBody
        key={turn}
        varying={varying}
        label={attachable.find(one => one.cell === cell)?.label ?? ''}
        busy={varying.busy}
        profiles={profiles?.profiles ?? []}
        styles={inForce?.styles.map(style => style.name) ?? []}
        articles={inForce?.constitution.articles.filter(article => article.enabled) ?? []}
        draft={drafts.get(key)}
        trans={trans}
        onDraft={text => drafts.set(key, text)}
        onWeigh={this.#weigh}
        onAsk={ways => void variants.ask(ways)}
        onStop={() => variants.stop()}
        onKeep={kept => void variants.keep(kept)}
        onRetry={answer => void variants.ask([answer.way])}
        onSent={turn => open.sent({ turn })}
      />
    );
  }

  readonly #weigh = (ways: readonly Otherwise[]): Promise<Variants | null> =>
    this.options.reconst.variants.weigh(this.state.varying?.turn ?? '', ways);
}
