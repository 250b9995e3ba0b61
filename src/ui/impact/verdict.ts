/** The verdict in a sentence, then how sure it is. */
import type { IPreviewState } from '../../tokens';
import type { TranslationBundle } from '../parts/props';
import { noneOf, percent, wilson } from './bounds';
import { SHOULD_CHANGE, SHOULD_STAY, byVerdict, shares, sum } from './tally';

/** In three parts: where it stands, what it does, and the bound. */
export function verdictOf(
  state: IPreviewState,
  trans: TranslationBundle
): { stand: string; does: string; bound: string } {
  const { rows, preview } = state;
  const running = state.busy || preview?.status === 'running';
  const groups = byVerdict(rows);
  const regressions = groups.get('regression')?.length ?? 0;
  const unintended = groups.get('unintended')?.length ?? 0;
  const meant = shares(rows, SHOULD_CHANGE);
  const asked = sum(meant);
  const does: string[] = [];
  if (asked.tried > 0) {
    does.push(
      asked.changed === 0
        ? trans._n('It changed nothing in %1 turn it is for', 'It changed nothing in %1 turns it is for', asked.tried)
        : trans._n(
            'It changes %2 of %1 turn it is for',
            'It changes %2 of %1 turns it is for',
            asked.tried,
            asked.changed
          )
    );
  } else {
    does.push(trans.__('No turn that it is for has been tried yet'));
  }
  const bad: string[] = [];
  if (regressions > 0) {
    bad.push(trans._n('undoes %1 earlier correction', 'undoes %1 earlier corrections', regressions));
  }
  if (unintended > 0) {
    bad.push(trans._n('changes %1 turn it should leave alone', 'changes %1 turns it should leave alone', unintended));
  }
  const sentence =
    bad.length > 0 ? `${does[0]}, ${trans.__('but')} ${bad.join(` ${trans.__('and')} `)}.` : `${does[0]}.`;
  const stand = running
    ? trans.__('So far.')
    : preview?.effect === 'none'
      ? trans.__('It does not do its work.')
      : regressions + unintended > 0
        ? trans.__('Look at what it breaks.')
        : trans.__('Yours to decide.');
  return { stand, does: sentence, bound: boundOf(state, trans) };
}

function boundOf(state: IPreviewState, trans: TranslationBundle): string {
  const { changed, tried } = sum(shares(state.rows, SHOULD_STAY));
  if (tried === 0) {
    return trans.__('No turn that it should leave alone has been tried yet.');
  }
  if (changed === 0) {
    return trans._n(
      'None changed of %1 that should stay the same: on turns like these the true share may be up to %2 (95% bound).',
      'None changed of %1 that should stay the same: on turns like these the true share may be up to %2 (95% bound).',
      tried,
      percent(noneOf(tried))
    );
  }
  const { low, high } = wilson(changed, tried);
  return trans.__(
    '%1 changed of %2 that should stay the same: on turns like these the true share lies between %3 and %4 (95% interval).',
    changed,
    tried,
    percent(low),
    percent(high)
  );
}
