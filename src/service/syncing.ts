import type { InForce } from '../contract';
import type { INotebookDocument } from '../tokens';
import { IContext, complain } from './context';

/** Keeps the server's view of the open document true, so that an ask never depends on a save. */
export class Syncing {
  readonly #context: Omit<IContext, 'sync' | 'recorded'>;

  constructor(context: Omit<IContext, 'sync' | 'recorded'>) {
    this.#context = context;
  }

  /** Tell the server what a document says now, the open one if none is given. Calls are answered in order. */
  sync(wanted?: INotebookDocument): Promise<InForce | null> {
    const next = this.#queue.then(() => this.#sync(wanted));
    this.#queue = next.catch(() => null);
    return next;
  }

  /** Tell it again, whatever it was told: another page may have told it something else, or this one was offline. */
  async again(): Promise<void> {
    if (this.#context.notebooks.current) {
      await this.sync();
    }
  }

  /** Tell it only if something that it knows has changed. */
  async touched(): Promise<void> {
    // Looked at when it is its turn: what is under way may be telling it.
    await (this.#queue = this.#queue.then(async () => {
      const document = this.#context.notebooks.current;
      if (document && !document.isDisposed && this.#spell(document) !== this.#told) {
        await this.#sync();
      }
    }));
  }

  /** Let go of a document that is closed. Nobody waits for it. */
  close(document: INotebookDocument): void {
    this.#queue = this.#queue.then(() => {
      const path = this.#known.get(document)?.path;
      this.#known.delete(document);
      this.#letGo(path);
    });
  }

  /** A notebook gets its identity with the first thing that it carries of ours; opening alone changes nothing. */
  identify(document: INotebookDocument): void {
    const { inForce } = this.#context.store.value;
    if (inForce?.identify && document.head?.id !== inForce.notebook && document.carries) {
      const head = { ...document.head, version: 1, id: inForce.notebook, origin: inForce.origin };
      document.write({ reconst: head });
    }
  }

  async #sync(wanted?: INotebookDocument): Promise<InForce | null> {
    const { client, drafts, store, notebooks } = this.#context;
    const document = wanted ?? notebooks.current;
    if (!document) {
      store.update({ inForce: null, placed: [], path: null });
      return null;
    }
    if (document.isDisposed) {
      return null;
    }
    const said = this.#spell(document);
    const { path } = document;
    try {
      const inForce = await client.call<InForce>('sync', JSON.parse(said));
      const before = this.#known.get(document);
      const { notebook } = inForce;
      this.#known.set(document, { path, notebook });
      // Renamed, or saved under another name: what was told of the old path is of no document any more.
      this.#letGo(before?.path);
      // What was typed while its id was not known, or was another one, goes with the document.
      [path, before?.notebook ?? path].forEach(name => drafts.rename(name, notebook));
      if (notebooks.current !== document) {
        return inForce;
      }
      this.#told = said;
      store.update({ inForce, path: document.path });
      document.settle(settled(inForce));
      this.identify(document);
      await this.#claim(document, inForce);
      return inForce;
    } catch (error) {
      return complain(store, error);
    }
  }

  async #claim(document: INotebookDocument, inForce: InForce): Promise<void> {
    const unknown = new Set(inForce.unknown);
    const records = document.records.filter(r => unknown.has(r.turn) && r.status !== 'streaming');
    if (records.length > 0) {
      await this.#context.client.call('claim', { notebook: inForce.notebook, records, cells: document.cells });
    }
  }

  /** Nothing is open at a path any more: there the file counts again. */
  #letGo(path: string | undefined): void {
    if (path !== undefined && ![...this.#known.values()].some(known => known.path === path)) {
      void this.#context.client.call('close', { path }).catch(() => undefined);
    }
  }

  #spell(document: INotebookDocument): string {
    return JSON.stringify({ path: document.path, metadata: document.metadata, cells: document.cells });
  }

  #queue: Promise<unknown> = Promise.resolve();
  #told = '';
  /** Where documents were told of last, and what their ids were. */
  readonly #known = new Map<INotebookDocument, { readonly path: string; readonly notebook: string }>();
}

/** The annotations that an article in force came from. */
function settled(inForce: InForce): Set<string> {
  const ids = inForce.constitution.articles.flatMap(a => a.provenance.words.map(w => w.annotation));
  return new Set(ids.filter((id): id is string => !!id));
}
