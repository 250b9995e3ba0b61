import { adding, article, court, keyOf, previewOf, row } from '../../tests/jest/court';
import { FakeDocument, SELECTION, served } from '../../tests/jest/served';
import type { Answers } from '../../tests/jest/served';
import type { Annotation, Preview, Tried } from '../contract';
import { ulid } from './ids';

const tick = () => new Promise(resolve => setTimeout(resolve));

const about: Annotation = {
  '@context': 'http://www.w3.org/ns/anno.jsonld',
  type: 'Annotation',
  id: ulid(),
  motivation: 'editing',
  body: [{ type: 'TextualBody', purpose: 'editing', value: 'Open with the answer.', source: null }],
  target: SELECTION.target,
  created: '2026-01-01T00:00:00Z',
  modified: null,
  creator: { type: 'Person', name: '' }
};

const tried = (patch: Partial<Preview> = {}, more: Partial<Tried> = {}): Tried => ({
  preview: previewOf(adding(), patch),
  annotations: [about],
  prompts: ['Mine?'],
  turns: [],
  without: [],
  ratified: false,
  ...more
});

/** A service in front of a court that has recorded these previews. */
async function standing(previews: readonly Tried[] = [], more: Answers = {}) {
  const service = served({ ...court(previews).answers, ...more });
  await tick();
  const state = () => service.reconst.store.value.preview;
  const bodies = (verb: string) =>
    service.calls.filter(c => c.verb === verb).map(c => c.body as Record<string, unknown>);
  return { ...service, state, bodies };
}

describe('a preview that was left', () => {
  const marked = row('Why?', { mark: 'intended' });

  it('is shown again with its rows, marks, prompts and corrections, and nothing is asked', async () => {
    const found = tried();
    const { state, bodies } = await standing([found], {
      watch: () => [{ type: 'progress', preview: { ...found.preview, rows: [marked] } }]
    });
    expect(state()).toMatchObject({
      amendment: found.preview.amendment,
      annotations: [about],
      prompts: ['Mine?'],
      rows: [marked],
      wording: 1,
      busy: false
    });
    expect(bodies('preview')).toEqual([]);
  });

  it('comes back with its notebook', async () => {
    const found = tried();
    const { state, turnTo, document } = await standing([], {
      previews: ({ path }: { path: string }) => ({ previews: path === 'a.ipynb' ? [found] : [] }),
      watch: () => [{ type: 'progress', preview: { ...found.preview, rows: [marked] } }]
    });
    const other = new FakeDocument();
    other.path = 'b.ipynb';
    turnTo(other);
    await tick();
    expect(state()).toBeNull();
    turnTo(document);
    await tick();
    expect(state()!.rows).toEqual([marked]);
  });

  it('comes back with what was being written beside it', async () => {
    const found = tried();
    const first = await standing([found]);
    first.reconst.previewing.edit({ ...first.state()!.draft, then: 'half a sent' });
    expect(first.state()!.draft.then).toBe('half a sent');
    expect(first.state()!.amendment.draft!.then).toBe('no praise');
    first.turnTo(first.document);
    await tick();
    expect(first.state()!.draft.then).toBe('half a sent');
    expect(first.state()!.amendment.draft!.then).toBe('no praise');
  });

  it('is the newest one that is not law, and counts its wordings', async () => {
    const amendment = adding();
    const reworded = { ...amendment, draft: { ...amendment.draft!, then: 'none' } };
    const second = tried({ amendment: reworded });
    const { state } = await standing([tried({}, { ratified: true }), second, tried({ amendment })]);
    expect(state()).toMatchObject({ preview: { id: second.preview.id }, wording: 2 });
  });

  it('stays away once its correction has a rule, its article was changed, or a week has passed', async () => {
    const words = [{ annotation: about.id, cell: null, quote: '', correction: '' }];
    const rule = article();
    const settled = article({ provenance: { ...rule.provenance, words } });
    const stale = adding({}, { action: 'revise', article: settled.id, base: ulid() });
    const created = new Date(Date.now() - 8 * 24 * 3600 * 1000).toISOString();
    const { state, document, turnTo } = await standing([
      tried(),
      tried({ amendment: stale }, { annotations: [] }),
      tried({ created }, { annotations: [] })
    ]);
    const again = new FakeDocument();
    again.write({ [keyOf(settled)]: settled });
    turnTo(again);
    await tick();
    expect(state()).toBeNull();
    turnTo(document);
    await tick();
    expect(state()!.annotations).toEqual([about]);
  });

  it('can be set aside for good, and brought back', async () => {
    const found = tried();
    const { reconst, state, turnTo, document } = await standing([found]);
    await reconst.previewing.setAside();
    turnTo(document);
    await tick();
    expect(state()).toBeNull();
    reconst.store.value.notice!.action!.run();
    await tick();
    expect(state()!.preview!.id).toBe(found.preview.id);
    await reconst.previewing.setAside();
    await reconst.preview(found.preview.amendment);
    turnTo(document);
    await tick();
    expect(state()!.amendment).toEqual(found.preview.amendment);
  });

  it('can be opened again from the history, in the place of the one on screen', async () => {
    const [newest, older] = [tried({}, { annotations: [] }), tried({ status: 'done' })];
    const { reconst, state, bodies, turnTo, document } = await standing([newest, older], {
      watch: ({ preview }: { preview: string }) => [
        {
          type: 'progress',
          preview: preview === older.preview.id ? { ...older.preview, rows: [marked] } : newest.preview
        }
      ]
    });
    await reconst.previewing.setAside();
    await reconst.previewing.open(newest);
    await reconst.previewing.open(older);
    expect(state()).toMatchObject({ preview: { id: older.preview.id }, rows: [marked], annotations: [about] });
    expect(bodies('preview')).toEqual([]);
    turnTo(document);
    await tick();
    expect(state()!.preview!.id).toBe(newest.preview.id);
  });

  it('says so where the article that it was about is gone', async () => {
    const { reconst, state } = await standing();
    await reconst.previewing.open(tried({ amendment: adding({}, { action: 'repeal', article: ulid(), draft: null }) }));
    expect(state()).toBeNull();
    expect(reconst.store.value.notice!.text).toBe('The article that it was about is gone.');
  });

  it('goes on only when the person says so', async () => {
    const found = tried({ status: 'interrupted' });
    const progress = { type: 'progress', preview: { ...found.preview, rows: [marked] } };
    let going = false;
    const { reconst, state, bodies } = await standing([found], {
      preview: () => {
        going = true;
        return { ...found.preview, status: 'running' };
      },
      watch: () => (going ? [{ type: 'progress', preview: { ...found.preview, status: 'done' } }] : [progress])
    });
    expect(state()).toMatchObject({ preview: { status: 'interrupted' }, rows: [marked], busy: false });
    expect(bodies('preview')).toEqual([]);
    await reconst.previewing.goOn();
    expect(bodies('preview')).toMatchObject([{ id: found.preview.id, annotations: [about], prompts: ['Mine?'] }]);
    expect(state()).toMatchObject({ preview: { status: 'done' }, rows: [marked], busy: false });
  });

  it('is ended where it is when the person leaves it', async () => {
    const found = tried({ status: 'interrupted' });
    let stopped = false;
    const { reconst, state, bodies } = await standing([found], {
      stop: () => (stopped = true),
      watch: () => [{ type: 'progress', preview: { ...found.preview, status: stopped ? 'stopped' : 'interrupted' } }]
    });
    await reconst.previewing.stop();
    expect(bodies('stop')).toEqual([{ id: found.preview.id }]);
    expect(state()!.preview!.status).toBe('stopped');
    expect(bodies('preview')).toEqual([]);
  });
});

describe('runs', () => {
  it('a new one stops the one before it, and its rows are its own', async () => {
    const answers: (() => void)[] = [];
    const rows = [row('first'), row('second')];
    const { reconst, state, bodies } = await standing([], {
      preview: async ({ id, amendment }: never) => {
        await new Promise<void>(resolve => answers.push(resolve));
        return previewOf(amendment, { id, status: 'running' });
      },
      watch: ({ preview }: { preview: string }) => {
        const at = bodies('preview').findIndex(b => b.id === preview);
        return [{ type: 'row', row: rows[at] }];
      }
    });
    const first = reconst.preview(adding());
    await tick();
    const second = reconst.preview(adding({ then: 'none' }));
    await tick();
    const [early, late] = bodies('preview').map(b => b.id);
    answers[1]();
    await second;
    expect(state()!.rows).toEqual([rows[1]]);
    answers[0]();
    await first;
    expect(state()).toMatchObject({ preview: { id: late }, rows: [rows[1]], draft: { then: 'none' } });
    expect(bodies('stop')).toEqual([{ id: early }]);
  });

  it('starting another amendment ends the one that goes on', async () => {
    const { reconst, bodies } = await standing();
    await reconst.preview(adding());
    await reconst.preview(adding());
    expect(bodies('stop')).toEqual([{ id: bodies('preview')[0].id }]);
  });

  it('one that is left for another notebook goes on', async () => {
    let answer = () => undefined as void;
    const { reconst, bodies, turnTo } = await standing([], {
      preview: async ({ id, amendment }: never) => {
        await new Promise<void>(resolve => (answer = resolve));
        return previewOf(amendment, { id, status: 'running' });
      }
    });
    const running = reconst.preview(adding());
    await tick();
    turnTo([]);
    answer();
    await running;
    expect(bodies('stop')).toEqual([]);
    expect(reconst.store.value.preview).toBeNull();
  });

  it('says how long no call has brought a word', async () => {
    const seen: unknown[] = [];
    const { reconst, state } = await standing([], {
      async *watch() {
        yield { type: 'waiting', slot: 0, seconds: 12, still: false };
        seen.push(state()!.waiting);
        yield { type: 'row', row: row('Why?') };
        seen.push(state()!.waiting);
        yield { type: 'waiting', slot: 0, seconds: 65, still: true };
        seen.push(state()!.waiting);
      }
    });
    await reconst.preview(adding());
    expect(seen).toEqual([{ seconds: 12, still: false }, null, { seconds: 65, still: true }]);
    expect(state()!.waiting).toBeNull();
  });

  it('another article’s impact has nothing to do with the open card', async () => {
    const { reconst, state, bodies } = await standing([], { correct: () => [] });
    await reconst.highlight(SELECTION);
    await reconst.preview(adding());
    expect(state()!.annotations).toEqual([]);
    expect(bodies('preview')).toMatchObject([{ annotations: [] }]);
  });

  it('can be kept as a page, with the wording that was tried', async () => {
    const found = tried({ status: 'done' });
    const { reconst, bodies } = await standing([found], { print: () => '<!doctype html>' });
    expect(await reconst.previewing.print('Article 2')).toBe('<!doctype html>');
    const { id, amendment } = found.preview;
    expect(bodies('print')).toEqual([{ preview: id, name: 'Article 2', draft: amendment.draft }]);
  });

  it('the history looks again once one has ended', async () => {
    const { reconst, bodies } = await standing([], { history: () => ({ events: [], more: false }) });
    reconst.store.update({ tab: 'history' });
    await reconst.preview(adding());
    await tick();
    expect(bodies('history')).toHaveLength(1);
  });

  it('asking again with what is law is the last step, if it was asked', async () => {
    const found = tried({ status: 'done' });
    const { reconst, state, document } = await standing([found]);
    await reconst.ratify('');
    const askAgain = document.askAgain as jest.Mock;
    askAgain.mockRejectedValueOnce(new Error('no kernel'));
    await reconst.askAgain(about);
    expect(state()!.asked).toBe(false);
    askAgain.mockResolvedValueOnce({ cell: 'c1', ran: true, prompt: '', options: {} });
    await reconst.askAgain(about);
    expect(state()!.asked).toBe(true);
  });
});
