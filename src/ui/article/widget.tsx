import type { Article, Draft } from '../../contract';
import * as React from '../react';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { ArticleEditor } from './body';

export interface IArticleOptions extends IOpeningOptions {
  /** The article to edit; null writes a new one. */
  readonly article: string | null;
  /** What a new one starts from. */
  readonly words?: Partial<Draft>;
}

/** One article in the main area. */
export class ArticleWidget extends Panel<IArticleOptions> {
  constructor(options: IArticleOptions) {
    super(options);
    const { article, trans } = options;
    this.id = `reconst-article-${article ?? (options.words ? options.id() : 'new')}`;
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = trans.__('Constitution: article');
    this.title.closable = true;
    // One editor, one amendment: previewing another wording of it is the same amendment again.
    this.#amendment = options.id();
  }

  protected render(): JSX.Element {
    const { reconst, trans, open, article, notebooks } = this.options;
    return (
      <ArticleEditor
        article={article}
        words={this.options.words}
        amendment={this.#amendment}
        inForce={this.state.inForce}
        revisions={article ? revisionsOf(article, notebooks.current?.metadata ?? {}) : []}
        now={Date.now()}
        trans={trans}
        onPreview={amendment => {
          open.impact();
          void reconst.preview(amendment);
        }}
        onRestore={revision => article && void reconst.restore(article, revision)}
        onRepeal={() => article && void reconst.repeal(article)}
      />
    );
  }

  readonly #amendment: string;
}

/** All revisions of an article that the notebook carries, newest first. */
function revisionsOf(article: string, metadata: Record<string, unknown>): Article[] {
  const prefix = `reconst:article:${article}:`;
  const keys = Object.keys(metadata).filter(key => key.startsWith(prefix));
  const found = keys.map(key => metadata[key] as Article);
  // A revision comes after its parents, whatever the clocks said.
  return found.sort((a, b) =>
    a.parents.includes(b.revision)
      ? -1
      : b.parents.includes(a.revision)
        ? 1
        : Date.parse(b.provenance.at) - Date.parse(a.provenance.at)
  );
}
