import type { Annotation, InForce, Problem } from '../contract';
import type { ICard, INotebookDocument, INotebooks, IStore } from '../tokens';

/** Speaks to the server. Errors carry a `problem`. */
export interface IClient {
  call<T>(verb: string, body?: object): Promise<T>;
  /** A text to save. */
  text(verb: string, body: object): Promise<string>;
  stream<T>(verb: string, body: object, signal?: AbortSignal): AsyncGenerator<T>;
}

/** Keeps what was typed and not sent: for a week, or for good if it is lasting. */
export interface IDrafts {
  get(key: string): string;
  set(key: string, text: string, lasting?: boolean): void;
  /** A notebook has another name now: what is kept under a key that holds the old one goes with it. */
  rename(from: string, to: string): void;
}

/** Says things in the person's language; the host's translation bundle is one. */
export interface ITranslate {
  __(text: string, ...parts: unknown[]): string;
  _n(one: string, many: string, count: number, ...parts: unknown[]): string;
}

/** What every part of the service is given. */
export interface IContext {
  readonly client: IClient;
  readonly store: IStore;
  readonly notebooks: INotebooks;
  readonly drafts: IDrafts;
  readonly trans: ITranslate;
  /** A new ULID. */
  readonly id: () => string;
  /** Tell the server of the document that is open, or of this one; resolves with what is in force then. */
  readonly sync: (document?: INotebookDocument) => Promise<InForce | null>;
  /** Something was recorded: a list of what was done looks again. */
  readonly recorded: () => void;
}

/** The error as it is shown; unknown ones keep their message. */
export function problemOf(error: unknown): Problem {
  const problem = (error as { problem?: Problem } | null)?.problem;
  return (
    problem ?? {
      code: 'unexpected',
      message: error instanceof Error ? error.message : String(error),
      remedy: 'Your text is kept here. Try again.'
    }
  );
}

/** Show a problem as a notice. */
export function complain(store: IStore, error: unknown): null {
  const { code, message, remedy } = problemOf(error);
  if (code === 'server_part_missing') {
    store.update({ connection: 'missing' });
    return null;
  }
  store.update({ notice: { kind: 'problem', text: message, remedy, action: null }, announcement: message });
  return null;
}

/** Say that something was done, with one thing to press. */
export function tell(store: IStore, text: string, action: { label: string; run: () => void } | null = null): void {
  store.update({ notice: { kind: 'done', text, remedy: '', action }, announcement: text });
}

/** Change the card, if it is still open. */
export function patchCard(store: IStore, patch: Partial<ICard>): void {
  if (store.value.card) {
    store.update({ card: { ...store.value.card, ...patch } });
  }
}

/** The open notebook, or a notice that there is none. */
export function opened(context: IContext): INotebookDocument | null {
  const { notebooks, store, trans } = context;
  const [message, remedy] = [trans.__('No notebook is open.'), trans.__('Open a notebook, then try again.')];
  return notebooks.current ?? complain(store, { problem: { code: 'no_notebook', message, remedy } });
}

/** What drafts about the open notebook are kept under: its id, or its path until that is known. */
export function notebookOf({ notebooks, store }: Pick<IContext, 'notebooks' | 'store'>): string {
  return store.value.inForce?.notebook ?? notebooks.current?.path ?? '';
}

/** The words that an annotation quotes. */
export function quoteOf(annotation: Annotation): string {
  for (const selector of annotation.target.selector) {
    if (selector.type === 'TextQuoteSelector') {
      return selector.exact;
    }
  }
  return '';
}
