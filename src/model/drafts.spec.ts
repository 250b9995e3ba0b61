import { Drafts } from './drafts';

describe('Drafts', () => {
  beforeEach(() => localStorage.clear());

  it('keeps text for seven days and then lets go of it', () => {
    let now = 0;
    const drafts = new Drafts(localStorage, () => now);
    drafts.set('a', 'half a sentence');
    drafts.set('b', 'said once', true);
    now = 6 * 24 * 3600 * 1000;
    expect(drafts.get('a')).toBe('half a sentence');
    now = 8 * 24 * 3600 * 1000;
    expect(drafts.get('a')).toBe('');
    new Drafts(localStorage, () => now);
    expect(localStorage.length).toBe(1);
    expect(drafts.get('b')).toBe('said once');
  });

  it('goes with a notebook that has another name now, whatever it is kept under', () => {
    const drafts = new Drafts(localStorage, () => 0);
    const key = (notebook: string) => JSON.stringify([notebook, 'c1', ['a.ipynb $& of a notebook']]);
    drafts.set(key('a.ipynb'), 'half a sentence');
    drafts.set(JSON.stringify(['budget', 'a.ipynb']), '10', true);
    drafts.set(key('aa.ipynb'), 'of another one');
    localStorage.setItem(key('a.ipynb'), 'not ours');
    drafts.rename('a.ipynb', '01J$&');
    drafts.rename('01J$&', '01J$&');
    expect(drafts.get(key('01J$&'))).toBe('half a sentence');
    expect(drafts.get(JSON.stringify(['budget', '01J$&']))).toBe('10');
    expect([drafts.get(key('a.ipynb')), drafts.get(key('aa.ipynb'))]).toEqual(['', 'of another one']);
    expect(localStorage.getItem(key('a.ipynb'))).toBe('not ours');
    expect(new Drafts(localStorage, () => 8 * 24 * 3600 * 1000).get(JSON.stringify(['budget', '01J$&']))).toBe('10');
  });

  it('survives a browser without storage', () => {
    const broken = {
      length: 0,
      key: () => null,
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('full');
      },
      removeItem: () => undefined
    };
    const drafts = new Drafts(broken);
    drafts.set('a', 'text');
    expect(drafts.get('a')).toBe('');
  });
});
