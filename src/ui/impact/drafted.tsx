import type { InForce } from '../../contract';
import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Clashes, IClashesProps } from '../parts/clashes';
import type { TranslationBundle } from '../parts/props';

/** What can be done about the clashes of a draft; the same object each time. */
export interface IDraftedActs extends Pick<IClashesProps, 'onEstimate' | 'onFind' | 'onStop' | 'onClose' | 'onEdit'> {
  readonly onRecall: () => void;
}

export interface IDraftedProps {
  readonly state: IPreviewState;
  readonly inForce: InForce | null;
  readonly drafted: IDraftedActs;
  readonly trans: TranslationBundle;
}

/** Whether the draft clashes with an article in force, before it is ratified; what was found before is there again. */
export function Drafted({ state, inForce, drafted, trans }: IDraftedProps): JSX.Element | null {
  const { amendment, clashes, preview, ratified, unconfirmed } = state;
  const law = preview?.after;
  const others = (inForce?.constitution.articles ?? []).filter(a => a.id !== amendment.article);
  const asks =
    law !== undefined && amendment.action !== 'repeal' && !ratified && !unconfirmed && others.some(a => a.enabled);
  React.useEffect(() => {
    if (asks) {
      drafted.onRecall();
      return drafted.onClose;
    }
    return undefined;
  }, [asks, law, drafted]);
  return asks ? <Clashes {...drafted} clashes={clashes} law={law} articles={others} trans={trans} /> : null;
}
