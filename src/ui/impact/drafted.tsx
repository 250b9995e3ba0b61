import type { InForce } from '../../contract';
import type { IClashing, IPreviewState } from '../../tokens';
import * as React from '../react';
import { Clashes } from '../parts/clashes';
import type { TranslationBundle } from '../parts/props';

export interface IDraftedProps {
  readonly state: IPreviewState;
  readonly inForce: InForce | null;
  /** The search for its clashes; the same object each time. */
  readonly drafted: IClashing;
  readonly trans: TranslationBundle;
  readonly onArticle: (article: string) => void;
}

/** Whether the draft clashes with an article in force, before it is ratified; what was found before is there again. */
export function Drafted({ state, inForce, drafted, trans, onArticle }: IDraftedProps): JSX.Element | null {
  const { amendment, clashes, preview, ratified, unconfirmed } = state;
  const law = preview?.after;
  const others = (inForce?.constitution.articles ?? []).filter(a => a.id !== amendment.article);
  const asks =
    law !== undefined && amendment.action !== 'repeal' && !ratified && !unconfirmed && others.some(a => a.enabled);
  React.useEffect(() => {
    if (asks) {
      void drafted.recall();
      return drafted.close;
    }
    return undefined;
  }, [asks, law, drafted]);
  return asks ? (
    <Clashes search={drafted} onEdit={onArticle} clashes={clashes} law={law} articles={others} trans={trans} />
  ) : null;
}
