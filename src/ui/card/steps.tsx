import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';

/** Where you are among the five steps, and the way out. */
export function Steps(props: { at: number; onClose: () => void; trans: TranslationBundle }): JSX.Element {
  const { at, trans } = props;
  const names = [
    trans.__('Highlight'),
    trans.__('Correct'),
    trans.__('Amend'),
    trans.__('Preview'),
    trans.__('Ratify')
  ];
  return (
    <header>
      <div cl="headrow">
        <ol cl="steps" aria-label={trans.__('Steps')}>
          {names.map((name, index) => (
            <li key={name} aria-current={index === at ? 'step' : undefined}>
              {index < at && <Icon name="tick" />}
              {index < at && <span cl="sr">{trans.__('done:')} </span>}
              {name}
            </li>
          ))}
        </ol>
        <span cl="sp" />
        <Button icon="cross" label={trans.__('Close; the draft is kept')} onPress={props.onClose} />
      </div>
    </header>
  );
}
