import type { Article, Change, InForce } from '../contract';
import type { INotebookDocument } from '../tokens';
import { IContext, complain, opened, tell } from './context';

/** Moving articles to farther scopes: their files are written by the server, the notebook here. */
export class Scoping {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  /** Move an article of the notebook to a farther scope. */
  async promote(article: string, to: 'user' | 'project'): Promise<void> {
    const { trans, store } = this.#context;
    const [document, found] = [opened(this.#context), this.#article(article)];
    const moved = document && found && (await this.#moved(document, 'promote', { article, to }));
    if (moved) {
      const place = moved.inForce?.around.find(a => a.scope === to)?.place ?? '';
      const said =
        to === 'user'
          ? trans.__('“%1” holds in all your notebooks.', found.title)
          : trans.__('“%1” holds in the project: %2', found.title, place);
      const run = () => void this.#demote(document, found, moved.id);
      tell(store, said, { label: trans.__('Undo'), run });
    }
  }

  async #demote(document: INotebookDocument, { title }: Article, promotion: string): Promise<void> {
    if (await this.#moved(document, 'demote', { promotion })) {
      tell(this.#context.store, this.#context.trans.__('“%1” is this notebook’s alone again.', title));
    }
  }

  /** Have the server write the file, then write the notebook. */
  async #moved(
    document: INotebookDocument,
    verb: string,
    body: object
  ): Promise<{ id: string; inForce: InForce | null } | null> {
    const { client, store, sync } = this.#context;
    try {
      if (document.isDisposed) {
        throw new Error(this.#context.trans.__('The notebook is closed.'));
      }
      await sync(document);
      const id = this.#context.id();
      const change = await client.call<Change>(verb, { id, path: document.path, ...body });
      document.write(change.writes, change.removes);
      const inForce = await sync(document);
      this.#context.recorded();
      return { id, inForce };
    } catch (error) {
      return complain(store, error);
    }
  }

  #article(id: string): Article | null {
    return this.#context.store.value.inForce?.constitution.articles.find(a => a.id === id) ?? null;
  }
}
