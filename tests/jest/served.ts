/** The service over a fake notebook and a client that answers from a table. */
import { Signal } from '@lumino/signaling';

import { Store } from '../../src/model/store';
import type { Annotation, InForce, TurnRecord } from '../../src/contract';
import type { INotebookDocument, INotebooks, IPresent, ISelection } from '../../src/tokens';
import { IClient } from '../../src/service/context';
import { Reconst } from '../../src/service/reconst';
import { ulid } from '../../src/service/ids';

export const TARGET = {
  type: 'SpecificResource' as const,
  cell: 'c1',
  output: 0,
  part: 'words' as const,
  occurrence: 0,
  turn: null,
  selector: [{ type: 'TextQuoteSelector' as const, exact: 'a brilliant question', prefix: '', suffix: '' }]
};
export const SELECTION: ISelection = {
  target: TARGET,
  reading: 'What a brilliant question',
  label: 'Cell 1',
  box: () => null
};
export const IN_FORCE = {
  notebook: ulid(),
  digest: 'd0',
  identify: true,
  constitution: { preamble: '', articles: [], scopes: {}, beneath: [], outer: '' },
  around: [],
  unknown: []
} as unknown as InForce;

export class FakeDocument {
  constructor(public records: TurnRecord[] = []) {}

  get carries(): boolean {
    return this.records.length + this.placed.length + Object.keys(this.metadata).length > 0;
  }

  path = 'a.ipynb';
  below: string | null = null;
  isDisposed = false;
  readonly disposed = new Signal<this, void>(this);
  dispose = () => {
    this.isDisposed = true;
    this.disposed.emit();
  };
  readonly changed = new Signal<this, void>(this);
  readonly placedChanged = new Signal<this, void>(this);
  readonly stranded = new Signal<this, unknown>(this);
  readonly clicked = new Signal<this, unknown>(this);
  readonly presentChanged = new Signal<this, void>(this);
  present: IPresent[] = [];
  readonly looks: (string | null)[] = [];
  look = (at: string | null) => void (at !== (this.looks.at(-1) ?? null) && this.looks.push(at));
  metadata: Record<string, unknown> = {};
  get cells() {
    return [{ cell: 'c1', turn: this.records[0]?.turn ?? null, label: '', source: '', output: '' }];
  }
  readonly attachable = [];
  readonly threads = [];
  readonly head = null;
  annotations: Annotation[] = [];
  get placed() {
    return this.annotations.map(annotation => ({ annotation, cell: 'c1', label: 'Cell 1', place: 'attached' }));
  }
  write = (writes: Record<string, unknown>, removes: readonly string[] = []) => {
    this.metadata = { ...this.metadata, ...writes };
    removes.forEach(key => delete this.metadata[key]);
  };
  annotate = (annotation: Annotation) =>
    this._hold([...this.annotations.filter(a => a.id !== annotation.id), annotation]);
  unannotate = (id: string) => this._hold(this.annotations.filter(a => a.id !== id));
  ask = jest.fn();
  askAgain = jest.fn();
  output = (_: string, record: TurnRecord) => {
    this.records = [...this.records.filter(r => r.turn !== record.turn), record];
    this.changed.emit();
  };
  settle = jest.fn();
  activate = jest.fn();
  reveal = jest.fn(() => null);
  focus = jest.fn();

  private _hold(annotations: Annotation[]) {
    const before = this.annotations;
    this.annotations = annotations;
    return { dispose: () => void (this.annotations = before) };
  }
}

const trans = {
  __: (text: string, ...parts: unknown[]) => parts.reduce<string>((t, p, i) => t.replace(`%${i + 1}`, String(p)), text),
  _n: (one: string, many: string, n: number) => (n === 1 ? one : many).replace('%1', String(n))
};

export type Answers = Record<string, (body: never, signal?: AbortSignal) => unknown>;

/** A service over a client that answers from a table; streams answer with lists, or as they come. */
export function served(answers: Answers, records: TurnRecord[] = []) {
  const calls: { verb: string; body: never }[] = [];
  const answer = (verb: string, body: object, signal?: AbortSignal): unknown => {
    calls.push({ verb, body: body as never });
    if (!answers[verb]) {
      throw new Error(`unexpected ${verb}`);
    }
    return answers[verb](body as never, signal);
  };
  const client: IClient = {
    call: async <T>(verb: string, body = {}) => (await answer(verb, body)) as T,
    text: async (verb, body) => String(await answer(verb, body)),
    async *stream<T>(verb: string, body: object, signal?: AbortSignal) {
      yield* answer(verb, body, signal) as AsyncIterable<T>;
    }
  };
  const document = new FakeDocument(records);
  const currentChanged = new Signal<INotebooks, INotebookDocument | null>({} as INotebooks);
  const notebooks = { current: document as unknown as INotebookDocument, currentChanged };
  /** Look at another notebook, a new one with these records in its outputs if it is none yet. */
  const turnTo = (to: FakeDocument | TurnRecord[]) => {
    notebooks.current = (Array.isArray(to) ? new FakeDocument(to) : to) as unknown as INotebookDocument;
    currentChanged.emit(notebooks.current);
  };
  const kept = new Map<string, string>();
  const drafts = {
    get: (k: string) => kept.get(k) ?? '',
    set: (k: string, text: string) => void kept.set(k, text),
    rename: (from: string, to: string) => {
      for (const [k, text] of [...kept].filter(([k]) => k.includes(JSON.stringify(from)))) {
        kept.delete(k);
        kept.set(k.replace(JSON.stringify(from), JSON.stringify(to)), text);
      }
    }
  };
  const given = { client, store: new Store(), notebooks: notebooks as unknown as INotebooks, drafts, trans, id: ulid };
  const reconst = new Reconst(given);
  return { reconst, calls, document: document as FakeDocument & INotebookDocument, kept, turnTo };
}

/** What every service asks for as soon as a notebook is open. */
export const BASE: Answers = { sync: () => IN_FORCE, previews: () => ({ previews: [] }) };
