import { BASE, FakeDocument, served } from '../../tests/jest/served';

it('what travels is asked about the notebook as it is open, not as it was saved', async () => {
  const manifest = { items: [] };
  const { reconst, document, calls } = served({ ...BASE, travels: () => manifest });
  const content = { metadata: {}, cells: [{ metadata: { 'reconst:annotation:a': {} }, outputs: [] }] };
  Object.assign(document, { carried: content });
  expect(await reconst.travels()).toBe(manifest);
  expect(calls.filter(c => c.verb === 'travels').map(c => c.body)).toEqual([{ path: 'a.ipynb', content }]);
});

it('the history of one notebook is not shown for another', async () => {
  let answer = () => undefined as void;
  const { reconst, turnTo } = served({
    ...BASE,
    history: async ({ path }: { path: string }) => {
      await new Promise<void>(resolve => (path === 'a.ipynb' ? (answer = resolve) : resolve()));
      return { events: [{ id: path }], more: false };
    }
  });
  const tick = () => new Promise(resolve => setTimeout(resolve));
  reconst.show('history');
  await tick();
  const other = new FakeDocument();
  other.path = 'b.ipynb';
  turnTo(other);
  reconst.show('history');
  await tick();
  answer();
  await tick();
  expect(reconst.store.value.history!.events).toEqual([{ id: 'b.ipynb' }]);
});
