import type { JudgeScore, Judgement } from '../../contract';
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
  const score = state.preview?.evidence.judge;
  const left = state.rows.filter(row => changed(row) && !row.judgement).length;
  const again = score?.standing === 'untested' || score?.standing === 'moved';
  return (
    <>
      {score && (
        <p cl="muted below" role="status">
          {judgeOf(score, trans)}
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

/** Whether its word counts, or what keeps it from that. Every number is the server's. */
export function judgeOf(score: JudgeScore, trans: TranslationBundle): string {
  const { model, standing, moved, texts, asked, agreed, more, filled } = score;
  const found = trans.__('A judge, %1, agrees with itself on %2 of %3 rows', model, agreed, asked);
  const measure = measureOf(score, trans);
  return {
    moved: trans.__('The judge is switched off: %1 of %2 texts in replies talked %3 over.', moved, texts, model),
    untested: trans.__(
      '%1; %2. It gives no verdict: nobody has tested whether replies can talk it over, as “jupyter reconst persuade” does.',
      found,
      measure
    ),
    few: trans._n(
      '%2; %3. It gives no verdict before %1 more mark, with marks of both kinds.',
      '%2; %3. It gives no verdict before %1 more marks, with marks of both kinds.',
      more,
      found,
      measure
    ),
    poor: trans.__('%1; %2, below 0.40. It gives no verdict.', found, measure),
    counts: trans._n(
      '%2; %3. %1 row that you have not marked stands as judged.',
      '%2; %3. %1 rows that you have not marked stand as judged.',
      filled,
      found,
      measure
    )
  }[standing];
}

/** How far it agrees with the person. */
export function measureOf({ mcc, n }: JudgeScore, trans: TranslationBundle): string {
  return mcc === null
    ? trans._n('%1 of your marks measures it', '%1 of your marks measure it', n)
    : trans._n('MCC %2 with %1 of your marks', 'MCC %2 with %1 of your marks', n, mcc.toFixed(2));
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
