import type { AskSent, Tell, Told, WasSent } from '../contract';
import type { ITelling, Telling as About } from '../tokens';
import { IContext, complain, opened } from './context';

/** What a model was sent, and reports for those who tune it. */
export class Telling implements ITelling {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  sent(of: AskSent): Promise<WasSent | null> {
    return this.#or(() => this.#context.client.call('sent', of));
  }

  tell(about: About): Promise<Told | null> {
    return this.#about(about, request => this.#context.client.call('tell', request));
  }

  report(about: About): Promise<string | null> {
    return this.#about(about, request => this.#context.client.text('report', request));
  }

  #about<T>(about: About, act: (request: Tell) => Promise<T>): Promise<T | null> {
    const document = opened(this.#context);
    const annotations = document?.placed.map(({ annotation }) => annotation) as Tell['annotations'];
    return document ? this.#or(() => act({ ...about, path: document.path, annotations })) : Promise.resolve(null);
  }

  async #or<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      return await act();
    } catch (error) {
      return complain(this.#context.store, error);
    }
  }
}
