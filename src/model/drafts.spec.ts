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
