import { nullTranslator } from '@jupyterlab/translation';

import { estimateOf, percent } from './words';

it('a share is never rounded from something to nothing or to all', () => {
  expect(percent(0)).toBe('0%');
  expect(percent(0.002)).toBe('< 1%');
  expect(percent(0.998)).toBe('> 99%');
  expect(percent(1)).toBe('100%');
  expect(percent(0.393)).toBe('39%');
});

it('a price that is not known is said to be unknown', () => {
  const trans = nullTranslator.load('');
  expect(estimateOf({ calls: 1, cost: null }, trans)).toBe('at most 1 call, price unknown');
  expect(estimateOf({ calls: 62, cost: 0.07 }, trans)).toBe('at most 62 calls, about $0.07');
});
