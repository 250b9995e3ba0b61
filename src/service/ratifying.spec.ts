import { adding, article, court, keyOf, lawOf, row } from '../../tests/jest/court';
import { FakeDocument, served } from '../../tests/jest/served';
import type { Answers } from '../../tests/jest/served';
import type { Article, Remembered } from '../contract';

const offline = () => {
  throw Object.assign(new Error(), { problem: { code: 'offline', message: 'No answer.', remedy: 'Try again.' } });
};
const NOTHING = { digest: 'd0', constitution: { preamble: '', articles: [] } };
const tick = () => new Promise(resolve => setTimeout(resolve));

/** A service in a notebook with these articles, in front of a court. */
async function standing(articles: readonly Article[] = [], more: Answers = {}) {
  const { answers } = court();
  const service = served({ ...answers, history: () => ({ events: [], more: false }), ...more });
  articles.forEach(a => service.document.write({ [keyOf(a)]: a }));
  service.document.changed.emit();
  await tick();
  const law = () => lawOf(service.document.metadata);
  const state = () => service.reconst.store.value;
  const undo = async () => {
    state().notice!.action!.run();
    await tick();
    await tick();
  };
  const count = (verb: string) => service.calls.filter(c => c.verb === verb).length;
  return { ...service, law, state, undo, count };
}

describe('ratifying', () => {
  it('ends when the server has confirmed the digest', async () => {
    const { reconst, law, state } = await standing();
    await reconst.preview(adding());
    expect(await reconst.ratify('')).toBe(true);
    expect(state().preview).toMatchObject({ ratified: law()[0], unconfirmed: false, busy: false });
    expect(state().notice!.action!.label).toBe('Undo');
  });

  it('is kept, and not called law, while the confirmation fails; asking once more ratifies nothing twice', async () => {
    let down = false;
    const { answers } = court();
    const { reconst, count, state, law } = await standing([], {
      sync: body => (down ? offline() : answers.sync(body)),
      ratify: body => {
        down = true;
        return answers.ratify(body);
      }
    });
    await reconst.preview(adding());
    expect(await reconst.ratify('')).toBe(false);
    expect(state().preview).toMatchObject({ ratified: null, unconfirmed: true, busy: false });
    expect(state().notice).toMatchObject({ kind: 'problem', action: { label: 'Try again' } });
    expect(law()).toHaveLength(1);
    expect(await reconst.ratify('')).toBe(false);
    await reconst.confirm();
    expect(state().preview).toMatchObject({ ratified: null, unconfirmed: true });
    down = false;
    await reconst.confirm();
    expect(state().preview).toMatchObject({ ratified: law()[0], unconfirmed: false });
    expect(state().notice!.action!.label).toBe('Undo');
    expect(count('ratify')).toBe(1);
  });

  it('is not called law where the server says another digest, and is once exactly that version stands', async () => {
    const { answers } = court();
    const other = article({ title: 'Meanwhile' });
    const { reconst, document, state } = await standing([], {
      ...answers,
      ratify: body => ({ ...(answers.ratify(body) as object), digest: 'another' })
    });
    await reconst.preview(adding());
    expect(await reconst.ratify('')).toBe(false);
    expect(state().preview).toMatchObject({ ratified: null, unconfirmed: true });
    document.write({ [keyOf(other)]: other });
    await reconst.confirm();
    expect(state().preview!.ratified!.title).toBe('No praise');
  });

  it('is confirmed by itself once what a colleague ratified at the same moment has come', async () => {
    const { answers } = court();
    const other = article({ title: 'Meanwhile' });
    let both = false;
    const { reconst, document, state, count } = await standing([], {
      ...answers,
      sync: body => (both ? answers.sync(body) : { ...(answers.sync(body) as object), ...NOTHING }),
      ratify: body => ({ ...(answers.ratify(body) as object), digest: 'of both' })
    });
    await reconst.preview(adding());
    expect(await reconst.ratify('')).toBe(false);
    both = true;
    document.write({ [keyOf(other)]: other });
    document.changed.emit();
    await tick();
    expect(state().preview).toMatchObject({ ratified: { title: 'No praise' }, unconfirmed: false });
    expect(state().notice!.action!.label).toBe('Undo');
    expect(count('ratify')).toBe(1);
  });

  it('is a draft again after Undo, and about what stands there now', async () => {
    const rule = article();
    const { reconst, law, state, undo } = await standing([rule]);
    const revise = adding({ then: 'none' }, { action: 'revise', article: rule.id, base: rule.revision });
    await reconst.preview(revise);
    await reconst.ratify('');
    expect(law().map(a => a.then)).toEqual(['none']);
    await undo();
    expect(law().map(a => a.then)).toEqual(['no praise']);
    expect(state().preview).toMatchObject({ ratified: null, amendment: { base: law()[0].revision } });
    expect(await reconst.ratify('')).toBe(true);
    expect(law().map(a => a.then)).toEqual(['none']);
  });

  it('of a repeal ends when the article is gone, and Undo brings it back', async () => {
    const rule = article();
    const { reconst, law, state, undo } = await standing([rule]);
    await reconst.preview(adding({}, { action: 'repeal', article: rule.id, base: rule.revision, draft: null }));
    await reconst.ratify('');
    expect(law()).toEqual([]);
    expect(state().preview!.ratified).toMatchObject({ id: rule.id, repealed: true });
    await undo();
    expect(law().map(a => a.then)).toEqual(['no praise']);
    expect(state().preview!.ratified).toBeNull();
  });

  it('stays with its notebook when another one is opened meanwhile, and so does its Undo', async () => {
    let answer = () => undefined as void;
    const { answers } = court();
    const { reconst, calls, law, state, turnTo, undo } = await standing([], {
      ...answers,
      ratify: async body => {
        await new Promise<void>(resolve => (answer = resolve));
        return answers.ratify(body);
      }
    });
    await reconst.preview(adding());
    const ratifying = reconst.ratify('');
    await tick();
    const other = new FakeDocument();
    other.path = 'b.ipynb';
    turnTo(other);
    await tick();
    answer();
    expect(await ratifying).toBe(true);
    expect(law()).toHaveLength(1);
    expect(other.metadata).not.toHaveProperty([keyOf(law()[0])]);
    expect(state().preview).toBeNull();
    expect(state().path).toBe('b.ipynb');
    void undo();
    await tick();
    answer();
    await tick();
    await tick();
    expect(law()).toEqual([]);
    expect(calls.filter(c => c.verb === 'ratify').map(c => (c.body as { path: string }).path)).toEqual([
      'a.ipynb',
      'a.ipynb'
    ]);
  });

  it('cannot be undone in a notebook that is closed, and says so', async () => {
    const { reconst, document, state, undo, count } = await standing([article()]);
    await reconst.toggle(lawOf(document.metadata)[0].id);
    document.isDisposed = true;
    await undo();
    expect(state().notice).toMatchObject({ kind: 'problem' });
    expect(count('ratify')).toBe(1);
  });
});

describe('the order', () => {
  const names = (law: Article[]) => law.map(a => a.title).join('');
  const three = (orders: readonly string[]) =>
    orders.map((order, n) => article({ title: 'abc'[n], order, id: `01JD${String(n).padStart(22, '0')}` }));

  it.each([
    ['equal keys', ['V', 'V', 'V']],
    ['keys of another program', ['a!', 'b#', 'c~']],
    ['nothing before the first', ['0', '1', '2']],
    ['ordinary keys', ['A', 'B', 'C']]
  ])('is as it was asked for: %s', async (_, orders) => {
    const articles = three(orders);
    const { reconst, law, undo } = await standing(articles);
    await reconst.move(articles[2].id, articles[1].id);
    expect(names(law())).toBe('acb');
    await undo();
    await tick();
    expect(names(law())).toBe('abc');
    await reconst.move(articles[2].id, articles[0].id);
    expect(names(law())).toBe('cab');
    await reconst.move(articles[2].id, null);
    expect(names(law())).toBe('abc');
  });
});

describe('restoring', () => {
  const first = article({ then: 'first' });
  const line = { kind: 'ratification', body: { change: { article: first } } } as unknown as Remembered;
  const history = () => ({ events: [line], more: false });

  it('takes the version from the history where the notebook no longer holds it', async () => {
    const now = article({ ...first, revision: 'now', parents: [first.revision], then: 'second' });
    const { reconst, law } = await standing([now], { history });
    reconst.show('history');
    await tick();
    await reconst.restore(first.id, first.revision);
    expect(law().map(a => [a.id, a.then, a.parents])).toEqual([[first.id, 'first', ['now']]]);
  });

  it('adds it again where the notebook holds nothing of it', async () => {
    const { reconst, law } = await standing([], { history });
    reconst.show('history');
    await tick();
    await reconst.restore(first.id, first.revision);
    expect(law().map(a => [a.id, a.then])).toEqual([[first.id, 'first']]);
  });

  it('says when a version cannot be found', async () => {
    const { reconst, state, count } = await standing([article()]);
    await reconst.restore('gone', 'gone');
    expect(state().notice).toMatchObject({ kind: 'problem', text: 'That version can no longer be found.' });
    expect(count('ratify')).toBe(0);
  });

  it('of a repealed article is undone by repealing it again', async () => {
    const rule = article();
    const { reconst, law, undo } = await standing([rule]);
    await reconst.repeal(rule.id);
    await reconst.restore(rule.id, rule.revision);
    expect(law()).toHaveLength(1);
    await undo();
    expect(law()).toEqual([]);
  });
});

it('rows are about the wording that is ratified, and what is being written beside them is not', async () => {
  const { reconst, calls, law } = await standing([], { watch: () => [{ type: 'row', row: row('Why?') }] });
  await reconst.preview(adding());
  reconst.previewing.edit({ ...reconst.store.value.preview!.draft, then: 'half a sent' });
  await reconst.ratify('');
  expect(law()[0].then).toBe('no praise');
  expect(calls.some(c => JSON.stringify(c.body).includes('half a sent'))).toBe(false);
});
