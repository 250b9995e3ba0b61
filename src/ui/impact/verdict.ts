/** What the evidence says, in plain sentences. Every number is the server's: nothing is estimated here. */
import type { Evidence, OnTarget, SideEffects } from '../../contract';
import type { IPreviewState } from '../../tokens';
import type { TranslationBundle } from '../parts/props';
import { percent } from '../parts/words';
import { byVerdict, judges } from './tally';

export interface IVerdict {
  /** Where it stands, in a few words. */
  readonly stand: string;
  /** What it breaks of what was won before; empty where it breaks nothing. */
  readonly breaks: string;
  /** Whether anything changed at all. */
  readonly set: string;
  /** Whether it is what was wanted. */
  readonly target: string;
  /** What it does elsewhere. */
  readonly side: string;
}

export function verdictOf(state: IPreviewState, trans: TranslationBundle): IVerdict {
  const { rows, preview } = state;
  const evidence = preview?.evidence;
  const groups = byVerdict(rows, judges(preview));
  const undone = (groups.get('regression') ?? []).filter(r => r.probe.bin === 'case').length;
  const running = state.busy || preview?.status === 'running';
  const bad = (groups.get('regression')?.length ?? 0) + (groups.get('unintended')?.length ?? 0);
  const stand = running
    ? trans.__('So far.')
    : preview?.effect === 'none'
      ? trans.__('It does not do its work.')
      : bad > 0
        ? trans.__('Look at what it breaks.')
        : trans.__('Yours to decide.');
  const breaks =
    undone > 0 ? trans._n('It undoes %1 earlier correction.', 'It undoes %1 earlier corrections.', undone) : '';
  const tried = rows.filter(r => r.verdict !== 'failed').length;
  if (!evidence || tried === 0) {
    return { stand, breaks, set: trans.__('Nothing has been compared yet.'), target: '', side: '' };
  }
  if (tried === 1) {
    return { stand, breaks, set: trans.__('One turn was tried: that shows nothing yet.'), target: '', side: '' };
  }
  return {
    stand,
    breaks,
    set: setOf(evidence, trans),
    target: targetOf(evidence.target, trans),
    side: sideOf(evidence.side, trans)
  };
}

function setOf({ measured, changed }: Evidence, trans: TranslationBundle): string {
  if (measured === 0) {
    return trans.__('Cannot tell yet whether anything changed: the model’s own noise has not been measured.');
  }
  return changed
    ? trans.__('The replies differ by more than the model’s own noise.')
    : trans.__('Cannot tell yet whether the replies differ by more than the model’s own noise.');
}

function targetOf({ tried, fixed, broken, judged, more }: OnTarget, trans: TranslationBundle): string {
  if (tried === 0) {
    return trans.__('No turn that it is for has been tried yet.');
  }
  if (tried === 1) {
    return trans.__('One turn that it is for was tried: that shows nothing yet.');
  }
  const found =
    trans.__('Of %1 turns that it is for, it fixes %2 and breaks %3', tried, fixed, broken) +
    (judged > 0 ? trans.__(' (%1 of these as judged)', judged) : '');
  if (more === 0) {
    return fixed > broken
      ? trans.__('%1: decided, it does what it is for.', found)
      : trans.__('%1: decided, it does the opposite of what it is for.', found);
  }
  return more === null
    ? trans.__('%1: cannot tell yet, and more probes like these would not decide.', found)
    : `${found}: ${open(more, trans)}`;
}

function sideOf({ tried, changed, low, high, standing, more }: SideEffects, trans: TranslationBundle): string {
  if (tried === 0) {
    return trans.__('No turn that it should leave alone has been tried yet.');
  }
  if (tried === 1) {
    return trans.__('One turn that it should leave alone was tried: that shows nothing yet.');
  }
  const found = trans.__(
    'Of %1 turns that it should leave alone, %2 changed, on turns like these between %3 and %4',
    tried,
    changed,
    percent(low),
    percent(high)
  );
  return {
    harmless: trans.__('%1: decided, harmless: nearer to 5% than to 20%.', found),
    harmful: trans.__('%1: decided, harmful: nearer to 20% than to 5%.', found),
    open: `${found}: ${open(more, trans)}`
  }[standing];
}

function open(more: number, trans: TranslationBundle): string {
  return trans._n(
    'cannot tell yet, about %1 more probe would decide.',
    'cannot tell yet, about %1 more probes would decide.',
    more
  );
}
