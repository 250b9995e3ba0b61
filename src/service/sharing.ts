import type { Brought, Change, Differs, Exports, InForce, RehearseEvent, TextFile } from '../contract';
import type { INotebookDocument, IRehearsing, ITicked, Source } from '../tokens';
import { IContext, complain, opened, problemOf, tell } from './context';
import { textOf } from './files';

/** A constitution that travels: what a file brings, what a notebook hands on, how it was before. */
export class Sharing {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  /** Read what a file would bring; nothing of it is written or sent. */
  bring(source: Source): Promise<boolean> {
    return this.#done(async ({ path }, stands) => {
      const file = await textOf(this.#context, source);
      const brought = await this.#context.client.call<Brought>('import', { path, file });
      if (stands()) {
        this.close();
        this.#context.store.update({ offer: { file, brought } });
      }
    });
  }

  /** Put away what was being read or tried; nothing of it was taken. */
  close(): void {
    this.stop();
    this.#context.store.update({ offer: null, rehearsing: null });
  }

  /** Take what was ticked of the file into the notebook, as one change that can be taken back. */
  adopt(ticked: ITicked): Promise<boolean> {
    return this.#done(async document => {
      const { store, trans } = this.#context;
      const { file } = store.value.offer!;
      const { length } = ticked.articles;
      const said = trans._n('%1 article of %2 is in use.', '%1 articles of %2 are in use.', length, file.name);
      await this.#enact(document, 'adopt', { file, ...ticked }, said);
    });
  }

  /** Compare with a file, with an earlier version, or with nothing yet. */
  compare(source: Source | null, revision: string | null = null): Promise<boolean> {
    return this.#done(async ({ path }, stands) => {
      const file = source ? await textOf(this.#context, source) : null;
      const differs = await this.#context.client.call<Differs>('diff', { path, file, revision });
      if (stands()) {
        this.#context.store.update({ comparing: { differs, file, revision } });
      }
    });
  }

  /** Let the notebook read as the version beside it, by new revisions. */
  rewind(): Promise<boolean> {
    return this.#done(async document => {
      const { store, trans } = this.#context;
      const { differs, revision } = store.value.comparing!;
      const request = { revision, digest: differs.digest };
      await this.#enact(document, 'restore', request, trans.__('The constitution reads as it did then.'));
      await this.compare(null, revision);
    });
  }

  /** The ways to write the constitution for others; null where there are none. */
  exports(): Promise<Exports | null> {
    return this.#about(({ path }) => this.#context.client.call<Exports>('exports', { path }));
  }

  /** The text of one of them. */
  export(format: string): Promise<string | null> {
    return this.#about(({ path }) => this.#context.client.text('export', { path, format }));
  }

  /** Say what trying the ticked articles takes; with `start`, try them. Nothing is accepted by it. */
  async rehearse(ticked: ITicked, file: TextFile | null, start: boolean): Promise<void> {
    const { client, id, store } = this.#context;
    const document = opened(this.#context);
    if (!document) {
      return;
    }
    this.stop();
    const { signal } = (this.#abort = new AbortController());
    let now: IRehearsing = { ticked, rehearsal: null, rows: [], busy: true, problem: null };
    const take = (patch: Partial<IRehearsing>): void => {
      now = { ...now, ...patch };
      if (!signal.aborted) {
        store.update({ rehearsing: now });
      }
    };
    take({});
    try {
      const request = { id: id(), path: document.path, file, ...ticked, estimate: !start };
      for await (const event of client.stream<RehearseEvent>('rehearse', request, signal)) {
        if (event.type === 'rehearsal') {
          take({ rehearsal: event });
        } else if (event.type === 'row') {
          take({ rows: [...now.rows, event.row] });
        } else if (event.type === 'failed') {
          take({ problem: event.problem });
        }
      }
    } catch (error) {
      take({ problem: problemOf(error) });
    }
    take({ busy: false });
  }

  /** Stop trying, with its calls; the rows stay, and what is recorded is not paid for again. */
  stop(): void {
    const { rehearsing } = this.#context.store.value;
    this.#abort.abort();
    if (rehearsing?.busy) {
      const { rehearsal } = rehearsing;
      const stopped = rehearsal && { ...rehearsal, status: 'stopped' as const };
      this.#context.store.update({ rehearsing: { ...rehearsing, rehearsal: stopped, busy: false } });
    }
  }

  /** The server signs, the document is written, the server confirms. */
  async #enact(
    document: INotebookDocument,
    verb: string,
    request: object,
    said: string,
    undone = false
  ): Promise<void> {
    const { client, id, recorded, store, sync, trans } = this.#context;
    if (document.isDisposed) {
      throw { problem: { message: trans.__('That notebook is closed.'), remedy: trans.__('Open it again.') } };
    }
    const { path } = document;
    await sync(document);
    const change = await client.call<Change>(verb, { id: id(), path, ...request });
    document.write(change.writes, change.removes);
    const inForce: InForce | null = await sync(document);
    recorded();
    if (inForce?.digest !== change.digest) {
      const message = trans.__('The change is kept, but not yet in force in this notebook.');
      throw { problem: { message, remedy: trans.__('Review what the notebook carries.') } };
    }
    const undo = (): void =>
      void this.#done(() => this.#enact(document, 'undo', { change: change.id }, trans.__('Taken back.'), true));
    tell(store, said, undone ? null : { label: trans.__('Undo'), run: undo });
  }

  /** Do something with the open notebook, and show what goes wrong; null for that, or where it is no longer open. */
  async #about<T>(act: (document: INotebookDocument, stands: () => boolean) => Promise<T>): Promise<T | null> {
    const document = opened(this.#context);
    const stands = (): boolean => this.#context.notebooks.current === document;
    try {
      const found = document && (await act(document, stands));
      return stands() ? found : null;
    } catch (error) {
      return complain(this.#context.store, error);
    }
  }

  /** The same, of what has no answer; true once it is done. */
  async #done(act: (document: INotebookDocument, stands: () => boolean) => Promise<void>): Promise<boolean> {
    return (await this.#about(async (...given) => (await act(...given), true))) ?? false;
  }

  #abort = new AbortController();
}
