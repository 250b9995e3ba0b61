import { BASE, IN_FORCE, SELECTION, served } from '../../tests/jest/served';
import type { Annotation } from '../contract';
import { ulid } from './ids';

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
      source: '',
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
    expect(reconst.store.value.preview!.ratified).toBe(article);
    expect(reconst.store.value.notice!.action!.label).toBe('Undo');
  });

  it('says so when a ratified change is not in force', async () => {
    const { reconst } = served({
      ...BASE,
      preview: ({ id, amendment }: never) => ({ id, amendment, status: 'done', rows: [] }),
      watch: () => [],
      ratify: () => ({ id: ulid(), article: null, writes: {}, removes: [], digest: 'other' })
    });
    const draft = {
      title: 't',
      when: 'w',
      then: 'n',
      why: '',
      source: '',
      kind: 'process' as const,
      always: true,
      enabled: true
    };
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
    document.placedChanged.emit();
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
