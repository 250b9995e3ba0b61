import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';

export interface IShareActs {
  readonly onImport: () => void;
  readonly onShare: () => void;
  readonly onCompare: () => void;
}

/** Where a constitution comes from and goes to. */
export function ShareLine(props: IShareActs & { empty: boolean; trans: TranslationBundle }): JSX.Element {
  const { empty, trans } = props;
  const none = empty ? trans.__('There are no articles yet') : undefined;
  return (
    <div cl="line share" role="group" aria-label={trans.__('Share and compare')}>
      <Button onPress={props.onImport}>{trans.__('Import…')}</Button>
      <Button notYet={none} onPress={props.onShare}>
        {trans.__('Share…')}
      </Button>
      <Button notYet={none} onPress={props.onCompare}>
        {trans.__('Compare')}
      </Button>
    </div>
  );
}
