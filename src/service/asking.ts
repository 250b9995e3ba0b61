import type { Annotation, AskEvent, AttachmentInput, Composed, TurnRecord } from '../contract';
import type { INotebookDocument, ISelection } from '../tokens';
import { IContext, complain, opened, quoteOf } from './context';

/** Step 1: ask. The kernel asks where it can; otherwise the server answers and the document takes the output. */
export class Asking {
  constructor(private readonly _context: IContext) {}

  async ask(prompt: string, options: { new?: boolean; attach?: readonly string[] }): Promise<boolean> {
    const document = opened(this._context);
    if (!document) {
      return false;
    }
    try {
      await this._context.sync();
      const { cell, ran } = await document.ask(prompt, options);
      if (!ran) {
        const attachments = document.attachable.filter(a => options.attach?.includes(a.cell));
        await this._answer(document, cell, { prompt, new: options.new, attachments });
      }
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
      const { ran, prompt } = await document.askAgain(cell);
      if (!ran) {
        await this._answer(document, cell, { prompt, again: true });
      }
    } catch (error) {
      complain(this._context.store, error);
    }
  }

  async askWhy(selection: ISelection): Promise<void> {
    const { trans } = this._context;
    const quote = quoteOf({ target: selection.target } as Annotation);
    await this.ask(
      trans.__('Why did you write “%1”? Give the reason or the source, and say if there is none.', quote),
      {}
    );
  }

  /** Follow the streaming record in the document's outputs, so that Cancel knows which turn it stops. */
  follow(document: INotebookDocument): void {
    const { store, trans } = this._context;
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
  }

  private async _answer(
    document: INotebookDocument,
    cell: string,
    request: { prompt: string; again?: boolean; new?: boolean; attachments?: AttachmentInput[] }
  ): Promise<void> {
    let record: TurnRecord | undefined;
    let drawn = 0;
    const body = { ...request, path: document.path, cell };
    for await (const event of this._context.client.stream<AskEvent>('ask', body)) {
      if (event.type === 'began' || event.type === 'ended') {
        record = event.record;
        document.output(cell, record);
      } else if (event.type === 'text' && record) {
        record = { ...record, reply: record.reply + event.text };
        // The first words at once, then at most twenty updates a second.
        if (Date.now() - drawn >= 50) {
          drawn = Date.now();
          document.output(cell, record);
        }
      } else if (event.type === 'failed') {
        throw { problem: event.problem };
      }
    }
  }
}
