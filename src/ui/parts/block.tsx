import * as React from '../react';

/** A part of a page or of the sidebar, under its heading. */
export function Block({ title, children }: { title: string; children: React.ReactNode }): JSX.Element {
  return (
    <section cl="block">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
