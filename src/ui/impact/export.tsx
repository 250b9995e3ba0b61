import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { save } from '../parts/save';
import { htmlOf, jsonOf } from './report';

/** The run as a file: to keep, or for a colleague who has none of this installed. */
export function Export(props: { state: IPreviewState; name: string; trans: TranslationBundle }): JSX.Element {
  const { state, name, trans } = props;
  return (
    <div cl="line">
      <span cl="muted">{trans.__('Export this run:')}</span>
      <Button onPress={() => save(htmlOf(state, name, trans), 'text/html', `${fileOf(name)}.html`)}>
        {trans.__('as a report')}
      </Button>
      <Button onPress={() => save(jsonOf(state), 'application/json', `${fileOf(name)}.json`)}>
        {trans.__('as JSON')}
      </Button>
    </div>
  );
}

/** A name that every file system takes. */
export function fileOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `impact-${plain.slice(0, 60) || 'of-a-draft'}`;
}
