import type { IKey } from '../card/keys';
import { actOf } from './keys';

const key = (name: string, more: Partial<IKey> = {}): IKey => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more
});

it.each([
  ['j', { do: 'row', by: 1 }],
  ['k', { do: 'row', by: -1 }],
  ['r', { do: 'mark', mark: 'regression' }],
  ['u', { do: 'mark', mark: 'unintended' }],
  ['i', { do: 'mark', mark: 'intended' }],
  ['a', { do: 'wording' }],
  ['x', { do: 'pass' }]
])('%s', (name, act) => {
  expect(actOf(key(name), false)).toEqual(act);
  expect(actOf(key(name), true)).toEqual({ do: 'pass' });
  expect(actOf(key(name, { ctrlKey: true }), false)).toEqual({ do: 'pass' });
});

it('Ctrl+Enter ratifies, from a text box too', () => {
  expect(actOf(key('Enter', { ctrlKey: true }), true)).toEqual({ do: 'ratify' });
  expect(actOf(key('Enter'), true)).toEqual({ do: 'pass' });
});
