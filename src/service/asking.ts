import type { Annotation, AskEvent, AttachmentInput, Composed, TurnRecord } from '../contract';
import type { IAskOptions, IInserted, INotebookDocument, ISelection } from '../tokens';
import { IContext, complain, opened, quoteOf } from './context';

/** Milliseconds between two drawings of a growing reply. */
const INTERVAL = 50;

/** Step 1: ask. The kernel asks where it can; otherwise the server answers and the document takes the output. */
export class Asking {
  constructor(private readonly _context: IContext) {}

  async ask(prompt: string, options: IAskOptions): Promise<boolean> {
    const document = opened(this._context);
    if (!document) {
      return false;
    }
    try {
      await this._answer(document, await document.ask(prompt, options, () => this._context.sync()), false);
      return true;
    } catch (error) {
      complain(this._context.store, error);
      return false;
    }
  }

  async compose(prompt: string, attachments: AttachmentInput[]): Promise<Composed | null> {
    const document = opened(this._context);
    if (!document) {
      return null;
    }
    const { client, store } = this._context;
    try {
      return await client.call<Composed>('compose', { path: document.path, prompt, attachments });
    } catch (error) {
      return complain(store, error);
    }
  }

  async cancel(): Promise<void> {
    const { client, store } = this._context;
    const turn = store.value.asking?.turn;
    try {
      if (turn) {
        await client.call('cancel', { id: turn });
      }
    } catch (error) {
      complain(store, error);
    }
  }

  async askAgain(annotation: Annotation): Promise<void> {
    const placed = this._context.notebooks.current?.placed.find(p => p.annotation.id === annotation.id);
    await this.again(placed?.cell ?? annotation.target.cell);
  }

  async again(cell: string): Promise<void> {
    const document = opened(this._context);
    if (!document) {
      return;
    }
    try {
      await this._context.sync();
      await this._answer(document, await document.askAgain(cell), true);
    } catch (error) {
      complain(this._context.store, error);
    }
  }

  /** A prompt cell was run where the kernel cannot ask: the server does, one after the other. */
  stranded(document: INotebookDocument, inserted: IInserted): Promise<void> {
    this._stranded = this._stranded.then(async () => {
      try {
        await this._context.sync();
        await this._answer(document, inserted, false);
      } catch (error) {
        complain(this._context.store, error);
      }
    });
    return this._stranded;
  }

  async askWhy(selection: ISelection): Promise<void> {
    const { trans } = this._context;
    const quote = quoteOf({ target: selection.target } as Annotation);
    await this.ask(
      trans.__('Why did you write “%1”? Give the reason or the source, and say if there is none.', quote),
      {}
    );
  }

  /**
   * Follow the streaming record in the document's outputs, so that Cancel knows which turn it stops. Returns whether a
   * turn has ended since the last look.
   */
  follow(document: INotebookDocument): boolean {
    const { store, trans } = this._context;
    const before = this._known.get(document);
    const known = new Set(document.records.filter(r => r.status !== 'streaming').map(r => r.turn));
    this._known.set(document, known);
    const streaming = document.records.find(r => r.status === 'streaming');
    const now = store.value.asking;
    if (streaming && now?.turn !== streaming.turn) {
      store.update({
        asking: { turn: streaming.turn, since: Date.now() },
        announcement: trans.__('Asking %1', streaming.model)
      });
    } else if (!streaming && now) {
      const last = document.records.find(r => r.turn === now.turn);
      store.update({
        asking: null,
        announcement: last?.status === 'complete' ? trans.__('The reply is complete') : trans.__('Stopped')
      });
    }
    return !!before && [...known].some(turn => !before.has(turn));
  }

  /** Ask what the kernel cannot, and write the reply into the cell: the first words at once, then every 50 ms. */
  private async _answer(document: INotebookDocument, inserted: IInserted, again: boolean): Promise<void> {
    const { cell, ran, prompt, options } = inserted;
    if (ran) {
      return;
    }
    let record: TurnRecord | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let drawn = 0;
    const draw = (): void => {
      clearTimeout(timer);
      [timer, drawn] = [undefined, Date.now()];
      if (record) {
        document.output(cell, record);
      }
    };
    try {
      const body = { ...options, path: document.path, cell, prompt, again: again || options.again };
      for await (const event of this._context.client.stream<AskEvent>('ask', body)) {
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
          const { trans } = this._context;
          const note = event.still
            ? trans.__('still waiting, %1 s: Cancel in the sidebar ends it', seconds)
            : trans.__('waiting, %1 s', seconds);
          record = { ...record, note };
          draw();
        } else if (event.type === 'failed') {
          throw { problem: event.problem };
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  private _stranded: Promise<void> = Promise.resolve();
  /** The turns that each document is known to show. */
  private readonly _known = new WeakMap<INotebookDocument, ReadonlySet<string>>();
}
