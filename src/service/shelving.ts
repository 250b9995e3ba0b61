import type { CollectEvent, Consulted, Shelves } from '../contract';
import type { ILibrary } from '../tokens';
import { IContext, complain, problemOf } from './context';

/** The library of this person, which belongs to no notebook. */
export class Shelving implements ILibrary {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  shelves(): Promise<Shelves | null> {
    return this.#call('shelves', {});
  }

  async *collect(path: string, signal: AbortSignal): AsyncGenerator<CollectEvent> {
    const { client, id } = this.#context;
    try {
      yield* client.stream<CollectEvent>('collect', { id: id(), paths: path ? [path] : [] }, signal);
    } catch (error) {
      if (!signal.aborted) {
        yield { type: 'failed', problem: problemOf(error), slot: null };
      }
    }
  }

  discard(path: string): Promise<Shelves | null> {
    return this.#call('discard', { path });
  }

  consult(words: string): Promise<Consulted | null> {
    return this.#call('consult', { words: words.slice(0, 4000) });
  }

  async #call<T>(verb: string, body: object): Promise<T | null> {
    try {
      return await this.#context.client.call<T>(verb, body);
    } catch (error) {
      return complain(this.#context.store, error);
    }
  }
}
