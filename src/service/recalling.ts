import type { Forgotten, History, Manifest, Scores, WhenScore } from '../contract';
import { IContext, complain, opened, tell } from './context';

/** What was done, what the notebook carries, and taking it back. */
export class Recalling {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  /** The newest page of the history, or with `more` the next older one. */
  async history(more: boolean): Promise<void> {
    const { client, store, notebooks } = this.#context;
    const document = notebooks.current;
    if (!document) {
      store.update({ history: null });
      return;
    }
    const known = more ? (store.value.history?.events ?? []) : [];
    const before = known.length > 0 ? known[known.length - 1].sequence : null;
    try {
      const page = await client.call<History>('history', { path: document.path, before });
      if (notebooks.current === document) {
        store.update({ history: { events: [...known, ...page.events], more: page.more } });
      }
    } catch (error) {
      complain(store, error);
    }
  }

  async forget(turn: string): Promise<void> {
    const { client, store, trans } = this.#context;
    try {
      const { lines } = await client.call<Forgotten>('forget', { turn });
      tell(
        store,
        lines === 0
          ? trans.__('There was nothing to forget.')
          : trans.__('The text of this turn is erased from the store.')
      );
      await this.history(false);
    } catch (error) {
      complain(store, error);
    }
  }

  async retain(days: number | null): Promise<void> {
    const { client, store, trans } = this.#context;
    try {
      await client.call('retain', { days });
      tell(
        store,
        days === null
          ? trans.__('Turns are kept.')
          : trans._n('Turns are kept for %1 day.', 'Turns are kept for %1 days.', days)
      );
    } catch (error) {
      complain(store, error);
    }
  }

  /** How each WHEN in force does against the person's marks; null where nobody can say just now. */
  async scores(): Promise<readonly WhenScore[] | null> {
    const { client, notebooks } = this.#context;
    try {
      const path = notebooks.current?.path;
      return path === undefined ? null : (await client.call<Scores>('scores', { path })).scores;
    } catch {
      // It stands beside an article that was merely looked at: no reason to complain.
      return null;
    }
  }

  async travels(): Promise<Manifest | null> {
    const document = opened(this.#context);
    if (!document) {
      return null;
    }
    try {
      const { path, carried: content } = document;
      return await this.#context.client.call<Manifest>('travels', { path, content });
    } catch (error) {
      return complain(this.#context.store, error);
    }
  }

  async strip(): Promise<void> {
    const document = opened(this.#context);
    if (document) {
      document.strip();
      await this.#context.sync();
      const { store, trans } = this.#context;
      tell(store, trans.__('The notebook carries nothing of ours now. Save it to keep it so.'));
    }
  }
}
