import { diffArrays } from 'diff';

import * as React from '../react';
import type { TranslationBundle } from './props';

/** A stretch of the two texts. The spaces around a change belong to one side but are drawn plainly. */
export type Piece = {
  readonly kind: 'same' | 'removed' | 'added' | 'space-before' | 'space-after';
  readonly text: string;
};

/** Longer edits than this are shown as one removal and one addition: working out the words would hold up the page. */
const MOST_EDITS = 800;
const MOST_MILLISECONDS = 100;

/** A word of a script that has capitals, as those part their words; a letter of another; a line's end; spaces; a mark. */
const WORD = /[\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{M}\p{N}_]+|\r?\n|[^\S\r\n]+|./gsu;

const wordsOf = (text: string): string[] => text.match(WORD) ?? [];

/** The words that differ, in order. */
export function pieces(before: string, after: string): Piece[] {
  const limits = { maxEditLength: MOST_EDITS, timeout: MOST_MILLISECONDS };
  const parts = diffArrays(wordsOf(before), wordsOf(after), limits);
  if (!parts) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after }
    ];
  }
  return together(
    parts.map(part => ({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text: part.value.join('') }))
  ).flatMap(bare);
}

/** Changed words with nothing but spaces or marks between them are one change: a phrase reads better than its words. */
function together(all: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  let before = '';
  let after = '';
  const close = () => {
    if (before) {
      found.push({ kind: 'removed', text: before });
    }
    if (after) {
      found.push({ kind: 'added', text: after });
    }
    before = after = '';
  };
  all.forEach((piece, index) => {
    if (piece.kind === 'removed') {
      before += piece.text;
    } else if (piece.kind === 'added') {
      after += piece.text;
    } else if (
      before &&
      after &&
      index < all.length - 1 &&
      /^[\s\p{P}]{1,3}$/u.test(piece.text) &&
      !/\n/.test(piece.text)
    ) {
      before += piece.text;
      after += piece.text;
    } else {
      close();
      found.push(piece);
    }
  });
  close();
  return found;
}

/** The words alone are struck or underlined, never the spaces around them. */
function bare({ text, kind }: Piece): Piece[] {
  const words = text.trim();
  if (kind === 'same' || words === '') {
    return [{ kind, text }];
  }
  const start = text.indexOf(words);
  const space = (s: string): Piece[] =>
    s ? [{ kind: kind === 'added' ? 'space-after' : 'space-before', text: s }] : [];
  return [...space(text.slice(0, start)), { kind, text: words }, ...space(text.slice(start + words.length))];
}

/** Word diff in place. `side` keeps to one of the two texts. Text nodes only. */
export function Diff(props: {
  pieces: readonly Piece[];
  trans: TranslationBundle;
  side?: 'before' | 'after';
}): JSX.Element {
  const { trans, side } = props;
  const hidden = new Set(
    side === 'before' ? ['added', 'space-after'] : side === 'after' ? ['removed', 'space-before'] : []
  );
  return (
    <>
      {props.pieces.map((piece, index) => {
        if (hidden.has(piece.kind)) {
          return null;
        }
        if (piece.kind === 'removed') {
          return (
            <del key={index}>
              <span cl="sr">{trans.__('removed:')} </span>
              {piece.text}
            </del>
          );
        }
        if (piece.kind === 'added') {
          return (
            <ins key={index}>
              <span cl="sr">{trans.__('added:')} </span>
              {piece.text}
            </ins>
          );
        }
        return <React.Fragment key={index}>{piece.text}</React.Fragment>;
      })}
    </>
  );
}
