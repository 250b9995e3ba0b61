import { adding, court } from '../../tests/jest/court';
import { IN_FORCE, BASE, served } from '../../tests/jest/served';

const tick = () => new Promise(resolve => setTimeout(resolve));

const WEIGHED = { type: 'weighed', articles: [], tokens: 100, budget: 2000 };
const searched = (status: string, done = 0) => ({
  type: 'searched',
  status,
  pairs: 3,
  articles: 1,
  expected: 11,
  done,
  unread: 0,
  calls: done,
  cost: null
});
const CLASH = {
  type: 'clash',
  sides: [
    { article: 'a', title: 'A', followed: true },
    { article: 'b', title: 'B', followed: false }
  ],
  why: 'not both',
  prompt: 'When?',
  reply: '2016'
};

async function searching(clashes: (body: { estimate: boolean }, signal?: AbortSignal) => unknown) {
  const service = served({ ...BASE, clashes });
  await tick();
  const state = () => service.reconst.store.value.clashes;
  const asked = () => service.calls.filter(c => c.verb === 'clashes').map(c => c.body as object);
  return { ...service, state, asked };
}

it('an estimate is an estimate: nothing is looked for until the person says so', async () => {
  const { reconst, state, asked } = await searching(({ estimate }) =>
    estimate ? [WEIGHED, searched('estimated')] : [WEIGHED, searched('running'), CLASH, searched('done', 4)]
  );
  await reconst.clashing.estimate();
  expect(state()).toMatchObject({ law: IN_FORCE.digest, searched: { status: 'estimated' }, busy: false, found: [] });
  await reconst.clashing.find();
  expect(state()).toMatchObject({ weighed: WEIGHED, searched: { status: 'done' }, found: [CLASH], busy: false });
  expect(asked()).toMatchObject([
    { path: 'a.ipynb', estimate: true },
    { path: 'a.ipynb', estimate: false }
  ]);
  expect(reconst.store.value.announcement).toBe('1 finding about your articles');
});

it('what was found stays when it is stopped, and the stream is left', async () => {
  let left = false;
  const { reconst, state } = await searching(async function* (_: unknown, signal?: AbortSignal) {
    signal?.addEventListener('abort', () => (left = true));
    yield searched('running');
    yield CLASH;
    await new Promise(() => undefined);
  });
  void reconst.clashing.find();
  await tick();
  expect(state()).toMatchObject({ busy: true });
  reconst.clashing.stop();
  expect(state()).toMatchObject({ busy: false, searched: { status: 'stopped' }, found: [CLASH] });
  expect(left).toBe(true);
});

it('a problem is shown where it belongs, whether it comes in the stream or instead of it', async () => {
  const problem = { code: 'recording_only', message: 'A recording.', remedy: 'Connect a model.' };
  const { reconst, state } = await searching(({ estimate }) => {
    if (estimate) {
      return [WEIGHED, { type: 'failed', problem, slot: null }];
    }
    throw { problem: { ...problem, code: 'stale' } };
  });
  await reconst.clashing.estimate();
  expect(state()).toMatchObject({ problem: { code: 'recording_only' }, weighed: WEIGHED, busy: false });
  await reconst.clashing.find();
  expect(state()).toMatchObject({ problem: { code: 'stale' }, busy: false });
});

it('another notebook knows nothing of it', async () => {
  const { reconst, state, turnTo } = await searching(() => [searched('done', 4), CLASH]);
  await reconst.clashing.find();
  expect(state()?.found).toHaveLength(1);
  turnTo([]);
  expect(state()).toBeNull();
});

describe('with the draft in preview', () => {
  const drafted = async (recorded: boolean) => {
    const service = served({
      ...court([]).answers,
      clashes: ({ estimate }: { estimate: boolean }) =>
        estimate && !recorded
          ? [WEIGHED, searched('estimated')]
          : [WEIGHED, CLASH, searched(estimate ? 'estimated' : 'done', 4)]
    });
    await tick();
    const amendment = adding();
    await service.reconst.preview(amendment);
    const state = () => service.reconst.store.value;
    const asked = () => service.calls.filter(c => c.verb === 'clashes').map(c => c.body as object);
    return { ...service, amendment, state, asked };
  };

  it('its own article is searched, and what is found stands beside the preview', async () => {
    const { reconst, amendment, state, asked } = await drafted(false);
    await reconst.drafted.estimate();
    await reconst.drafted.find();
    expect(asked()).toMatchObject([
      { amendment, estimate: true },
      { amendment, estimate: false }
    ]);
    const { clashes, preview } = state().preview!;
    expect(clashes).toMatchObject({ law: preview!.after, found: [CLASH], busy: false });
    expect(state().clashes).toBeNull();
    reconst.drafted.close();
    expect(state().preview!.clashes).toBeNull();
  });

  it('what was found before is there again, and nothing is shown where nothing was', async () => {
    const before = await drafted(true);
    await before.reconst.drafted.recall();
    expect(before.state().preview!.clashes).toMatchObject({ found: [CLASH], busy: false });
    const fresh = await drafted(false);
    await fresh.reconst.drafted.recall();
    expect(fresh.asked()).toMatchObject([{ estimate: true }]);
    expect(fresh.state().preview!.clashes).toBeNull();
    expect(fresh.state().announcement).not.toContain('finding');
  });

  it('it is left when the preview is', async () => {
    const { reconst, state, turnTo } = await drafted(true);
    const finding = reconst.drafted.find();
    turnTo([]);
    await finding;
    expect(state().preview).toBeNull();
  });
});
