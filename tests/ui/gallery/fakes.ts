/** A store and a service that only remember: the gallery draws states, it changes nothing. */
import { Signal } from '@lumino/signaling';

import type { INotebooks, INotebookDocument, IReconst, ISelection, IState, IStore, IWiki } from '../../../src/tokens';

export class FakeStore implements IStore {
  constructor(public value: IState) {}

  readonly changed: Signal<IStore, IState> = new Signal(this);

  update(patch: Partial<IState>): void {
    this.value = { ...this.value, ...patch };
    this.changed.emit(this.value);
  }
}

/** Every act is written down in `calls`; `answers` says what some of them resolve with. */
export function fakeReconst(
  state: IState,
  answers: Record<string, unknown> = {}
): { reconst: IReconst; store: FakeStore; calls: unknown[][] } {
  const store = new FakeStore(state);
  const { wiki, calls } = fakeWiki(answers);
  const reconst: IReconst = new Proxy({ store, wiki, library: answers.library } as unknown as IReconst, {
    get: (had, name): unknown =>
      ['store', 'wiki', 'library', 'pinned'].includes(name as string)
        ? (had[name as 'wiki'] ?? null)
        : ['arguing', 'citing', 'clashing', 'drafted', 'previewing', 'sharing', 'telling', 'variants'].includes(
              name as string
            )
          ? reconst
          : (...given: unknown[]) => {
              calls.push([name, ...given]);
              return Promise.resolve(answers[name as string] ?? null);
            }
  });
  return { reconst, store, calls };
}

/** The wiki: what streams answers with a list. */
export function fakeWiki(answers: Record<string, unknown>): { wiki: IWiki; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const act =
    (verb: string) =>
    async (...given: unknown[]): Promise<unknown> => {
      calls.push([verb, ...given]);
      return answers[verb] ?? null;
    };
  async function* foresee(page: unknown, accept: unknown): AsyncGenerator<unknown, void, undefined> {
    calls.push(['foresee', page, accept]);
    yield* (answers.foresee ?? []) as unknown[];
  }
  const wiki = { browse: act('browse'), page: act('page'), lend: act('lend'), offer: act('offer'), foresee };
  return { wiki: wiki as unknown as IWiki, calls };
}

export class FakeNotebooks implements INotebooks {
  constructor(public current: INotebookDocument | null = null) {}

  readonly currentChanged: Signal<INotebooks, INotebookDocument | null> = new Signal(this);
  readonly selected: Signal<INotebooks, ISelection | null> = new Signal(this);

  readonly caret = null;

  async read(path: string): Promise<{ name: string; text: string }> {
    return { name: path, text: '' };
  }

  async openSample(): Promise<void> {
    return;
  }
}

export function fakeDocument(
  metadata: Record<string, unknown>,
  records: INotebookDocument['records'] = []
): INotebookDocument {
  return {
    metadata,
    records,
    focus: () => undefined,
    reveal: () => null,
    whole: () => null
  } as unknown as INotebookDocument;
}

export const noDrafts = { get: () => '', set: () => undefined };

export const noOpen = {
  sidebar: () => undefined,
  impact: () => undefined,
  article: () => undefined,
  argument: () => undefined,
  file: () => undefined,
  library: () => undefined,
  variants: () => undefined,
  acceptance: () => undefined,
  offer: () => undefined,
  compare: () => undefined,
  share: () => undefined,
  sent: () => undefined,
  references: () => undefined,
  report: () => undefined,
  ask: () => Promise.resolve(''),
  connect: () => undefined,
  travels: () => undefined,
  settings: () => undefined
};
