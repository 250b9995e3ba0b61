import * as React from '../react';
import type { TranslationBundle } from './props';

/** When and Then, to be read, and where a fact is from. */
export function Law(props: {
  when: React.ReactNode;
  then: React.ReactNode;
  source?: React.ReactNode;
  why?: React.ReactNode;
  trans: TranslationBundle;
}): JSX.Element {
  const { when, then, source, why, trans } = props;
  return (
    <dl cl="law plain">
      <dt>{trans.__('When')}</dt>
      <dd>{when}</dd>
      <dt>{trans.__('Then')}</dt>
      <dd>{then}</dd>
      {source && <dt>{trans.__('Source')}</dt>}
      {source && <dd>{source}</dd>}
      {why && <dt>{trans.__('Why')}</dt>}
      {why && <dd>{why}</dd>}
    </dl>
  );
}
