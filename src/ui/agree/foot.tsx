import type { Agreement, InForce } from '../../contract';
import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { agreementOf, stateOf, termsOf, waits } from './agreement';

/** Whether what the preview shows takes the votes of others before it can be ratified. */
export function votesFirst(inForce: InForce | null, { amendment }: IPreviewState): boolean {
  return (
    inForce !== null && inForce.agreeing.terms.kind !== 'one' && agreementOf(inForce, amendment)?.state !== 'carried'
  );
}

/** The proposal of what the preview shows, while it can still become law. */
export function asked(inForce: InForce | null, { amendment }: IPreviewState): Agreement | null {
  const found = agreementOf(inForce, amendment);
  return found && waits(found) ? found : null;
}

/** At the foot of the impact: how far the others agree, or a way to ask them. */
export function Ask(props: {
  inForce: InForce | null;
  state: IPreviewState;
  /** Why it cannot be proposed yet. */
  notYet: string | undefined;
  trans: TranslationBundle;
  onPropose: () => void;
}): JSX.Element | null {
  const { inForce, state, trans } = props;
  if (!inForce) {
    return null;
  }
  const found = asked(inForce, state);
  const first = votesFirst(inForce, state);
  if (found) {
    return (
      <span>
        <Icon name={found.state === 'carried' ? 'tick' : 'clock'} /> {stateOf(found, trans)}
      </span>
    );
  }
  return (
    <>
      {first && <span>{trans.__('Must agree: %1', termsOf(inForce.agreeing.terms, trans))}</span>}
      <Button kind={first ? 'primary' : 'plain'} notYet={props.notYet} onPress={props.onPropose}>
        {first ? trans.__('Propose') : trans.__('Propose instead')}
      </Button>
    </>
  );
}
