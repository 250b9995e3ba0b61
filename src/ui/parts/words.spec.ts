import { percent } from './words';

it('a share is never rounded from something to nothing or to all', () => {
  expect(percent(0)).toBe('0%');
  expect(percent(0.002)).toBe('< 1%');
  expect(percent(0.998)).toBe('> 99%');
  expect(percent(1)).toBe('100%');
  expect(percent(0.393)).toBe('39%');
});
