import type { Exports } from '../../contract';
import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';

/** The ways to hand the constitution on: as a file, or through the clipboard; and what goes along with each. */
export function Share(props: {
  /** null while they are asked for. */
  exports: Exports | null;
  trans: TranslationBundle;
  onSave: (format: string, file: string) => void;
  onCopy: (format: string) => Promise<boolean>;
}): JSX.Element {
  const { exports, trans } = props;
  const [copied, setCopied] = React.useState('');
  if (!exports) {
    return <p role="status">{trans.__('There is no constitution here to share.')}</p>;
  }
  return (
    <>
      <p cl="lede">{trans.__('Read it before you hand it on: whoever gets it can read all of it.')}</p>
      <ul cl="things">
        {exports.formats.map(({ format, file, says }) => (
          <li key={format}>
            <span>
              <b>{file}</b>
              <span cl="muted meta">{says}</span>
            </span>
            <span cl="acts">
              <Button kind="second" label={trans.__('Save %1', file)} onPress={() => props.onSave(format, file)}>
                {trans.__('Save')}
              </Button>
              <Button
                icon="copy"
                label={trans.__('Copy %1', file)}
                onPress={() => void props.onCopy(format).then(done => done && setCopied(format))}
              >
                {copied === format ? trans.__('Copied') : trans.__('Copy')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
