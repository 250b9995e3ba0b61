import type { Change, Formalized, FormalizeEvent, FormalSentence, Target } from '../contract';
import type { IArgument, IArguing, INotebookDocument, ISelection } from '../tokens';
import { IContext, complain, notebookOf, opened, problemOf, tell } from './context';

const ROOM = 'reconst:argument:';

/** Checks an argument: the model drafts, the prover judges, the person edits. Nothing is in force by any of it. */
export class Arguing implements IArguing {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
  }

  async open({ target, reading }: ISelection): Promise<void> {
    const document = opened(this.#context);
    if (!document) {
      return;
    }
    this.#abort.abort();
    const quote = target.selector.find(s => s.type === 'TextQuoteSelector');
    const passage = (quote && 'exact' in quote && quote.exact) || reading;
    const kept = this.#context.drafts.get(this.#key(passage));
    const found = kept ? (JSON.parse(kept) as Formalized) : null;
    const argument = { path: document.path, target, passage, found, since: null, judging: false, problem: null };
    this.#context.store.update({ argument });
    if (!found) {
      await this.again();
    }
  }

  again(): Promise<void> {
    return this.#formalize({ weigh: true });
  }

  goOn(): Promise<void> {
    return this.#formalize({ anyway: true });
  }

  stop(): void {
    this.#abort.abort();
    this.#take({ since: null });
    this.#context.store.update({ announcement: this.#context.trans.__('Stopped') });
  }

  edit(at: number, words: { said?: string; formal?: string }): void {
    const found = this.#found;
    if (found) {
      const [premises, claim] = each(found, (one, place) =>
        place === at ? { ...one, ...words, doubt: words.formal === undefined ? one.doubt : '' } : one
      );
      this.#abort.abort();
      this.#take({ found: { ...found, premises, claim, verdict: null }, since: null, problem: null });
    }
  }

  async judge(): Promise<void> {
    await this.#begun(async signal => {
      const before = this.#found!;
      const answer = await this.#context.client.call<Formalized>('verify', { argument: written(before) });
      const rows = [...before.premises, before.claim];
      const [premises, claim] = each(answer, (one, at) => ({ ...one, doubt: rows[at]!.doubt }));
      const { symbols, frame, verdict, missing } = answer;
      if (!signal.aborted) {
        this.#ended({ ...before, symbols, premises, claim, frame, verdict, missing });
      }
    }, true);
  }

  show(at: number): void {
    const { passage, target } = this.#argument!;
    const { premises, claim } = this.#found!;
    const source = [...premises, claim][at]?.source;
    if (source) {
      this.#document()?.show(within(target, passage, source));
    }
  }

  get pinned(): string | null {
    const key = this.#pin();
    return key && (this.#document(true)!.metadata[key] as { says: string }).says;
  }

  async pin(): Promise<void> {
    const { client, id, recorded, store, trans } = this.#context;
    const document = this.#document();
    if (!document) {
      return;
    }
    const known = this.#pin();
    if (known) {
      const had = document.metadata[known];
      document.write({}, [known]);
      const undo = (): void => document.write({ [known]: had });
      tell(store, trans.__('It is no case any more.'), { label: trans.__('Undo'), run: undo });
      return;
    }
    const { path, passage, target } = this.#argument!;
    const request = { id: id(), path, passage, turn: target.turn, argument: written(this.#found!) };
    try {
      document.write((await client.call<Change>('pin', request)).writes);
      recorded();
      tell(store, trans.__('Kept as a case: each check judges it again.'));
    } catch (error) {
      complain(store, error);
    }
  }

  get #argument(): IArgument | null {
    return this.#context.store.value.argument;
  }

  get #found(): Formalized | null {
    return this.#argument?.found ?? null;
  }

  /** The notebook of the passage, where it is the one that is open; otherwise it is said, unless `quiet`. */
  #document(quiet = false): INotebookDocument | null {
    const { notebooks, store, trans } = this.#context;
    const { path } = this.#argument ?? { path: '' };
    if (notebooks.current?.path === path) {
      return notebooks.current;
    }
    return quiet ? null : complain(store, { problem: { message: trans.__('Open %1 first.', path), remedy: '' } });
  }

  /** The key of the case that this argument is. */
  #pin(): string | null {
    const metadata = this.#document(true)?.metadata ?? {};
    const same = (key: string): boolean =>
      key.startsWith(ROOM) && (metadata[key] as { passage?: string }).passage === this.#argument?.passage;
    return Object.keys(metadata).find(same) ?? null;
  }

  #formalize(wanted: { weigh?: true; anyway?: true }): Promise<void> {
    return this.#begun(async signal => {
      const { path, passage } = this.#argument!;
      const request = { path, passage, ...wanted };
      for await (const event of this.#context.client.stream<FormalizeEvent>('formalize', request, signal)) {
        if (signal.aborted) {
          return;
        }
        if (event.type === 'failed') {
          this.#take({ problem: event.problem });
        } else {
          this.#ended(event);
        }
      }
    });
  }

  /** Do something that takes a while and can be stopped; what goes wrong stands beside the argument. */
  async #begun(act: (signal: AbortSignal) => Promise<void>, judging = false): Promise<void> {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#take({ since: Date.now(), judging, problem: null });
    let problem = null;
    try {
      await act(signal);
    } catch (error) {
      problem = problemOf(error);
    }
    if (!signal.aborted) {
      this.#take(problem ? { since: null, problem } : { since: null });
    }
  }

  #ended(found: Formalized): void {
    this.#take({ found });
    if (found.verdict) {
      this.#context.store.update({ announcement: found.verdict.says });
    }
  }

  /** Change what is on screen; what there is of it is kept as it is. */
  #take(patch: Partial<IArgument>): void {
    const { drafts, store } = this.#context;
    const argument = this.#argument && { ...this.#argument, ...patch };
    store.update({ argument });
    if (argument && patch.found?.claim) {
      drafts.set(this.#key(argument.passage), JSON.stringify(patch.found));
    }
  }

  #key(passage: string): string {
    return `argument:${JSON.stringify(notebookOf(this.#context))}:${passage}`;
  }

  #abort = new AbortController();
}

/** The premises and the claim, each put through a change. */
function each(
  { premises, claim }: Formalized,
  change: (one: FormalSentence, at: number) => FormalSentence
): [FormalSentence[], FormalSentence | null] {
  return [premises.map(change), claim && change(claim, premises.length)];
}

function written({ symbols, premises, claim, frame }: Formalized): object {
  return { symbols, premises, claim, frame };
}

/** Where some words of a passage lie. Their offsets are code points of the passage. */
function within(target: Target, passage: string, source: { quote: string; start: number; end: number }): Target {
  const points = Array.from(passage);
  const { quote, start, end } = source;
  const [prefix, suffix] = [points.slice(Math.max(0, start - 64), start), points.slice(end, end + 64)];
  return {
    ...target,
    part: 'words',
    occurrence: 0,
    selector: target.selector.map(s =>
      s.type === 'TextQuoteSelector'
        ? { ...s, exact: quote, prefix: prefix.join('') || s.prefix, suffix: suffix.join('') || s.suffix }
        : { ...s, start: s.start + start, end: s.start + end }
    ) as Target['selector']
  };
}
