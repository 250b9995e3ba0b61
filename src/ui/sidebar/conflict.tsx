import type { Conflict } from '../../contract';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { claimedBy, clock } from '../parts/words';

/** Two people changed one article: both versions, and a button for each. */
export function ConflictBlock(props: {
  conflict: Conflict;
  number: number;
  trans: TranslationBundle;
  onResolve: (article: string, revision: string) => void;
}): JSX.Element {
  const { conflict, number, trans } = props;
  const title = trans.__('Article %1 has %2 versions.', number || '?', conflict.heads.length);
  return (
    <section cl="notice conflict" aria-label={title}>
      <Icon name="warn" tone="warn" />
      <div>
        <p>
          <b>{title}</b> {trans.__('Neither is lost. The first one is in force.')}
        </p>
        {conflict.heads.map((head, index) => {
          const who = claimedBy(head.provenance.author, trans) || trans.__('Version %1', index + 1);
          return (
            <div key={head.revision} cl="head">
              <p cl="muted">{`${who} · ${clock(head.provenance.at)}`}</p>
              <dl cl="law plain">
                <dt>{trans.__('When')}</dt>
                <dd>{head.when}</dd>
                <dt>{trans.__('Then')}</dt>
                <dd>{head.repealed ? trans.__('(repealed)') : head.then}</dd>
              </dl>
              <Button
                kind={index === 0 ? 'second' : 'plain'}
                onPress={() => props.onResolve(conflict.article, head.revision)}
              >
                {index === 0 ? trans.__('Keep this one') : trans.__('Take this one')}
              </Button>
            </div>
          );
        })}
      </div>
    </section>
  );
}
