import { article, court, keyOf, lawOf } from '../../tests/jest/court';
import { served } from '../../tests/jest/served';
import type { Answers } from '../../tests/jest/served';
import type { Article, Change } from '../contract';

const tick = () => new Promise(resolve => setTimeout(resolve));
const MINE = article({ title: 'Mine' });

/** A service in a notebook with one article, before a server that moves it. */
async function standing(more: Answers = {}) {
  const { answers } = court();
  const change = (id: string, made: Article): Change => ({
    id,
    article: made,
    writes: { [keyOf(made)]: made },
    removes: [],
    digest: 'd'
  });
  const gone = article({ ...MINE, revision: 'r2', parents: [MINE.revision], repealed: true });
  const service = served({
    ...answers,
    sync: body => ({ ...(answers.sync(body) as object), around: [{ scope: 'project', place: 'lab/constitution.md' }] }),
    promote: ({ id }: { id: string }) => change(id, gone),
    demote: ({ id }: { id: string }) => change(id, article({ ...MINE, revision: 'r3', parents: ['r2'] })),
    history: () => ({ events: [], more: false }),
    ...more
  });
  service.document.write({ [keyOf(MINE)]: MINE });
  service.document.changed.emit();
  await tick();
  const notice = () => service.reconst.store.value.notice!;
  const asked = (verb: string) => service.calls.filter(c => c.verb === verb).map(c => c.body as object);
  return { ...service, notice, asked, law: () => lawOf(service.document.metadata).map(a => a.title) };
}

it('promoting writes the notebook once the file is written, says where it holds, and is taken back', async () => {
  const { reconst, notice, asked, law } = await standing();
  await reconst.promote(MINE.id, 'project');
  expect(asked('promote')).toMatchObject([{ path: 'a.ipynb', article: MINE.id, to: 'project' }]);
  expect(law()).toEqual([]);
  expect(notice()).toMatchObject({ kind: 'done', text: '“Mine” holds in the project: lab/constitution.md' });
  notice().action!.run();
  await tick();
  const [{ id }] = asked('promote') as [{ id: string }];
  expect(asked('demote')).toMatchObject([{ path: 'a.ipynb', promotion: id }]);
  expect(law()).toEqual(['Mine']);
});

it('a file that has changed is told, and the notebook stays as it is', async () => {
  const stale = Object.assign(new Error(), { problem: { code: 'stale', message: 'It has changed.', remedy: 'Look.' } });
  const { reconst, notice, law } = await standing({
    promote: () => {
      throw stale;
    }
  });
  await reconst.promote(MINE.id, 'project');
  expect(notice()).toMatchObject({ kind: 'problem', text: 'It has changed.' });
  expect(law()).toEqual(['Mine']);
});

it('an article of another scope is copied down by adding it, and its undo takes the copy away', async () => {
  const far = article({ title: 'Far' });
  let scopes: object = { [far.id]: 'project' };
  const { answers } = court();
  const { reconst, notice, asked, law } = await standing({
    sync: body => {
      const own = answers.sync(body) as { constitution: { articles: Article[] } };
      const copied = own.constitution.articles.some(a => a.id === far.id);
      scopes = copied ? {} : { [far.id]: 'project' };
      const articles = copied ? own.constitution.articles : [far, ...own.constitution.articles];
      return { ...own, constitution: { ...own.constitution, scopes, articles } };
    },
    ratify: answers.ratify
  });
  await reconst.copyDown(far.id);
  expect(asked('ratify')).toMatchObject([{ amendment: { action: 'add', article: far.id, base: null } }]);
  expect(law().sort()).toEqual(['Far', 'Mine']);
  notice().action!.run();
  await tick();
  await tick();
  expect(asked('ratify')[1]).toMatchObject({ amendment: { action: 'repeal', article: far.id } });
  expect(law()).toEqual(['Mine']);
});

it('switching off what another scope says is this notebook’s version of it, which undo takes away', async () => {
  const far = article({ title: 'Far' });
  const { answers } = court();
  const { reconst, notice, asked } = await standing({
    sync: body => {
      const own = answers.sync(body) as { constitution: { articles: Article[] } };
      const articles = own.constitution.articles;
      const copied = articles.some(a => a.id === far.id);
      const all = copied ? articles : [far, ...articles];
      return {
        ...own,
        constitution: { ...own.constitution, scopes: copied ? {} : { [far.id]: 'user' }, articles: all }
      };
    },
    ratify: answers.ratify
  });
  await reconst.toggle(far.id);
  expect(asked('ratify')).toMatchObject([{ amendment: { action: 'revise', base: far.revision } }]);
  notice().action!.run();
  await tick();
  await tick();
  expect(asked('ratify')[1]).toMatchObject({ amendment: { action: 'repeal', article: far.id } });
});
