import type { Draft } from '../../contract';
import * as React from '../react';
import { Button } from './button';
import { Field } from './field';
import type { TranslationBundle } from './props';

/** Where a fact is from. That it is not known is something to say, too. */
export function SourceField(props: {
  value: string;
  id?: string;
  label?: string;
  trans: TranslationBundle;
  onChange: (source: string) => void;
}): JSX.Element {
  const { trans, onChange } = props;
  return (
    <div cl="line">
      <Field
        id={props.id}
        label={props.label}
        value={props.value}
        maxLength={4000}
        placeholder={trans.__('a citation, a DOI, an address, or who says so')}
        onChange={onChange}
      />
      <Button onPress={() => onChange(trans.__('not known'))}>{trans.__('Not known')}</Button>
    </div>
  );
}

/** What is still to be said of a fact; empty where nothing is. */
export function unsourced({ kind, source }: Draft, trans: TranslationBundle): string {
  return kind === 'knowledge' && !source.trim() ? trans.__('Say where it is from') : '';
}
