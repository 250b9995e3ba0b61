import { BASE, served } from '../../tests/jest/served';

const settled = () => new Promise(resolve => setTimeout(resolve));

/** What the server was told of documents: which were opened, and which were let go of. */
const open = async () => {
  const found = served({ ...BASE, close: () => ({ ok: true }) });
  await settled();
  const told = () =>
    found.calls
      .filter(c => c.verb === 'sync' || c.verb === 'close')
      .map(c => `${c.verb} ${(c.body as { path: string }).path}`);
  return { ...found, told };
};

describe('the server', () => {
  it('is told when a notebook is closed, and nothing of it afterwards', async () => {
    const { reconst, document, told } = await open();
    document.dispose();
    await reconst.compose('Why?', {}, []);
    await settled();
    expect(told()).toEqual(['sync a.ipynb', 'close a.ipynb']);
  });

  it('lets go of the old path of a notebook that was renamed, or saved as another', async () => {
    const { document, told } = await open();
    document.path = 'b.ipynb';
    document.changed.emit();
    await settled();
    expect(told()).toEqual(['sync a.ipynb', 'sync b.ipynb', 'close a.ipynb']);
  });

  it('keeps what is open in another view', async () => {
    const { document, turnTo, told } = await open();
    turnTo([]);
    await settled();
    document.dispose();
    await settled();
    expect(told()).toEqual(['sync a.ipynb', 'sync a.ipynb']);
  });
});
