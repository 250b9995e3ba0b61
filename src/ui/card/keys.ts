/** What a key means on the card. Pure, so that each rule can be read and tested. */

export interface IKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing?: boolean;
}

export interface IWhere {
  readonly step: 'correct' | 'amend';
  /** list: the rows, or the card itself, have the focus; own: the box for one's own words; text: another box; other: a button. */
  readonly focus: 'list' | 'own' | 'text' | 'other';
  /** Slots in the order shown. */
  readonly slots: readonly number[];
  /** Those that can be picked now. */
  readonly ready: ReadonlySet<number>;
  /** Whether more rows may come. */
  readonly coming: boolean;
  readonly picked: number | null;
}

export type Act =
  | { readonly do: 'pick'; readonly slot: number }
  | { readonly do: 'own' | 'save' | 'next' | 'close' | 'nothing' }
  | { readonly do: 'tab'; readonly back: boolean }
  /** Not ours: the browser does what it does. */
  | { readonly do: 'pass' };

const PASS: Act = { do: 'pass' };

/** The first stroke of an accent, or of an input method. */
const STARTS = ['Dead', 'Process'];

export function actOf(key: IKey, where: IWhere): Act {
  if (key.isComposing) {
    return PASS;
  }
  if (key.key === 'Escape') {
    return { do: 'close' };
  }
  if (key.key === 'Tab' && !key.ctrlKey && !key.altKey && !key.metaKey) {
    return { do: 'tab', back: key.shiftKey };
  }
  if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) {
    return { do: 'next' };
  }
  if (key.ctrlKey || key.metaKey || key.altKey) {
    return PASS;
  }
  if (where.focus === 'own') {
    return key.key === 'Enter' && !key.shiftKey ? { do: 'save' } : PASS;
  }
  if (where.focus !== 'list') {
    return PASS;
  }
  if (key.key === 'Enter') {
    return { do: where.step === 'correct' ? 'save' : 'nothing' };
  }
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key.key];
  if (by) {
    return step(where, by);
  }
  const row = where.slots[Number(key.key) - 1];
  // A digit pressed a moment too soon means a row, not one's own words.
  if (/^[1-9]$/.test(key.key) && (row !== undefined || where.coming)) {
    return row !== undefined && where.ready.has(row) ? { do: 'pick', slot: row } : { do: 'nothing' };
  }
  const writes = (key.key.length === 1 && key.key !== ' ') || STARTS.includes(key.key);
  return writes && where.step === 'correct' ? { do: 'own' } : PASS;
}

function step(where: IWhere, by: number): Act {
  const ready = where.slots.filter(slot => where.ready.has(slot));
  if (ready.length === 0) {
    return { do: 'nothing' };
  }
  const at = where.picked === null ? -1 : ready.indexOf(where.picked);
  const next = at < 0 ? (by > 0 ? 0 : ready.length - 1) : (at + by + ready.length) % ready.length;
  return { do: 'pick', slot: ready[next] };
}
