import type { Annotation, CorrectEvent } from '../contract';
import type { ICandidate, INotebookDocument } from '../tokens';
import { IContext, patchCard, problemOf } from './context';

/** The rows of candidate corrections on the card. */
export class Candidates {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  /** Open the rows for a highlight and fill them as words arrive. */
  async look(document: INotebookDocument, annotation: Annotation, reading: string): Promise<void> {
    this.leave();
    const { client, id, store } = this.#context;
    const { signal } = (this.#abort = new AbortController());
    const request = { id: id(), path: document.path, annotation, reading };
    patchCard(store, { busy: true });
    try {
      for await (const event of client.stream<CorrectEvent>('correct', request, signal)) {
        if (signal.aborted) {
          return;
        }
        this.#take(event);
      }
    } catch (error) {
      if (!signal.aborted) {
        patchCard(store, { problem: problemOf(error) });
      }
    } finally {
      if (!signal.aborted) {
        patchCard(store, { busy: false });
      }
    }
  }

  /** Stop one row, or all that are not there yet. Nothing is asked on for rows that nobody waits for. */
  stop(slot?: number): void {
    const { store, trans } = this.#context;
    const remedy = trans.__('Write your own, or open the words again.');
    const problem = { code: 'cancelled', message: trans.__('Stopped.'), remedy };
    for (const row of this.#rows.filter(isComing)) {
      if (slot === undefined || row.slot === slot) {
        this.#row(row.slot, () => ({ status: 'failed', problem }));
      }
    }
    if (!this.#rows.some(isComing)) {
      this.leave();
      patchCard(store, { busy: false });
    }
  }

  /** Close the stream, which stops the model's calls; the rows stay as they are. */
  leave(): void {
    this.#abort.abort();
  }

  #take(event: CorrectEvent): void {
    const { store, trans } = this.#context;
    // A row that was stopped, or has failed, takes no more.
    if ('slot' in event && this.#rows.some(row => row.slot === event.slot && row.status === 'failed')) {
      return;
    }
    switch (event.type) {
      case 'slot':
        this.#row(event.slot, () => ({ source: event.source, failure: event.failure }));
        break;
      case 'text':
        this.#row(event.slot, row => ({ status: 'writing', text: row.text + event.text }));
        break;
      case 'waiting':
        this.#row(event.slot, () => ({ seconds: event.seconds }));
        break;
      case 'candidate': {
        const { slot, text, source, failure, why, call } = event;
        this.#row(slot, () => ({ status: 'ready', text, source, failure, why, call }));
        store.update({ announcement: trans.__('Candidate %1 ready', slot + 1) });
        break;
      }
      case 'disagrees':
        patchCard(store, { disagrees: event });
        break;
      case 'failed': {
        const { slot, problem } = event;
        if (typeof slot === 'number') {
          this.#row(slot, () => ({ status: 'failed', problem }));
        } else {
          patchCard(store, { problem });
        }
        break;
      }
      case 'finished':
        patchCard(store, { cost: event.cost });
    }
  }

  #row(slot: number, patch: (row: ICandidate) => Partial<ICandidate>): void {
    const rows = [...this.#rows];
    let at = rows.findIndex(row => row.slot === slot);
    if (at < 0) {
      at = rows.push({ ...WAITING, slot }) - 1;
    }
    rows[at] = { ...rows[at], ...patch(rows[at]) };
    patchCard(this.#context.store, { candidates: rows });
  }

  get #rows(): readonly ICandidate[] {
    return this.#context.store.value.card?.candidates ?? [];
  }

  #abort = new AbortController();
}

const WAITING: ICandidate = {
  slot: 0,
  source: { by: 'model', name: '' },
  status: 'waiting',
  text: '',
  failure: '',
  why: '',
  seconds: 0,
  problem: null
};

function isComing({ status }: ICandidate): boolean {
  return status === 'waiting' || status === 'writing';
}
