import type { Change, Formalized, FormalizeEvent, FormalSentence, Target } from '../contract';
import type { IArgument, IArguing, ISelection } from '../tokens';
import { IContext, complain, notebookOf, opened, problemOf, tell } from './context';

/** Checks an argument: the model drafts, the prover judges, the person edits. Nothing is in force by any of it. */
export class Arguing implements IArguing {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  async open({ target, reading }: ISelection, weigh: boolean): Promise<void> {
    if (opened(this.#context)) {
      this.#abort.abort();
      const passage = quoteIn(target) || reading;
      const kept = this.#context.drafts.get(this.#key(passage));
      const found = kept ? (JSON.parse(kept) as Formalized) : null;
      this.#context.store.update({ argument: { target, passage, found, since: null, problem: null } });
      if (!found && weigh) {
        await this.weigh();
      }
    }
  }

  weigh = (): Promise<void> => this.#formalize({ weigh: true });

  formalize = (): Promise<void> => this.#formalize({ anyway: true });

  stop = (): void => {
    this.#abort.abort();
    this.#take({ since: null });
  };

  edit(at: number, words: { said?: string; formal?: string }): void {
    this.stop();
    const { found } = this.#argument;
    const rows = rowsOf(found!).map((row, place) =>
      place === at ? { ...row, ...words, doubt: words.formal === undefined ? row.doubt : '' } : row
    );
    this.#take({ found: { ...found!, ...split(rows), verdict: null }, problem: null });
  }

  judge = (): Promise<void> =>
    this.#begun(async signal => {
      const before = this.#argument.found!;
      const doubts = rowsOf(before).map(row => row.doubt);
      const answer = await this.#context.client.call<Formalized>('verify', { argument: written(before) });
      const { symbols, frame, verdict, told } = answer;
      if (!signal.aborted) {
        const rows = rowsOf(answer).map((row, at) => ({ ...row, doubt: doubts[at] }));
        this.#take({ found: { ...before, ...split(rows), symbols, frame, verdict, told } });
      }
    });

  show(at: number): void {
    const { target, found } = this.#argument;
    const source = rowsOf(found!)[at].source;
    if (source) {
      const { quote, start, end } = source;
      // The place says which of several copies it is.
      const selector = target.selector.map(s =>
        s.type === 'TextQuoteSelector'
          ? { ...s, exact: quote, prefix: '', suffix: '' }
          : { ...s, start: s.start + start, end: s.start + end }
      ) as Target['selector'];
      this.#context.notebooks.current?.show({ ...target, part: 'words', occurrence: 0, selector });
    }
  }

  get pinned(): string | null {
    const key = this.#pin();
    return key && (this.#metadata[key] as { says: string }).says;
  }

  pin = async (): Promise<void> => {
    const { client, id, notebooks, store, trans } = this.#context;
    const { passage, target, found } = this.#argument;
    const document = notebooks.current!;
    const known = this.#pin();
    if (known) {
      return document.write({}, [known]);
    }
    const { path } = document;
    try {
      const request = { id: id(), path, passage, turn: target.turn, argument: written(found!) };
      document.write((await client.call<Change>('pin', request)).writes);
      tell(store, trans.__('Kept as a case: each check judges it again.'));
    } catch (error) {
      complain(store, error);
    }
  };

  get #argument(): IArgument {
    return this.#context.store.value.argument!;
  }

  get #metadata(): Record<string, unknown> {
    return this.#context.notebooks.current?.metadata ?? {};
  }

  /** The key of the case that this argument is. */
  #pin(): string | null {
    const { passage } = this.#argument;
    const same = ([key, value]: [string, unknown]): boolean =>
      key.startsWith('reconst:argument:') && (value as { passage?: string } | null)?.passage === passage;
    return Object.entries(this.#metadata).find(same)?.[0] ?? null;
  }

  #formalize(wanted: { weigh?: true; anyway?: true }): Promise<void> {
    return this.#begun(async signal => {
      const { path } = this.#context.notebooks.current!;
      const request = { path, passage: this.#argument.passage, ...wanted };
      for await (const event of this.#context.client.stream<FormalizeEvent>('formalize', request, signal)) {
        if (signal.aborted) {
          return;
        }
        this.#take(event.type === 'failed' ? { problem: event.problem } : { found: event });
      }
    });
  }

  /** Do something that takes a while and can be stopped; what goes wrong stands beside the argument. */
  async #begun(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#take({ since: Date.now(), problem: null });
    try {
      await act(signal);
    } catch (error) {
      if (!signal.aborted) {
        this.#take({ problem: problemOf(error) });
      }
    }
    if (!signal.aborted) {
      this.#take({ since: null });
    }
  }

  /** Change what is on screen; what there is of it is kept as it is. */
  #take(patch: Partial<IArgument>): void {
    const { drafts, store } = this.#context;
    if (store.value.argument) {
      store.update({ argument: { ...store.value.argument, ...patch } });
      if (patch.found?.claim) {
        drafts.set(this.#key(this.#argument.passage), JSON.stringify(patch.found));
      }
    }
  }

  #key(passage: string): string {
    return `argument:${JSON.stringify(notebookOf(this.#context))}:${passage}`;
  }

  #abort = new AbortController();
}

/** The premises, then the claim. */
function rowsOf({ premises, claim }: Formalized): FormalSentence[] {
  return [...premises, claim!];
}

function split(rows: FormalSentence[]): Pick<Formalized, 'premises' | 'claim'> {
  return { premises: rows.slice(0, -1), claim: rows[rows.length - 1] };
}

function written({ symbols, premises, claim, frame }: Formalized): object {
  return { symbols, premises, claim, frame };
}

function quoteIn(target: Target): string {
  const quote = target.selector.find(s => s.type === 'TextQuoteSelector');
  return quote && 'exact' in quote ? quote.exact : '';
}
