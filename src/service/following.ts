import type { Found, Turn, TurnRecord } from '../contract';
import type { INotebookDocument } from '../tokens';
import { IContext, problemOf, tell } from './context';

/** Milliseconds that a reply may stand still before the server is asked what became of it; and after Cancel. */
const QUIET = 10_000;
const SOON = 1_000;

/** Follows the reply that is streaming in the open notebook, so that Cancel knows which turn it stops. */
export class Following {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  /** Show what the document is asking; true when a turn has ended since the last look. */
  follow(document: INotebookDocument): boolean {
    const { store, trans } = this.#context;
    const { records } = document;
    const before = this.#known.get(document);
    const known = new Set(records.filter(r => r.status !== 'streaming').map(r => r.turn));
    this.#known.set(document, known);
    const streaming = records.find(r => r.status === 'streaming') ?? null;
    const now = store.value.asking;
    if (streaming && now?.turn !== streaming.turn) {
      const since = this.#since.get(streaming.turn) ?? Date.now();
      this.#since.set(streaming.turn, since);
      store.update({
        asking: { turn: streaming.turn, since },
        announcement: trans.__('Asking %1', streaming.model)
      });
    } else if (!streaming && now) {
      const last = records.find(r => r.turn === now.turn);
      store.update({
        asking: null,
        announcement: last?.status === 'complete' ? trans.__('The reply is complete') : trans.__('Stopped')
      });
    }
    if (streaming !== this.#streaming) {
      this.#streaming = streaming;
      // A notebook that is opened with a reply under way was saved, or left, in the middle of it; or a colleague asks.
      this.#later(document, before ? QUIET : SOON);
    }
    return !!before && [...known].some(turn => !before.has(turn));
  }

  /** Another notebook is looked at: what this one is asking goes on and is not said to have stopped. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#streaming = null;
    this.#context.store.update({ asking: null });
  }

  /** It has been cancelled: if nobody writes its end, the server says it. */
  soon(): void {
    const document = this.#context.notebooks.current;
    if (document) {
      this.#cancelled = this.#streaming?.turn ?? null;
      this.#later(document, SOON);
    }
  }

  #later(document: INotebookDocument, milliseconds: number): void {
    clearTimeout(this.#timer);
    const streaming = this.#streaming;
    if (streaming) {
      this.#timer = setTimeout(() => void this.#ask(document, streaming), milliseconds);
    }
  }

  /**
   * A reply that stands still may have lost who wrote it: its kernel was killed, its page was left. The journal has what
   * became of it, unless it is still being asked. What this person did not ask a colleague may be asking, in a page that
   * writes it.
   */
  async #ask(document: INotebookDocument, streaming: TurnRecord): Promise<void> {
    const { client, store, trans } = this.#context;
    const notebook = store.value.inForce?.notebook;
    if (!notebook) {
      return this.#later(document, SOON);
    }
    const lost: TurnRecord = { ...streaming, status: 'incomplete', note: '' };
    let became: TurnRecord | null = null;
    try {
      const { turn } = await client.call<Found>('turn', { turn: streaming.turn });
      // What was asked in another notebook is not told in this one, whatever its output claims.
      became = turn && (turn.notebook === notebook ? ended(streaming, turn) : lost);
    } catch (error) {
      const unknown = problemOf(error).code === 'not_found';
      became = unknown && document.present.length === 0 ? lost : null;
      if (unknown && !became && this.#cancelled === streaming.turn) {
        tell(store, trans.__('Somebody else is asking this: only they can stop it.'));
      }
      this.#cancelled = null;
    }
    if (this.#streaming !== streaming || document.isDisposed) {
      return;
    }
    if (became) {
      for (const { cell } of document.cells.filter(c => c.turn === streaming.turn)) {
        document.output(cell, became);
      }
    } else {
      this.#later(document, QUIET);
    }
  }

  /** The turns that each document is known to show. */
  readonly #known = new WeakMap<INotebookDocument, ReadonlySet<string>>();
  /** When each turn was first seen to be asked. */
  readonly #since = new Map<string, number>();
  #streaming: TurnRecord | null = null;
  #cancelled: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
}

/** A record as its turn ended. */
function ended(record: TurnRecord, turn: Turn): TurnRecord {
  const { reply, status, cost } = turn;
  return { ...record, reply, status, cost, seconds: Math.round(turn.timings.total) / 1000, note: '' };
}
