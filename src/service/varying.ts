import type { Edited, Found, TurnRecord, Variant, Variants, VaryEvent, WayInput } from '../contract';
import type { IAnswer, IEdited, INotebookDocument, IVarying, IVariants, Otherwise } from '../tokens';
import { IContext, complain, opened, problemOf, tell } from './context';

/** Outputs of a cell among which its reply is sought. */
const OUTPUTS = 20;

/** Other answers to a turn: asked, laid side by side, one of them kept; and a reply edited in its place. */
export class Varying implements IVariants {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  async look(turn: string, cell: string): Promise<void> {
    this.stop();
    this.#context.store.update({
      varying: { turn, cell, shown: null, answers: [], busy: false, problem: null }
    });
    try {
      const { shown, variants } = await this.#variants(turn);
      this.#update({ shown, answers: variants.map(answerOf) }, turn);
    } catch (error) {
      this.#update({ problem: problemOf(error) }, turn);
    }
  }

  async weigh(turn: string, ways: readonly Otherwise[]): Promise<Variants | null> {
    try {
      return await this.#variants(turn, this.#named(ways));
    } catch {
      return null;
    }
  }

  async ask(ways: readonly Otherwise[]): Promise<void> {
    const { client, id, recorded, store, sync, trans } = this.#context;
    const document = opened(this.#context);
    const { turn } = store.value.varying ?? {};
    if (!document || !turn) {
      return;
    }
    this.stop();
    const { signal } = (this.#abort = new AbortController());
    const named = this.#named(ways);
    // What failed and is asked again makes room for it.
    const again = ways.map(way => (way as WayInput).id);
    const rest = this.#answers.filter(({ way }) => !again.includes(way.id));
    this.#update({ busy: true, problem: null, answers: [...rest, ...named.map(waiting)] });
    // An answer that is there already stays where it is.
    const change = (slot: number, patch: (answer: IAnswer) => Partial<IAnswer>): void =>
      this.#update({
        answers: this.#answers
          .map(a => (a.way.id === named[slot].id ? { ...a, ...patch(a) } : a))
          .filter((a, at, all) => all.findIndex(one => one.way.id === a.way.id) === at)
      });
    try {
      await sync(document);
      const request = { id: id(), path: document.path, turn, ways: named };
      for await (const event of client.stream<VaryEvent>('vary', request, signal)) {
        if (signal.aborted) {
          return;
        }
        if (event.type === 'text') {
          change(event.slot, answer => ({ reply: answer.reply + event.text }));
        } else if (event.type === 'waiting') {
          change(event.slot, () => ({ seconds: event.seconds }));
        } else if (event.type === 'variant') {
          change(event.slot, () => answerOf(event));
          store.update({ announcement: trans.__('Answer %1 is there', event.slot + 1) });
        } else if (event.type === 'failed') {
          const { problem, slot } = event;
          change(slot ?? 0, () => ({ problem }));
        }
      }
      this.#end(trans.__('It ended before its answer did.'));
    } catch (error) {
      if (!signal.aborted) {
        this.#end(problemOf(error).message);
      }
    }
    recorded();
  }

  /** Close the stream, which stops the calls. What had arrived is kept, and can be asked again. */
  stop(): void {
    this.#abort.abort();
    this.#end(this.#context.trans.__('Stopped.'));
  }

  async keep(turn: string): Promise<void> {
    const { store, trans } = this.#context;
    const document = opened(this.#context);
    const { cell, turn: before } = store.value.varying ?? {};
    if (document && cell && before) {
      const kept = await this.#keep(document, cell, turn, before);
      const run = (): void => void this.#keep(document, cell, before, turn, kept);
      if (kept) {
        tell(store, trans.__('The cell shows this answer now.'), { label: trans.__('Undo'), run });
      }
    }
  }

  async source(turn: string): Promise<string | null> {
    try {
      const { turn: found } = await this.#context.client.call<Found>('turn', { turn });
      return found?.reply ?? null;
    } catch (error) {
      return complain(this.#context.store, error);
    }
  }

  async edit(turn: string, cell: string, text: string): Promise<IEdited | null> {
    const document = opened(this.#context);
    if (!document) {
      return null;
    }
    try {
      const outputs = Array.from({ length: OUTPUTS }, (_, at) => document.whole(cell, at));
      const output = outputs.findIndex(one => one?.target.turn === turn);
      const reading = outputs[output]?.reading ?? '';
      const request = { path: document.path, turn, cell, output: Math.max(output, 0), text, reading };
      const { annotations } = await this.#context.client.call<Edited>('edit', request);
      const written = annotations.map(annotation => document.annotate(annotation));
      return { annotations, undo: () => written.forEach(one => one.dispose()) };
    } catch (error) {
      return complain(this.#context.store, error);
    }
  }

  /** One answer in place of another; the id of the act, or null where it failed. */
  async #keep(
    document: INotebookDocument,
    cell: string,
    turn: string,
    instead: string,
    undoes?: string | null
  ): Promise<string | null> {
    const { client, id, recorded, store, sync } = this.#context;
    try {
      const act = id();
      const request = { id: act, path: document.path, cell, turn, instead, undoes };
      const record = await client.call<TurnRecord>('keep', request);
      document.output(cell, record, instead);
      await sync(document);
      recorded();
      await this.look(turn, cell);
      return act;
    } catch (error) {
      return complain(store, error);
    }
  }

  /** Nothing is asked any more; what has no answer says why. */
  #end(message: string): void {
    const problem = { code: 'cancelled', message, remedy: '' };
    this.#update({
      busy: false,
      answers: this.#answers.map(answer => (answer.record || answer.problem ? answer : { ...answer, problem }))
    });
  }

  #variants(turn: string, ways: readonly WayInput[] = []): Promise<Variants> {
    const path = this.#context.notebooks.current?.path ?? '';
    return this.#context.client.call<Variants>('variants', { path, turn, ways });
  }

  #named(ways: readonly Otherwise[]): WayInput[] {
    return ways.map(way => ({ ...way, id: this.#context.id() }));
  }

  get #answers(): readonly IAnswer[] {
    return this.#context.store.value.varying?.answers ?? [];
  }

  /** Change what is looked at, unless it is another turn's by now. */
  #update(patch: Partial<IVarying>, turn?: string): void {
    const { store } = this.#context;
    const { varying } = store.value;
    if (varying && varying.turn === (turn ?? varying.turn)) {
      store.update({ varying: { ...varying, ...patch } });
    }
  }

  #abort = new AbortController();
}

function answerOf({ record, differs, way }: Variant): IAnswer {
  return { record, differs, way, reply: record.reply, seconds: 0, problem: null };
}

function waiting(way: WayInput): IAnswer {
  return { way, reply: '', record: null, differs: [], seconds: 0, problem: null };
}
