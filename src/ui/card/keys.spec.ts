import { IKey, IWhere, actOf } from './keys';

const key = (name: string, more: Partial<IKey> = {}): IKey => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more
});

const list: IWhere = {
  step: 'correct',
  focus: 'list',
  slots: [0, 1, 2],
  ready: new Set([0, 2]),
  coming: false,
  picked: null
};
const own: IWhere = { ...list, focus: 'own' };

describe('in the list', () => {
  it('digits pick, but only what is ready', () => {
    expect(actOf(key('1'), list)).toEqual({ do: 'pick', slot: 0 });
    expect(actOf(key('2'), list)).toEqual({ do: 'nothing' });
    expect(actOf(key('3'), list)).toEqual({ do: 'pick', slot: 2 });
  });

  it('digits count rows, not slots', () => {
    expect(actOf(key('1'), { ...list, slots: [7], ready: new Set([7]) })).toEqual({ do: 'pick', slot: 7 });
  });

  it('any other printable key starts one’s own words', () => {
    expect(actOf(key('x'), list)).toEqual({ do: 'own' });
    expect(actOf(key('Δ'), list)).toEqual({ do: 'own' });
    expect(actOf(key('9'), list)).toEqual({ do: 'own' });
    expect(actOf(key('F2'), list)).toEqual({ do: 'pass' });
    expect(actOf(key('c', { ctrlKey: true }), list)).toEqual({ do: 'pass' });
    expect(actOf(key('x'), { ...list, step: 'amend' })).toEqual({ do: 'pass' });
  });

  it('a digit pressed before its row is there is no word', () => {
    const coming = { ...list, slots: [], ready: new Set<number>(), coming: true };
    expect(actOf(key('1'), coming)).toEqual({ do: 'nothing' });
    expect(actOf(key('x'), coming)).toEqual({ do: 'own' });
    expect(actOf(key('1'), { ...coming, coming: false })).toEqual({ do: 'own' });
  });

  it('an accent or an input method begins in one’s own words', () => {
    expect(actOf(key('Dead'), list)).toEqual({ do: 'own' });
    expect(actOf(key('Process'), list)).toEqual({ do: 'own' });
    expect(actOf(key('Process', { isComposing: true }), own)).toEqual({ do: 'pass' });
    expect(actOf(key('Dead'), own)).toEqual({ do: 'pass' });
  });

  it('arrows go from ready row to ready row', () => {
    expect(actOf(key('ArrowDown'), list)).toEqual({ do: 'pick', slot: 0 });
    expect(actOf(key('ArrowDown'), { ...list, picked: 0 })).toEqual({ do: 'pick', slot: 2 });
    expect(actOf(key('ArrowDown'), { ...list, picked: 2 })).toEqual({ do: 'pick', slot: 0 });
    expect(actOf(key('ArrowUp'), list)).toEqual({ do: 'pick', slot: 2 });
    expect(actOf(key('ArrowUp'), { ...list, ready: new Set() })).toEqual({ do: 'nothing' });
  });

  it('Enter saves', () => {
    expect(actOf(key('Enter'), list)).toEqual({ do: 'save' });
    expect(actOf(key('Enter'), { ...list, step: 'amend' })).toEqual({ do: 'nothing' });
  });
});

describe('in the box for one’s own words', () => {
  it('digits and letters are text', () => {
    expect(actOf(key('1'), own)).toEqual({ do: 'pass' });
    expect(actOf(key('x'), own)).toEqual({ do: 'pass' });
    expect(actOf(key('ArrowDown'), own)).toEqual({ do: 'pass' });
  });

  it('Enter saves, Shift+Enter is a new line', () => {
    expect(actOf(key('Enter'), own)).toEqual({ do: 'save' });
    expect(actOf(key('Enter', { shiftKey: true }), own)).toEqual({ do: 'pass' });
  });

  it('an Enter that ends a composition is not ours', () => {
    expect(actOf(key('Enter', { isComposing: true }), own)).toEqual({ do: 'pass' });
  });
});

it('in another box Enter is the box’s', () => {
  expect(actOf(key('Enter'), { ...list, focus: 'text' })).toEqual({ do: 'pass' });
});

it('everywhere: Esc closes, Ctrl+Enter goes on, Tab stays inside', () => {
  for (const focus of ['list', 'own', 'text', 'other'] as const) {
    const where = { ...list, focus };
    expect(actOf(key('Escape'), where)).toEqual({ do: 'close' });
    expect(actOf(key('Enter', { ctrlKey: true }), where)).toEqual({ do: 'next' });
    expect(actOf(key('Enter', { metaKey: true }), where)).toEqual({ do: 'next' });
    expect(actOf(key('Tab', { shiftKey: true }), where)).toEqual({ do: 'tab', back: true });
  }
});
