import { Signal } from '@lumino/signaling';

import { Store } from '../model/store';
import type { Annotation, InForce } from '../contract';
import type { INotebookDocument, INotebooks, ISelection } from '../tokens';
import { IClient } from './context';
import { Reconst } from './reconst';
import { ulid } from './ids';

const TARGET = {
  type: 'SpecificResource' as const,
  cell: 'c1',
  output: 0,
  part: 'words' as const,
  occurrence: 0,
  turn: null,
  selector: [{ type: 'TextQuoteSelector' as const, exact: 'a brilliant question', prefix: '', suffix: '' }]
};
const SELECTION: ISelection = {
  target: TARGET,
  reading: 'What a brilliant question',
  label: 'Cell 1',
  box: () => null
};
const IN_FORCE = {
  notebook: ulid(),
  digest: 'd0',
  identify: true,
  constitution: { preamble: '', articles: [] },
  unknown: []
} as unknown as InForce;

class FakeDocument {
  readonly path = 'a.ipynb';
  readonly changed = new Signal<this, void>(this);
  readonly placedChanged = new Signal<this, void>(this);
  readonly stranded = new Signal<this, unknown>(this);
  readonly clicked = new Signal<this, unknown>(this);
  metadata: Record<string, unknown> = {};
  readonly cells = [];
  readonly records: unknown[] = [];
  readonly attachable = [];
  readonly head = null;
  annotations: Annotation[] = [];
  get placed() {
    return this.annotations.map(annotation => ({ annotation, cell: 'c1', label: 'Cell 1', place: 'attached' }));
  }
  write = (writes: Record<string, unknown>) => {
    this.metadata = { ...this.metadata, ...writes };
  };
  annotate = (annotation: Annotation) => {
    this.annotations.push(annotation);
  };
  unannotate = (id: string) => {
    this.annotations = this.annotations.filter(a => a.id !== id);
    return { dispose: () => undefined };
  };
  settle = jest.fn();
  activate = jest.fn();
  reveal = jest.fn(() => null);
  focus = jest.fn();
}

const trans = {
  __: (text: string, ...parts: unknown[]) => parts.reduce<string>((t, p, i) => t.replace(`%${i + 1}`, String(p)), text),
  _n: (one: string, many: string, n: number) => (n === 1 ? one : many).replace('%1', String(n))
};

type Answers = Record<string, (body: never) => unknown>;

/** A service over a client that answers from a table; streams answer with lists. */
function served(answers: Answers) {
  const calls: { verb: string; body: never }[] = [];
  const answer = (verb: string, body: object): unknown => {
    calls.push({ verb, body: body as never });
    if (!answers[verb]) {
      throw new Error(`unexpected ${verb}`);
    }
    return answers[verb](body as never);
  };
  const client: IClient = {
    call: async <T>(verb: string, body = {}) => answer(verb, body) as T,
    async *stream<T>(verb: string, body: object) {
      yield* answer(verb, body) as T[];
    }
  };
  const document = new FakeDocument();
  const notebooks = { current: document, currentChanged: new Signal({} as INotebooks) } as unknown as INotebooks;
  const kept = new Map<string, string>();
  const drafts = { get: (k: string) => kept.get(k) ?? '', set: (k: string, text: string) => void kept.set(k, text) };
  const reconst = new Reconst({ client, store: new Store(), notebooks, drafts, trans, id: ulid });
  return { reconst, calls, document: document as FakeDocument & INotebookDocument, kept };
}

const BASE: Answers = { sync: () => IN_FORCE, previews: () => ({ previews: [] }) };
const ROWS = [
  { type: 'slot', slot: 0, source: { by: 'library', name: 'flattery' }, failure: 'flattery' },
  {
    type: 'candidate',
    slot: 0,
    text: 'Open with the answer.',
    source: { by: 'library', name: 'flattery' },
    failure: 'flattery',
    why: 'Praise says nothing.'
  },
  { type: 'slot', slot: 1, source: { by: 'model', name: 'm' }, failure: '' },
  { type: 'text', slot: 1, text: 'Half a' },
  { type: 'failed', slot: 1, problem: { code: 'model_incomplete', message: 'Cut off.', remedy: 'Try again.' } },
  { type: 'finished', cost: 0.001 }
];

describe('the service', () => {
  it('opens a card, lets only ready candidates be picked, and saves after the server has', async () => {
    const { reconst, calls, document } = served({
      ...BASE,
      correct: () => ROWS,
      highlight: ({ annotation }: { annotation: Annotation }) => annotation
    });
    await reconst.highlight(SELECTION);
    const { candidates } = reconst.store.value.card!;
    expect(candidates.map(c => c.status)).toEqual(['ready', 'failed']);
    reconst.pick(1);
    expect(reconst.store.value.card!.picked).toBeNull();
    expect(await reconst.saveCorrection()).toBe(false);
    reconst.pick(0);
    expect(await reconst.saveCorrection()).toBe(true);
    expect(document.annotations[0].body.map(b => [b.purpose, b.value])).toEqual([
      ['editing', 'Open with the answer.'],
      ['describing', 'Praise says nothing.']
    ]);
    expect(calls.filter(c => c.verb === 'highlight')).toHaveLength(1);
  });

  it('keeps what was typed when saving fails, and when the card is closed', async () => {
    const { reconst, document } = served({
      ...BASE,
      correct: () => [],
      highlight: () => {
        throw Object.assign(new Error(), { problem: { code: 'store_full', message: 'Full.', remedy: 'Free space.' } });
      }
    });
    await reconst.highlight(SELECTION);
    reconst.write('my own words');
    expect(await reconst.saveCorrection()).toBe(false);
    expect(reconst.store.value.card!.own).toBe('my own words');
    expect(reconst.store.value.card!.problem!.code).toBe('store_full');
    expect(document.annotations).toHaveLength(0);
    reconst.closeCard();
    await reconst.highlight(SELECTION);
    expect(reconst.store.value.card!.own).toBe('my own words');
  });

  it('ratifies by writing the change and asking the server to confirm', async () => {
    let digest = 'd0';
    const article = { id: ulid(), revision: ulid(), title: 'No praise' };
    const { reconst, document } = served({
      ...BASE,
      sync: () => ({ ...IN_FORCE, digest }),
      preview: ({ id, amendment }: never) => ({ id, amendment, status: 'done', rows: [] }),
      watch: () => [],
      ratify: () => {
        digest = 'd1';
        return { id: ulid(), article, writes: { 'reconst:article:x': article }, removes: [], digest: 'd1' };
      }
    });
    const draft = {
      title: 'No praise',
      when: 'always',
      then: 'no praise',
      why: '',
      kind: 'process' as const,
      always: true,
      enabled: true
    };
    const amendment = {
      id: ulid(),
      action: 'add' as const,
      article: null,
      base: null,
      draft,
      order: null,
      reach: 'kind' as const,
      source: { by: 'person' as const, name: '' },
      annotations: [],
      note: ''
    };
    await reconst.preview(amendment);
    expect(await reconst.ratify('')).toBe(true);
    expect(document.metadata).toHaveProperty(['reconst:article:x']);
    expect(reconst.store.value.preview!.ratified).toBe(article.id);
    expect(reconst.store.value.notice!.action!.label).toBe('Undo');
  });

  it('says so when a ratified change is not in force', async () => {
    const { reconst } = served({
      ...BASE,
      preview: ({ id, amendment }: never) => ({ id, amendment, status: 'done', rows: [] }),
      watch: () => [],
      ratify: () => ({ id: ulid(), article: null, writes: {}, removes: [], digest: 'other' })
    });
    const draft = { title: 't', when: 'w', then: 'n', why: '', kind: 'process' as const, always: true, enabled: true };
    await reconst.preview({
      id: ulid(),
      action: 'add',
      article: null,
      base: null,
      draft,
      order: null,
      reach: 'kind',
      source: { by: 'person', name: '' },
      annotations: [],
      note: ''
    });
    await reconst.ratify('');
    expect(reconst.store.value.notice!.kind).toBe('problem');
  });

  it('writes the identity only once the notebook carries something', async () => {
    const { reconst, document } = served({
      ...BASE,
      correct: () => [],
      highlight: ({ annotation }: { annotation: Annotation }) => annotation
    });
    await new Promise(resolve => setTimeout(resolve));
    expect(document.metadata).toEqual({});
    await reconst.keep(SELECTION);
    document.changed.emit();
    await reconst.travels();
    expect(document.metadata.reconst).toMatchObject({ version: 1, id: IN_FORCE.notebook });
  });

  it('shows a missing server part as a state, not as an error', async () => {
    const { reconst } = served({
      ...BASE,
      status: () => {
        throw Object.assign(new Error(), { problem: { code: 'server_part_missing', message: '', remedy: '' } });
      }
    });
    await reconst.refresh();
    expect(reconst.store.value.connection).toBe('missing');
  });
});
