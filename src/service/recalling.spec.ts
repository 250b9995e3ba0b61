import { BASE, served } from '../../tests/jest/served';

it('what travels is asked about the notebook as it is open, not as it was saved', async () => {
  const manifest = { items: [] };
  const { reconst, document, calls } = served({ ...BASE, travels: () => manifest });
  const content = { metadata: {}, cells: [{ metadata: { 'reconst:annotation:a': {} }, outputs: [] }] };
  Object.assign(document, { carried: content });
  expect(await reconst.travels()).toBe(manifest);
  expect(calls.filter(c => c.verb === 'travels').map(c => c.body)).toEqual([{ path: 'a.ipynb', content }]);
});
