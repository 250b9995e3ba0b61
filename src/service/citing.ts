import type { Cited, Failed, LookedUp, MarkedReference, Wronged } from '../contract';
import type { ICiting } from '../tokens';
import { IContext, complain, opened } from './context';

/** Outputs of a cell among which its reply is sought. */
const OUTPUTS = 20;

/** The references of a reply: what is known of them, looking them up, marking one wrong. */
export class Citing implements ICiting {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  async cite(turn: string): Promise<Cited | null> {
    try {
      return await this.#context.client.call<Cited>('cite', { turn });
    } catch (error) {
      return complain(this.#context.store, error);
    }
  }

  async lookUp(turn: string, each: (marked: MarkedReference) => void, signal: AbortSignal): Promise<void> {
    const { client, store } = this.#context;
    try {
      for await (const event of client.stream<LookedUp | Failed>('lookup', { turn }, signal)) {
        if (event.type === 'looked') {
          each(event.marked);
        } else {
          complain(store, event);
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        complain(store, error);
      }
    }
  }

  async wrong(turn: string, cell: string, start: number, right: string, undo = false): Promise<MarkedReference | null> {
    const { client, recorded, store } = this.#context;
    const document = opened(this.#context);
    if (!document) {
      return null;
    }
    try {
      const outputs = Array.from({ length: OUTPUTS }, (_, at) => document.whole(cell, at));
      const output = Math.max(
        outputs.findIndex(one => one?.target.turn === turn),
        0
      );
      const reading = outputs[output]?.reading ?? '';
      const request = { path: document.path, turn, cell, output, start, right, reading, undo };
      const { marked, annotation } = await client.call<Wronged>('wrong', request);
      if (annotation) {
        document.annotate(annotation);
      }
      recorded();
      return marked;
    } catch (error) {
      return complain(store, error);
    }
  }
}
