import type { ClashEvent } from '../contract';
import type { IClashes } from '../tokens';
import { IContext, opened, problemOf } from './context';

/** Articles that clash, and dead weight: what looking for them takes, and what is found. Changes nothing. */
export class Clashing {
  constructor(private readonly _context: IContext) {}

  /** What a search would take; nobody is asked. */
  estimate(): Promise<void> {
    return this._run(true);
  }

  /** Search what is in force. What is on record takes no call. */
  find(): Promise<void> {
    return this._run(false);
  }

  /** Stop the search, with its calls; what was found stays. */
  stop(): void {
    const { searched, busy } = this._state ?? NONE;
    this._abort.abort();
    if (busy) {
      this._patch({ busy: false, waiting: null, searched: searched && { ...searched, status: 'stopped' } });
      this._context.store.update({ announcement: this._context.trans.__('Stopped') });
    }
  }

  /** Put it away. */
  close(): void {
    this._abort.abort();
    this._context.store.update({ clashes: null });
  }

  private async _run(estimate: boolean): Promise<void> {
    const { client, id, store } = this._context;
    const document = opened(this._context);
    if (!document) {
      return;
    }
    this._abort.abort();
    const { signal } = (this._abort = new AbortController());
    store.update({ clashes: { ...NONE, law: store.value.inForce?.digest ?? '', busy: true } });
    try {
      const request = { id: id(), path: document.path, estimate };
      for await (const event of client.stream<ClashEvent>('clashes', request, signal)) {
        if (signal.aborted) {
          return;
        }
        this._take(event);
      }
    } catch (error) {
      if (!signal.aborted) {
        this._patch({ problem: problemOf(error) });
      }
    } finally {
      if (!signal.aborted) {
        this._patch({ busy: false, waiting: null });
      }
    }
  }

  private _take(event: ClashEvent): void {
    const { store, trans } = this._context;
    switch (event.type) {
      case 'weighed':
        return this._patch({ weighed: event });
      case 'clash':
      case 'dead_weight':
        return this._patch({ found: [...(this._state?.found ?? []), event], waiting: null });
      case 'waiting':
        return this._patch({ waiting: { seconds: event.seconds, still: event.still } });
      case 'failed':
        return this._patch({ problem: event.problem });
      case 'searched': {
        this._patch({ searched: event, waiting: null });
        const found = this._state?.found.length ?? 0;
        if (event.status === 'done') {
          const said = trans._n('%1 finding about your articles', '%1 findings about your articles', found);
          store.update({ announcement: said });
        }
      }
    }
  }

  private _patch(patch: Partial<IClashes>): void {
    if (this._state) {
      this._context.store.update({ clashes: { ...this._state, ...patch } });
    }
  }

  private get _state(): IClashes | null {
    return this._context.store.value.clashes;
  }

  private _abort = new AbortController();
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
