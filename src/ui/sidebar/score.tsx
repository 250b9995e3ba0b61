import type { Article, WhenScore } from '../../contract';
import * as React from '../react';
import type { TranslationBundle } from '../parts/props';
import { percent } from '../parts/words';

/** From so many marks on, with both kinds among them, a score is shown. */
const ENOUGH = 5;

/** How an article's WHEN does against the person's own marks. An article that always applies has no WHEN to score. */
export function Score(props: {
  article: Article;
  trans: TranslationBundle;
  onScores: () => Promise<readonly WhenScore[] | null>;
}): JSX.Element | null {
  const { article, trans, onScores } = props;
  const [score, setScore] = React.useState<WhenScore | null>(null);
  React.useEffect(() => {
    let shown = true;
    if (!article.always) {
      void onScores().then(scores => shown && setScore(scores?.find(s => s.article === article.id) ?? null));
    }
    return () => {
      shown = false;
    };
  }, [article.id, article.revision, article.always, onScores]);
  return article.always || !score ? null : <p cl="muted">{scoreOf(score, trans)}</p>;
}

/** One sentence; a precision or recall over nothing is not said. */
export function scoreOf(score: WhenScore, trans: TranslationBundle): string {
  const { hits, passes, n, mcc, precision, recall } = score;
  if (n < ENOUGH || mcc === null) {
    return trans.__('WHEN: too few marks to score it (%1).', n);
  }
  const figures = [
    trans.__('MCC %1', mcc.toFixed(2)),
    precision === null ? '' : trans.__('precision %1', percent(precision)),
    recall === null ? '' : trans.__('recall %1', percent(recall))
  ];
  return trans.__('WHEN: right in %1 of %2 of your marks (%3).', hits + passes, n, figures.filter(Boolean).join(', '));
}
