import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { save } from '../parts/save';

export interface IExportProps {
  readonly state: IPreviewState;
  readonly name: string;
  readonly trans: TranslationBundle;
  /** The run as a page; null where it cannot be had, which is said elsewhere. */
  readonly onPrint: (name: string) => Promise<string | null>;
}

/** The run as a file: to keep, or for a colleague who has none of this installed. */
export function Export({ state, name, trans, onPrint }: IExportProps): JSX.Element {
  const file = fileOf(name);
  return (
    <div cl="line">
      <span cl="muted">{trans.__('Export this run:')}</span>
      <Button onPress={() => void onPrint(name).then(page => page && save(page, 'text/html', `${file}.html`))}>
        {trans.__('as a report')}
      </Button>
      <Button onPress={() => save(jsonOf(state), 'application/json', `${file}.json`)}>{trans.__('as JSON')}</Button>
    </div>
  );
}

/** The run with its rows, what they add up to, and what was wished for. */
export function jsonOf({ preview, rows, annotations, prompts, turns, without }: IPreviewState): string {
  return JSON.stringify({ ...preview, rows, annotations, prompts, turns, without }, null, 2);
}

/** A name that every file system takes. */
export function fileOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `impact-${plain.slice(0, 60) || 'of-a-draft'}`;
}
