import { Dialog, showDialog } from '@jupyterlab/apputils';

import type { Given } from '../../contract';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import type { TranslationBundle } from './props';

/** A passage as it was sent, to the letter, and the way to the file that it is from. */
export async function showPassage(
  { label, source, text }: Given,
  trans: TranslationBundle,
  open: (path: string, fragment?: string) => void
): Promise<void> {
  const file = source !== '' && !source.includes('://');
  const { button } = await showDialog({
    title: spelt(label),
    body: (
      <div className="jp-reconst jp-reconst-passage">
        <p cl="muted">{spelt(source)}</p>
        <pre cl="seen" tabIndex={0}>
          {spelt(text)}
        </pre>
      </div>
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Close') }),
      ...(file ? [Dialog.okButton({ label: trans.__('Open the file') })] : [])
    ]
  });
  if (button.accept) {
    const page = / p\. (\d+)$/.exec(label)?.[1];
    open(source, page && `#page=${page}`);
  }
}
