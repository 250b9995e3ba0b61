import type { IPresent } from '../../tokens';
import * as React from '../react';
import type { TranslationBundle } from './props';

/** Who else looks at this now: their initials, and their names in words. The names are what their pages say. */
export function Here(props: { present: readonly IPresent[]; at: string; trans: TranslationBundle }): JSX.Element {
  const { present, at, trans } = props;
  return (
    <>
      {present
        .filter(someone => someone.at === at)
        .map(({ name }, index) => {
          const said = trans.__('%1 looks at this now', name);
          return (
            <span key={index} cl="here" role="img" aria-label={said} title={said}>
              {initials(name)}
            </span>
          );
        })}
    </>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map(word => [...word][0]?.toUpperCase() ?? '').join('');
}
