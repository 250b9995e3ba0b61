import { BASE, IN_FORCE, served } from '../../tests/jest/served';
import { carried } from './files';

const tick = () => new Promise(resolve => setTimeout(resolve));

const TICKED = { digest: 'd1', articles: ['r1', 'r2'], preamble: false };
const CHANGE = { id: 'c', article: null, writes: { 'reconst:article:r1:v': {} }, removes: [], digest: 'd2' };
const BACK = { id: 'b', article: null, writes: {}, removes: ['reconst:article:r1:v'], digest: 'd0' };
const BROUGHT = { review: { digest: 'd1' } };
const REHEARSAL = {
  type: 'rehearsal',
  status: 'running',
  model: 'm',
  probes: [],
  most: 3,
  price: 0,
  calls: 0,
  cost: 0
};

const file = (text: string, name = 'careful.md') =>
  ({ name, size: text.length, arrayBuffer: async () => new TextEncoder().encode(text).buffer }) as unknown as File;

async function sharing(answers = {}) {
  const service = served({
    ...BASE,
    sync: ({ metadata }: { metadata: object }) => ({
      ...IN_FORCE,
      digest: 'reconst:article:r1:v' in metadata ? 'd2' : 'd0'
    }),
    import: () => BROUGHT,
    adopt: () => CHANGE,
    undo: () => BACK,
    ...answers
  });
  await tick();
  const asked = (verb: string) => service.calls.filter(c => c.verb === verb).map(c => c.body as object);
  return { ...service, asked, state: () => service.reconst.store.value };
}

it('what a file brings is read; what was ticked of it is written as one change, and can be taken back', async () => {
  const { reconst, document, state, asked } = await sharing();
  expect(await reconst.sharing.bring(file('---\n'))).toBe(true);
  expect(state().offer).toEqual({ file: { name: 'careful.md', text: '---\n' }, brought: BROUGHT });
  expect(document.metadata).toEqual({});
  expect(await reconst.sharing.adopt(TICKED)).toBe(true);
  expect(asked('adopt')).toMatchObject([{ path: 'a.ipynb', file: { name: 'careful.md' }, ...TICKED }]);
  expect(document.metadata).toMatchObject(CHANGE.writes);
  expect(state().notice).toMatchObject({ kind: 'done', action: { label: 'Undo' } });
  state().notice!.action!.run();
  await tick();
  await tick();
  expect(asked('undo')).toMatchObject([{ change: 'c' }]);
  expect(Object.keys(document.metadata)).not.toContain('reconst:article:r1:v');
  expect(state().notice).toMatchObject({ kind: 'done', action: null });
});

it('a change that the server does not confirm is no success', async () => {
  const { reconst, state } = await sharing({ sync: () => IN_FORCE });
  await reconst.sharing.bring(file('x'));
  expect(await reconst.sharing.adopt(TICKED)).toBe(false);
  expect(state().notice).toMatchObject({ kind: 'problem' });
});

it('what is too large, or no text, is refused before it is read or sent', async () => {
  const { reconst, state, calls } = await sharing();
  const before = calls.length;
  const huge = { name: 'x.md', size: 3 * 2 ** 20, arrayBuffer: () => Promise.reject(new Error('read')) };
  const bytes = new Uint8Array([0xff, 0xfe]).buffer;
  const binary = { name: 'x.md', size: 2, arrayBuffer: async () => bytes };
  for (const wrong of [huge, binary, file('not JSON', 'x.ipynb')]) {
    expect(await reconst.sharing.bring(wrong as unknown as File)).toBe(false);
    expect(state().notice?.kind).toBe('problem');
  }
  expect([calls.length, state().offer]).toEqual([before, null]);
});

it('of a notebook only what is ours is told', () => {
  const notebook = { metadata: { kernelspec: {}, reconst: 1, 'reconst:article:x': 2, reconstruct: 3 }, cells: [1] };
  expect(JSON.parse(carried(notebook))).toEqual({ metadata: { reconst: 1, 'reconst:article:x': 2 } });
});

it('what comes back after the person has turned to another notebook is not shown there', async () => {
  let answer = (_: unknown): void => undefined;
  const { reconst, state, turnTo } = await sharing({ import: () => new Promise(resolve => (answer = resolve)) });
  const brought = reconst.sharing.bring(file('x'));
  await tick();
  turnTo([]);
  answer(BROUGHT);
  expect(await brought).toBe(false);
  expect(state().offer).toBeNull();
});

it('a rehearsal is weighed, then runs, and stops with its calls; its rows stay', async () => {
  let left = false;
  const { reconst, state, asked } = await sharing({
    rehearse: async function* ({ estimate }: { estimate: boolean }, signal?: AbortSignal) {
      yield { ...REHEARSAL, status: estimate ? 'estimated' : 'running' };
      if (!estimate) {
        signal?.addEventListener('abort', () => (left = true));
        yield { type: 'row', row: { probe: { id: 'p' } } };
        await new Promise(() => undefined);
      }
    }
  });
  await reconst.sharing.rehearse(TICKED, null, false);
  expect(state().rehearsing).toMatchObject({ ticked: TICKED, rehearsal: { status: 'estimated' }, busy: false });
  void reconst.sharing.rehearse(TICKED, null, true);
  await tick();
  expect(state().rehearsing).toMatchObject({ busy: true, rows: [{ probe: { id: 'p' } }] });
  reconst.sharing.stop();
  expect(state().rehearsing).toMatchObject({ busy: false, rehearsal: { status: 'stopped' }, rows: [{}] });
  expect(left).toBe(true);
  expect(asked('rehearse')).toMatchObject([
    { ...TICKED, file: null, estimate: true },
    { ...TICKED, file: null, estimate: false }
  ]);
});

it('an earlier version is compared, and restored as it was read', async () => {
  const { reconst, state, asked } = await sharing({
    diff: ({ revision }: { revision: string }) => ({ versions: [], digest: 'd9', revision }),
    restore: () => CHANGE
  });
  expect(await reconst.sharing.compare(null, 'v1')).toBe(true);
  expect(state().comparing).toMatchObject({ file: null, revision: 'v1' });
  expect(await reconst.sharing.rewind()).toBe(true);
  expect(asked('restore')).toMatchObject([{ path: 'a.ipynb', revision: 'v1', digest: 'd9' }]);
  expect(state().notice).toMatchObject({ kind: 'done', action: { label: 'Undo' } });
});

it('an export that fails is told, and is no text', async () => {
  const problem = { code: 'bad_input', message: 'There is no constitution.', remedy: 'Ratify a rule first.' };
  const fail = () => {
    throw { problem };
  };
  const { reconst, state } = await sharing({
    export: ({ format }: { format: string }) => `as ${format}`,
    exports: fail
  });
  expect(await reconst.sharing.export('agents')).toBe('as agents');
  expect(await reconst.sharing.exports()).toBeNull();
  expect(state().notice).toMatchObject({ text: problem.message, remedy: problem.remedy });
});
