import type { IThread } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';
import { short } from '../parts/words';

/** The turns that the notebook shows, as a tree: what stands deeper is a branch. */
export function Conversation(props: {
  threads: readonly IThread[];
  trans: TranslationBundle;
  onGoTo: (cell: string) => void;
}): JSX.Element {
  const { threads, trans } = props;
  return (
    <section cl="block tree">
      <h3>{trans.__('Conversation')}</h3>
      <Paged
        items={threads}
        page={50}
        trans={trans}
        draw={({ cell, label, prompt, depth, said }) => (
          <li key={cell} style={{ paddingInlineStart: Math.min(depth, 6) * 14 }}>
            <Button onPress={() => props.onGoTo(cell)}>{label}</Button>
            <span>
              {short(prompt, 60)}
              {said && <span cl="muted meta">{said}</span>}
            </span>
          </li>
        )}
      />
    </section>
  );
}
