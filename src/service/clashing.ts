import type { ClashEvent } from '../contract';
import type { IClashes } from '../tokens';
import { IContext, opened, problemOf } from './context';

/** Articles that clash, and dead weight: what looking for them takes, and what is found. Changes nothing. */
export class Clashing {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  /** What a search would take; nobody is asked. */
  estimate(): Promise<void> {
    return this.#run(true);
  }

  /** Search what is in force. What is on record takes no call. */
  find(): Promise<void> {
    return this.#run(false);
  }

  /** Stop the search, with its calls; what was found stays. */
  stop(): void {
    const { searched, busy } = this.#state ?? NONE;
    this.#abort.abort();
    if (busy) {
      this.#patch({ busy: false, waiting: null, searched: searched && { ...searched, status: 'stopped' } });
      this.#context.store.update({ announcement: this.#context.trans.__('Stopped') });
    }
  }

  /** Put it away. */
  close(): void {
    this.#abort.abort();
    this.#context.store.update({ clashes: null });
  }

  async #run(estimate: boolean): Promise<void> {
    const { client, id, store } = this.#context;
    const document = opened(this.#context);
    if (!document) {
      return;
    }
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    store.update({ clashes: { ...NONE, law: store.value.inForce?.digest ?? '', busy: true } });
    try {
      const request = { id: id(), path: document.path, estimate };
      for await (const event of client.stream<ClashEvent>('clashes', request, signal)) {
        if (signal.aborted) {
          return;
        }
        this.#take(event);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#patch({ problem: problemOf(error) });
      }
    } finally {
      if (!signal.aborted) {
        this.#patch({ busy: false, waiting: null });
      }
    }
  }

  #take(event: ClashEvent): void {
    const { store, trans } = this.#context;
    switch (event.type) {
      case 'weighed':
        return this.#patch({ weighed: event });
      case 'clash':
      case 'dead_weight':
        return this.#patch({ found: [...(this.#state?.found ?? []), event], waiting: null });
      case 'waiting':
        return this.#patch({ waiting: { seconds: event.seconds, still: event.still } });
      case 'failed':
        return this.#patch({ problem: event.problem });
      case 'searched': {
        this.#patch({ searched: event, waiting: null });
        const found = this.#state?.found.length ?? 0;
        if (event.status === 'done') {
          const said = trans._n('%1 finding about your articles', '%1 findings about your articles', found);
          store.update({ announcement: said });
        }
      }
    }
  }

  #patch(patch: Partial<IClashes>): void {
    if (this.#state) {
      this.#context.store.update({ clashes: { ...this.#state, ...patch } });
    }
  }

  get #state(): IClashes | null {
    return this.#context.store.value.clashes;
  }

  #abort = new AbortController();
}

const NONE: IClashes = {
  law: '',
  weighed: null,
  searched: null,
  found: [],
  waiting: null,
  busy: false,
  problem: null
};
