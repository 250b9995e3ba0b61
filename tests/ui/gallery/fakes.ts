/** A store and a service that only remember: the gallery draws states, it changes nothing. */
import { Signal } from '@lumino/signaling';

import type { INotebooks, INotebookDocument, IReconst, ISelection, IState, IStore } from '../../../src/tokens';

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
  const calls: unknown[][] = [];
  const reconst = new Proxy({ store } as unknown as IReconst, {
    get: (_, name) =>
      name === 'store'
        ? store
        : (...given: unknown[]) => {
            calls.push([name, ...given]);
            return Promise.resolve(answers[name as string] ?? null);
          }
  });
  return { reconst, store, calls };
}

export class FakeNotebooks implements INotebooks {
  constructor(public current: INotebookDocument | null = null) {}

  readonly currentChanged: Signal<INotebooks, INotebookDocument | null> = new Signal(this);
  readonly selected: Signal<INotebooks, ISelection | null> = new Signal(this);

  readonly caret = null;

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
  acceptance: () => undefined,
  connect: () => undefined,
  travels: () => undefined,
  settings: () => undefined
};
