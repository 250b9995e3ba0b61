import React from 'react';

import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import type { ICardProps } from './props';

/** What went wrong, that the text is kept, and one thing to press. */
export function Trouble({ card, trans, onConnect, onRetry }: ICardProps): JSX.Element | null {
  const { problem } = card;
  if (!problem) {
    return null;
  }
  if (problem.code === 'no_model' || problem.code === 'recording_only') {
    const text = trans.__('Your own corrections work; candidates need one.');
    return (
      <Notice icon="link" title={trans.__('No model connected.')} text={text}>
        <Button kind="second" onPress={onConnect}>
          {trans.__('Connect')}
        </Button>
      </Notice>
    );
  }
  return (
    <Notice
      icon="warn"
      tone="warn"
      title={problem.message}
      text={`${trans.__('Your text is kept.')} ${problem.remedy}`}
    >
      <Button kind="second" onPress={onRetry}>
        {trans.__('Try again')}
      </Button>
    </Notice>
  );
}
