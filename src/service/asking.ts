import type { Annotation, AskEvent, AttachmentInput, Composed, TurnRecord } from '../contract';
import type { IAskOptions, IInserted, INotebookDocument, ISelection } from '../tokens';
import { IContext, complain, opened, problemOf, quoteOf } from './context';
import { Following } from './following';

/** Milliseconds between two drawings of a growing reply. */
const INTERVAL = 50;

/** Step 1: ask. The kernel asks where it can; otherwise the server answers and the document takes the output. */
export class Asking {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
    this.#following = new Following(context);
  }

  /** Insert a prompt cell and run it; true once it stands there. */
  async ask(prompt: string, options: IAskOptions): Promise<boolean> {
    const document = opened(this.#context);
    if (!document) {
      return false;
    }
    try {
      const inserted = await document.ask(prompt, options, () => this.#context.sync(document));
      void this.answer(document, inserted);
      return true;
    } catch (error) {
      complain(this.#context.store, error);
      return false;
    }
  }

  /** What asking would send from a cell where the next one will be inserted. */
  async compose(prompt: string, options: IAskOptions, attachments: AttachmentInput[]): Promise<Composed | null> {
    const document = opened(this.#context);
    if (!document) {
      return null;
    }
    const { client, id, store, sync } = this.#context;
    try {
      await sync(document);
      const place = { path: document.path, cell: id(), below: document.below };
      return await client.call<Composed>('compose', { ...place, ...options, attach: [], prompt, attachments });
    } catch (error) {
      return complain(store, error);
    }
  }

  async cancel(): Promise<void> {
    const { client, store } = this.#context;
    const turn = store.value.asking?.turn;
    try {
      if (turn) {
        await client.call('cancel', { id: turn });
        this.#following.soon();
      }
    } catch (error) {
      complain(store, error);
    }
  }

  async askAgain(annotation: Annotation): Promise<boolean> {
    const placed = this.#context.notebooks.current?.placed.find(p => p.annotation.id === annotation.id);
    return await this.again(placed?.cell ?? annotation.target.cell);
  }

  /** Ask a prompt cell anew; true once it is asked. */
  async again(cell: string): Promise<boolean> {
    const document = opened(this.#context);
    if (!document) {
      return false;
    }
    try {
      await this.#context.sync(document);
      return await this.answer(document, await document.askAgain(cell), true);
    } catch (error) {
      complain(this.#context.store, error);
      return false;
    }
  }

  /** Answer what a cell asks. */
  async reply(cell: string, text: string): Promise<void> {
    await this.#acted(document => document.answer(cell, text, () => this.#context.sync(document)));
  }

  /** Ask a prompt cell with less of its conversation. */
  async leaveOut(cell: string, keep: string): Promise<void> {
    await this.#acted(document => document.leaveOut(cell, keep));
  }

  async #acted(act: (document: INotebookDocument) => Promise<IInserted | null>): Promise<void> {
    const document = opened(this.#context);
    try {
      const inserted = document && (await act(document));
      if (document && inserted) {
        await this.answer(document, inserted);
      }
    } catch (error) {
      complain(this.#context.store, error);
    }
  }

  /** Ask for a prompt cell that its kernel cannot ask for, one after the other as a kernel would; true once answered. */
  answer(document: INotebookDocument, inserted: IInserted, again = false): Promise<boolean> {
    if (inserted.ran) {
      return Promise.resolve(true);
    }
    this.#answers = this.#answers.then(async () => {
      try {
        await this.#context.sync(document);
        await this.#answer(document, inserted, again);
        return true;
      } catch (error) {
        complain(this.#context.store, error);
        this.#choose(error, inserted.cell);
        return false;
      }
    });
    return this.#answers;
  }

  /** Where no kernel can offer it below the cell: what to do about a conversation that has outgrown the model. */
  #choose(error: unknown, cell: string): void {
    const { store, trans } = this.#context;
    if (problemOf(error).code === 'outgrown' && store.value.notice) {
      const action = { label: trans.__('Keep the newest turns'), run: () => void this.leaveOut(cell, 'last') };
      store.update({ notice: { ...store.value.notice, action } });
    }
  }

  async askWhy(selection: ISelection): Promise<void> {
    const { trans } = this.#context;
    const quote = quoteOf({ target: selection.target } as Annotation);
    await this.ask(
      trans.__('Why did you write “%1”? Give the reason or the source, and say if there is none.', quote),
      {}
    );
  }

  /** Show what the document is asking; true when a turn has ended since the last look. */
  follow(document: INotebookDocument): boolean {
    return this.#following.follow(document);
  }

  /** Another notebook is looked at; what this one asks goes on. */
  leave(): void {
    this.#following.leave();
  }

  /** Articles by the numbers that the sidebar shows. */
  #named(numbers?: readonly string[]): string[] | undefined {
    const { store, trans } = this.#context;
    const articles = store.value.inForce?.constitution.articles ?? [];
    return numbers?.map(number => {
      const article = articles[Number(number) - 1];
      if (!article) {
        throw new Error(trans.__('There is no article %1 here.', number));
      }
      return article.id;
    });
  }

  /** Write the reply into the cell as it comes: the first words at once, then every 50 ms, and its end whatever it is. */
  async #answer(document: INotebookDocument, inserted: IInserted, again: boolean): Promise<void> {
    const { cell, prompt, options } = inserted;
    const { client, trans } = this.#context;
    let record: TurnRecord | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let drawn = 0;
    let lost = trans.__('The connection ended before the reply did.');
    const draw = (): void => {
      clearTimeout(timer);
      [timer, drawn] = [undefined, Date.now()];
      if (record) {
        document.output(cell, record);
      }
    };
    try {
      const chosen = { with: this.#named(options.with), without: this.#named(options.without) };
      const body = { ...options, ...chosen, path: document.path, cell, prompt, again: again || options.again };
      for await (const event of client.stream<AskEvent>('ask', body)) {
        if (event.type === 'began' || event.type === 'ended') {
          record = event.record;
          draw();
        } else if (event.type === 'text' && record) {
          const first = record.reply === '';
          record = { ...record, reply: record.reply + event.text, note: '' };
          if (first) {
            draw();
          } else {
            timer ??= setTimeout(draw, Math.max(0, drawn + INTERVAL - Date.now()));
          }
        } else if (event.type === 'waiting' && record) {
          const seconds = Math.round(event.seconds);
          const note = event.still
            ? trans.__('still waiting, %1 s: Cancel in the sidebar ends it', seconds)
            : trans.__('waiting, %1 s', seconds);
          record = { ...record, note };
          draw();
        } else if (event.type === 'failed') {
          throw { problem: event.problem };
        }
      }
    } catch (error) {
      lost = problemOf(error).message;
      throw error;
    } finally {
      clearTimeout(timer);
      if (record?.status === 'streaming') {
        record = { ...record, status: 'incomplete', note: lost };
        draw();
      }
    }
  }

  readonly #following: Following;
  #answers: Promise<boolean> = Promise.resolve(true);
}
