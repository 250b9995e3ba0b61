import * as React from '../react';
import { Button } from './button';
import type { TranslationBundle } from './props';

/** Opens the very messages that something was written from; nothing where nobody keeps them. */
export function WhatWasSent(props: {
  call: string | null | undefined;
  trans: TranslationBundle;
  onSent: (call: string) => void;
}): JSX.Element | null {
  const { call, trans, onSent } = props;
  return call ? <Button onPress={() => onSent(call)}>{trans.__('What was sent')}</Button> : null;
}
