import type { Judgement } from '../../contract';
import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { changed } from './tally';

/** What the judge's word is worth, and the act of asking it, with its price. There is none without a correction. */
export function Judge(props: {
  state: IPreviewState;
  trans: TranslationBundle;
  onJudge: (() => void) | null;
}): JSX.Element | null {
  const { state, trans, onJudge } = props;
  const { judge: score, said } = state.preview?.evidence ?? {};
  const left = state.rows.filter(row => changed(row) && !row.judgement).length;
  const again = score?.standing === 'untested' || score?.standing === 'moved';
  return (
    <>
      {score && (
        <p cl="muted below" role="status">
          {said?.judge}
        </p>
      )}
      {onJudge && state.annotations.length > 0 && (left > 0 || again) && (
        <div cl="line above">
          <Button icon="ask" onPress={onJudge}>
            {score ? trans.__('Ask the judge again') : trans.__('Ask a judge')}
          </Button>
          <span cl="muted">{trans.__('at most %1 calls', 2 * left)}</span>
        </div>
      )}
    </>
  );
}

/** What it said of a row, in both orders. */
export function saidOf({ first, second }: Judgement, trans: TranslationBundle): string {
  const names = {
    before: trans.__('today’s reply is better'),
    after: trans.__('the new reply is better'),
    neither: trans.__('neither reply is better'),
    unread: trans.__('no answer')
  };
  return first === second
    ? trans.__('Judge, in both orders: %1.', names[first])
    : trans.__('Judge, no agreement: %1; the other way round, %2.', names[first], names[second]);
}
