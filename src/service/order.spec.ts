import { between, resorted } from './order';

describe('between', () => {
  it('always finds a key between two others', () => {
    let last = '';
    for (let i = 0; i < 300; i++) {
      const next = between(last, '');
      expect(next > last).toBe(true);
      last = next;
    }
    let first = 'V';
    for (let i = 0; i < 300; i++) {
      const next = between('', first);
      expect(next < first && next !== '').toBe(true);
      first = next;
    }
    let low = 'A';
    const high = 'B';
    for (let i = 0; i < 300; i++) {
      const next = between(low, high);
      expect(low < next && next < high).toBe(true);
      low = next;
    }
  });

  it('is right for all keys, the lowest ones too', () => {
    let keys = [''];
    for (let length = 0; length < 3; length++) {
      keys = [...new Set([...keys, ...keys.flatMap(key => [...'01Vz'].map(digit => key + digit))])];
    }
    for (const before of keys) {
      for (const after of keys.filter(key => key > before && key !== `${before}0`)) {
        const key = between(before, after);
        expect(before < key && key < after ? '' : `${before} < ${key} < ${after}`).toBe('');
      }
    }
    expect(() => between('', '0')).toThrow(RangeError);
  });

  it('refuses what is out of order', () => {
    expect(() => between('B', 'A')).toThrow(RangeError);
  });
});

describe('resorted', () => {
  it('gives one new key where one fits', () => {
    expect([...resorted(['A', 'Z', 'B'], 1)]).toHaveLength(1);
  });

  it.each([
    [['V', 'V', 'V'], 1],
    [['V', 'V', 'V', 'Z'], 0],
    [['x', '0', '00'], 0],
    [['ä', 'B', 'ö'], 1],
    [['', '', ''], 1]
  ])('makes %j sort as they stand with the one at %i', (keys, at) => {
    const made = resorted(keys, at);
    const now = keys.map((key, place) => made.get(place) ?? key);
    expect(now.every((key, place) => place === 0 || now[place - 1] <= key)).toBe(true);
    expect(at === 0 || now[at - 1] < now[at]).toBe(true);
    expect(now[at] < now[at + 1]).toBe(true);
  });
});
