import type { Status } from '../../contract';
import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { dollars } from '../parts/words';

/** Which model answers, and what today has cost. */
export function Foot(props: { status: Status | null; trans: TranslationBundle; onConnect: () => void }): JSX.Element {
  const { status, trans } = props;
  const model = status?.model ?? null;
  return (
    <div cl="pfoot">
      {model ? (
        <>
          <button type="button" cl="chosen" title={trans.__('Change the model')} onClick={props.onConnect}>
            {model.model}
            {model.embedded && ` · ${trans.__('toy')}`}
            {model.recording && ` · ${trans.__('recording')}`}
          </button>
          <span cl="num">{spent()}</span>
        </>
      ) : (
        <Button flush icon="link" onPress={props.onConnect}>
          {trans.__('Connect a model')}
        </Button>
      )}
    </div>
  );

  function spent(): string {
    if (!status) {
      return '';
    }
    const calls = trans._n('%1 call today', '%1 calls today', status.calls);
    return status.spent === null || model?.embedded ? calls : trans.__('%1 today', dollars(status.spent));
  }
}
