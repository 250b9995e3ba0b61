import * as React from '../react';

/** A field under its label, with what to write in it. */
export function Labelled(props: { id: string; label: string; note?: string; children: React.ReactNode }): JSX.Element {
  return (
    <div>
      <label cl="lab" htmlFor={props.id}>
        {props.label} {props.note && <small>{props.note}</small>}
      </label>
      {props.children}
    </div>
  );
}
