import type { Note } from '../../contract';
import * as React from '../react';
import { Block } from '../parts/block';

/** What else there is to know of a file: what is not offered, what both have changed, what comes along. */
export function Notes({ notes }: { notes: readonly Note[] }): JSX.Element {
  return (
    <>
      {notes.map(({ says, about }) => (
        <Block key={says} title={says}>
          <ul cl="leaves">
            {about.map((line, at) => (
              <li key={at}>{line}</li>
            ))}
          </ul>
        </Block>
      ))}
    </>
  );
}
