/** The wiki: packs and articles of others, to be read, copied, tried and offered to. */
import type { Browsed, ForeseeEvent, Page, Patch } from '../contract';

/** What a person can do in the wiki. Failures are shown as a notice; what was asked for is null then. */
export interface IWiki {
  /** The packs, and the articles that hold all of these words. */
  browse(words: string): Promise<Browsed | null>;
  page(pack: string): Promise<Page | null>;
  /** Read a pack, or some of its articles alone, as a file is read; true once it can be reviewed. */
  lend(page: Page, articles: readonly string[]): Promise<boolean>;
  /** An article of the notebook as a patch of a pack's file. */
  offer(pack: string, article: string): Promise<Patch | null>;
  /** What the pack would do to kept cases: what is sent, or with `accept`, trying just that. Aborting stops the calls. */
  foresee(page: Page, accept: string | null, signal: AbortSignal): AsyncGenerator<ForeseeEvent>;
}
