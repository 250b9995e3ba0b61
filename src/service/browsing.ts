import type { Brought, Browsed, ForeseeEvent, Lent, Page, Patch } from '../contract';
import type { IWiki } from '../tokens';
import { IContext, complain, opened, problemOf } from './context';

/** Reads the wiki for the open notebook. Nothing of a pack is written or sent by looking. */
export class Browsing implements IWiki {
  readonly #context: IContext;
  readonly #bring: (file: Lent) => Promise<boolean>;

  /** `bring` reads a file for review. */
  constructor(context: IContext, bring: (file: Lent) => Promise<boolean>) {
    this.#context = context;
    this.#bring = bring;
  }

  browse(words: string): Promise<Browsed | null> {
    return this.#call('browse', { words: words.slice(0, 200), path: this.#path });
  }

  page(pack: string): Promise<Page | null> {
    return this.#call('page', { pack, path: this.#path });
  }

  async lend(page: Page, articles: readonly string[]): Promise<boolean> {
    const file = opened(this.#context) && (await this.#lent(page, articles));
    return file !== null && this.#bring(file);
  }

  async offer(pack: string, article: string): Promise<Patch | null> {
    return this.#call('offer', { pack, article, path: this.#path });
  }

  async *foresee(page: Page, accept: string | null, signal: AbortSignal): AsyncGenerator<ForeseeEvent> {
    const { client, id } = this.#context;
    const path = this.#path;
    const file = opened(this.#context) && (await this.#lent(page, page.copied));
    if (!file) {
      return;
    }
    try {
      const { review } = await client.call<Brought>('import', { path, file });
      const { articles, preamble } = review.constitution;
      const request = {
        id: id(),
        path,
        file,
        digest: review.digest,
        articles: articles.map(article => article.id),
        preamble: preamble !== '',
        estimate: accept === null,
        accept
      };
      yield* client.stream<ForeseeEvent>('foresee', request, signal);
    } catch (error) {
      if (!signal.aborted) {
        yield { type: 'failed', problem: problemOf(error), slot: null };
      }
    }
  }

  #lent({ pack }: Page, articles: readonly string[]): Promise<Lent | null> {
    return this.#call('lend', { pack: pack.name, digest: pack.digest, articles });
  }

  get #path(): string | null {
    return this.#context.notebooks.current?.path ?? null;
  }

  async #call<T>(verb: string, body: object): Promise<T | null> {
    try {
      return await this.#context.client.call<T>(verb, body);
    } catch (error) {
      return complain(this.#context.store, error);
    }
  }
}
