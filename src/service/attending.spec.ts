import { BASE, SELECTION, served } from '../../tests/jest/served';

const settled = () => new Promise(resolve => setTimeout(resolve));
const open = async () => {
  const found = served({ ...BASE, candidates: () => [] });
  await settled();
  const come = (...present: { name: string; at: string | null }[]) => {
    found.document.present = present;
    found.document.presentChanged.emit();
  };
  return { ...found, come };
};

it('says what is looked at: the card before the article that stands open behind it', async () => {
  const { reconst, document } = await open();
  reconst.look('a1');
  await reconst.highlight(SELECTION);
  const { id } = reconst.store.value.card!.annotations[0];
  reconst.closeCard();
  reconst.look(null);
  expect(document.looks).toEqual(['a1', id, 'a1', null]);
});

it('shows who is in the notebook that is looked at, and in no other', async () => {
  const { reconst, document, come, turnTo } = await open();
  come({ name: 'Ben', at: 'a1' });
  expect(reconst.store.value.present).toEqual([{ name: 'Ben', at: 'a1' }]);
  reconst.look('a1');
  turnTo([]);
  expect(reconst.store.value.present).toEqual([]);
  expect(document.looks).toEqual(['a1', null]);
  come({ name: 'Ben', at: 'a2' });
  expect(reconst.store.value.present).toEqual([]);
});

it('tells the server of the notebook again when somebody leaves: they took what they had told along', async () => {
  const { calls, come } = await open();
  const told = () => calls.filter(c => c.verb === 'sync').length;
  const before = told();
  come({ name: 'Ben', at: null });
  await settled();
  expect(told()).toBe(before);
  come();
  await settled();
  expect(told()).toBe(before + 1);
});
