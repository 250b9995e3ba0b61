import type { Evidence } from '../../contract';
import * as React from '../react';
import { Fold } from '../parts/fold';
import type { TranslationBundle } from '../parts/props';

/** The numbers behind the sentences, one click away. */
export function Numbers({ evidence, trans }: { evidence: Evidence; trans: TranslationBundle }): JSX.Element {
  return (
    <Fold look="numbers" title={trans.__('The numbers')}>
      <dl>
        {evidence.said.figures.map(({ claim, formula, values }) => (
          <React.Fragment key={formula}>
            <dt>
              {claim}: {formula}
            </dt>
            <dd cl="muted">{values}</dd>
          </React.Fragment>
        ))}
      </dl>
    </Fold>
  );
}
