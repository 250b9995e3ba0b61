import { between } from './order';

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

  it('refuses what is out of order', () => {
    expect(() => between('B', 'A')).toThrow(RangeError);
  });
});
