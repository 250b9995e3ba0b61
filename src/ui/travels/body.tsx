import type { Manifest } from '../../contract';
import * as React from '../react';
import { Button } from '../parts/button';
import { Confirm, IQuestion } from '../parts/confirm';
import type { TranslationBundle } from '../parts/props';

/** Bytes as people read them. */
export function size(bytes: number, trans: TranslationBundle): string {
  return bytes < 1000 ? trans._n('%1 byte', '%1 bytes', bytes) : trans.__('%1 kB', (bytes / 1000).toFixed(1));
}

/** All that the notebook carries of ours, and what takes it out. */
export function TravelsList(props: {
  /** null while it is being asked for. */
  manifest: Manifest | null;
  /** It could not be had; the notice says why. */
  failed?: boolean;
  trans: TranslationBundle;
  onStrip: () => void;
}): JSX.Element {
  const { manifest, trans } = props;
  const [question, setQuestion] = React.useState<IQuestion | null>(null);
  if (props.failed) {
    return <p role="status">{trans.__('What the notebook carries could not be read.')}</p>;
  }
  if (!manifest) {
    return <p role="status">{trans.__('Looking at what the notebook carries')}</p>;
  }
  const bytes = manifest.items.reduce((sum, item) => sum + item.bytes, 0);
  return (
    <>
      <p cl="lede">
        {manifest.items.length === 0
          ? trans.__('This notebook carries nothing of ours.')
          : trans._n(
              'Whoever gets this notebook can read this %1 thing (%2).',
              'Whoever gets this notebook can read these %1 things (%2).',
              manifest.items.length,
              size(bytes, trans)
            )}
      </p>
      <p cl="muted">{trans.__('Keys, candidates, previews and your history stay in your own store.')}</p>
      <ul cl="things">
        {manifest.items.map((item, index) => (
          <li key={index}>
            <span>
              {item.says}
              <span cl="muted">{` · ${item.where}`}</span>
            </span>
            <span cl="muted num">{size(item.bytes, trans)}</span>
          </li>
        ))}
      </ul>
      {question ? (
        <Confirm question={question} trans={trans} onClose={() => setQuestion(null)} />
      ) : (
        manifest.items.length > 0 && (
          <div cl="line">
            <Button
              kind="second"
              onPress={() =>
                setQuestion({
                  text: trans.__('Remove all of this from the notebook? Your own store keeps it.'),
                  verb: trans.__('Strip'),
                  run: props.onStrip
                })
              }
            >
              {trans.__('Strip it all')}
            </Button>
          </div>
        )
      )}
    </>
  );
}
