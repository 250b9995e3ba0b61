import type { Note } from '../../contract';
import * as React from '../react';

/** What else there is to know of a file: what is not offered, what both have changed, what comes along. */
export function Notes({ notes }: { notes: readonly Note[] }): JSX.Element {
  return (
    <>
      {notes.map(({ says, about }) => (
        <section key={says} cl="block">
          <h3>{says}</h3>
          <ul cl="leaves">
            {about.map((line, at) => (
              <li key={at}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
