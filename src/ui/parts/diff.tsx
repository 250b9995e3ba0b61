import { diffWordsWithSpace } from 'diff';
import React from 'react';

import type { TranslationBundle } from './props';

export type Piece = { readonly kind: 'same' | 'removed' | 'added'; readonly text: string };

/** Longer edits than this are shown as one removal and one addition: working out the words would hold up the page. */
const MOST_EDITS = 3000;

/** The words that differ, in order. */
export function pieces(before: string, after: string): Piece[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
  if (!parts) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after }
    ];
  }
  return parts.map(part => ({
    kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
    text: part.value
  }));
}

/** Word diff in place. `side` keeps to one of the two texts. Text nodes only. */
export function Diff(props: {
  pieces: readonly Piece[];
  trans: TranslationBundle;
  side?: 'before' | 'after';
}): JSX.Element {
  const { trans, side } = props;
  const hidden = side === 'before' ? 'added' : side === 'after' ? 'removed' : null;
  return (
    <>
      {props.pieces.map((piece, index) => {
        if (piece.kind === hidden) {
          return null;
        }
        if (piece.kind === 'removed') {
          return (
            <del key={index}>
              <span className="sr">{trans.__('removed:')} </span>
              {piece.text}
            </del>
          );
        }
        if (piece.kind === 'added') {
          return (
            <ins key={index}>
              <span className="sr">{trans.__('added:')} </span>
              {piece.text}
            </ins>
          );
        }
        return <React.Fragment key={index}>{piece.text}</React.Fragment>;
      })}
    </>
  );
}
