import type { Amendment, ClashEvent } from '../contract';
import type { IClashes, IClashing } from '../tokens';
import { IContext, opened, problemOf } from './context';

/** What is searched, by its digest, and where what comes of it is shown. */
export interface IPlace {
  readonly law: string;
  /** The draft that it is searched with; null for what is in force alone. */
  readonly amendment: Amendment | null;
  readonly clashes: IClashes | null;
  show(clashes: IClashes | null): void;
}

/** Articles that clash, and dead weight: what looking for them takes, and what is found. Changes nothing. */
export class Clashing implements IClashing {
  readonly #context: IContext;
  readonly #place: () => IPlace;

  constructor(context: IContext, place: () => IPlace) {
    this.#context = context;
    this.#place = place;
  }

  estimate = (): Promise<void> => this.#run(true);

  recall = (): Promise<void> => this.#run(true, true);

  /** What is on record takes no call. */
  find = (): Promise<void> => this.#run(false);

  stop = (): void => {
    const { clashes, show } = this.#place();
    this.#abort.abort();
    if (clashes?.busy) {
      const { searched } = clashes;
      show({ ...clashes, busy: false, waiting: null, searched: searched && { ...searched, status: 'stopped' } });
      this.#context.store.update({ announcement: this.#context.trans.__('Stopped') });
    }
  };

  close = (): void => {
    this.#abort.abort();
    this.#place().show(null);
  };

  async #run(estimate: boolean, quiet = false): Promise<void> {
    const { client, id, store, trans } = this.#context;
    const document = opened(this.#context);
    if (!document) {
      return;
    }
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    const { law, amendment } = this.#place();
    let now: IClashes = { ...NONE, law, busy: true };
    const take = (patch: Partial<IClashes>): void => {
      now = { ...now, ...patch };
      if (!signal.aborted && !quiet) {
        this.#place().show(now);
      }
    };
    take({});
    try {
      const request = { id: id(), path: document.path, amendment, estimate };
      for await (const event of client.stream<ClashEvent>('clashes', request, signal)) {
        if (signal.aborted) {
          return;
        }
        take(told(now, event));
      }
    } catch (error) {
      take({ problem: problemOf(error) });
    } finally {
      const done = now.searched?.status === 'done';
      quiet = quiet && !done && now.found.length === 0;
      take({ busy: false, waiting: null });
      if (done && !estimate && !signal.aborted) {
        const { length } = now.found;
        const said = trans._n('%1 finding about your articles', '%1 findings about your articles', length);
        store.update({ announcement: said });
      }
    }
  }

  #abort = new AbortController();
}

/** What an event changes. */
function told({ found }: IClashes, event: ClashEvent): Partial<IClashes> {
  switch (event.type) {
    case 'weighed':
      return { weighed: event };
    case 'clash':
    case 'opposed':
    case 'dead_weight':
      return { found: [...found, event], waiting: null };
    case 'waiting':
      return { waiting: { seconds: event.seconds, still: event.still } };
    case 'failed':
      return { problem: event.problem };
    case 'searched':
      return { searched: event, waiting: null };
  }
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
