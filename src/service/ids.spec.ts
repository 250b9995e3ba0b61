import { ulid } from './ids';

describe('ulid', () => {
  it('is a ULID that the server takes, and sorts by time', () => {
    const ids = [1, 1_700_000_000_000, 1_800_000_000_000, 2 ** 48 - 1].map(ulid);
    ids.forEach(id => expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(Array.from({ length: 1000 }, () => ulid(5))).size).toBe(1000);
  });
});
