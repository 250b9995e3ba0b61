import * as React from '../react';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import type { ICardProps } from './props';

/** What went wrong, that the text is kept, and one thing to press where that helps. */
export function Trouble(props: Pick<ICardProps, 'card' | 'trans' | 'onConnect' | 'onRetry'>): JSX.Element | null {
  const { trans } = props;
  const { problem } = props.card;
  if (!problem) {
    return null;
  }
  if (problem.code === 'no_model') {
    const text = trans.__('Your own corrections work; candidates need one.');
    return (
      <Notice icon="link" title={trans.__('No model connected.')} text={text}>
        <Button kind="second" onPress={props.onConnect}>
          {trans.__('Connect')}
        </Button>
      </Notice>
    );
  }
  if (problem.code === 'recording_only') {
    // A sample plays its recording, whichever model is connected.
    return <Notice icon="model" title={problem.message} text={trans.__('Your own words work here, too.')} />;
  }
  return (
    <Notice title={problem.message} text={`${trans.__('Your text is kept.')} ${problem.remedy}`}>
      <Button kind="second" onPress={props.onRetry}>
        {trans.__('Try again')}
      </Button>
    </Notice>
  );
}
