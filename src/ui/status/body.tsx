import type { IState } from '../../tokens';
import * as React from '../react';
import { Icon } from '../icons';
import type { TranslationBundle } from '../parts/props';
import { unknownIn } from '../parts/words';

/** How many articles are in force, in a few words. */
export function statusText(state: IState, trans: TranslationBundle): string {
  const { inForce, connection } = state;
  if (connection === 'missing') {
    return trans.__('Server part missing');
  }
  if (!inForce) {
    return trans.__('No notebook');
  }
  const waiting = inForce.review ? unknownIn(inForce.review).length : 0;
  if (waiting > 0) {
    return trans._n('Not in use: %1 article', 'Not in use: %1 articles', waiting);
  }
  const on = inForce.constitution.articles.filter(a => a.enabled).length;
  return on > 0 ? trans._n('%1 article', '%1 articles', on) : trans.__('No articles yet');
}

/** The status bar's item; pressing it opens the sidebar. */
export function StatusItem(props: { state: IState; trans: TranslationBundle; onOpen: () => void }): JSX.Element {
  const { state, trans } = props;
  const asking = state.asking !== null;
  return (
    <button type="button" cl="item-button" title={trans.__('Reconstitution: open the sidebar')} onClick={props.onOpen}>
      <Icon name={state.inForce?.review ? 'lock' : 'laws'} />
      {statusText(state, trans)}
      {asking && ` · ${trans.__('asking')}`}
    </button>
  );
}
