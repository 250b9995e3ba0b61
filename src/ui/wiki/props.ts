import type { Article, Page } from '../../contract';
import type { IWiki } from '../../tokens';
import type { IDrafts, TranslationBundle } from '../parts/props';

/** What the list of packs shows. */
export interface IWikiProps {
  readonly wiki: IWiki;
  /** The open notebook, and what is in force in it: with another one the wiki is looked at anew. */
  readonly path: string | null;
  readonly digest: string | undefined;
  readonly articles: readonly Article[];
  readonly drafts: IDrafts;
  readonly trans: TranslationBundle;
  readonly onReview: () => void;
}

/** What one pack shows. */
export interface IPageProps extends IWikiProps {
  readonly page: Page;
  /** The article that was looked for. */
  readonly article: string;
  readonly onBack: () => void;
}
