import { served, BASE } from '../../tests/jest/served';
import { page, estimated } from '../../tests/ui/gallery/wiki';

const LENT = { name: 'careful.md', text: '---', part: true };
const BROUGHT = { review: { digest: 'd2', constitution: { preamble: '', articles: [{ id: 'r3' }, { id: 'r9' }] } } };

async function all<T>(events: AsyncGenerator<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const event of events) {
    found.push(event);
  }
  return found;
}

it('looks for the open notebook, and lends what was read by its digest', async () => {
  const { reconst, calls } = served({
    ...BASE,
    browse: () => ({ packs: [] }),
    lend: () => LENT,
    import: () => BROUGHT
  });
  const last = (verb: string) => calls.filter(call => call.verb === verb).at(-1)?.body;
  await reconst.wiki.browse('x'.repeat(300));
  expect(last('browse')).toEqual({ words: 'x'.repeat(200), path: 'a.ipynb' });
  expect(await reconst.wiki.lend(page, ['r3'])).toBe(true);
  expect(last('lend')).toEqual({ pack: page.pack.name, digest: 'd1', articles: ['r3'] });
  expect(last('import')).toEqual({ path: 'a.ipynb', file: LENT });
  expect(reconst.store.value.offer?.file).toEqual(LENT);
});

it('says what would be sent without accepting it, and sends what was accepted', async () => {
  const { reconst, calls } = served({
    ...BASE,
    lend: () => LENT,
    import: () => BROUGHT,
    foresee: async function* () {
      yield* estimated;
    }
  });
  const last = (verb: string) => calls.filter(call => call.verb === verb).at(-1)?.body;
  expect(await all(reconst.wiki.foresee(page, null, new AbortController().signal))).toEqual(estimated);
  const ticked = { digest: 'd2', articles: ['r3', 'r9'], preamble: false, file: LENT, path: 'a.ipynb' };
  expect(last('foresee')).toMatchObject({ ...ticked, estimate: true, accept: null });
  await all(reconst.wiki.foresee(page, 'a1', new AbortController().signal));
  expect(last('foresee')).toMatchObject({ ...ticked, estimate: false, accept: 'a1' });
});

it('complains of what fails, and is silent once it was stopped', async () => {
  const problem = { code: 'stale', message: 'It has changed.', remedy: 'Read it again.' };
  const fails = () => {
    throw { problem };
  };
  const { reconst } = served({ ...BASE, lend: () => LENT, import: fails, page: fails });
  expect(await reconst.wiki.page('p')).toBeNull();
  expect(reconst.store.value.notice?.text).toBe('It has changed.');
  expect(await reconst.wiki.lend(page, [])).toBe(false);
  const stop = new AbortController();
  expect(await all(reconst.wiki.foresee(page, null, stop.signal))).toEqual([{ type: 'failed', problem, slot: null }]);
  stop.abort();
  expect(await all(reconst.wiki.foresee(page, null, stop.signal))).toEqual([]);
});
