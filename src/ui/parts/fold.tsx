import * as React from '../react';
import { Icon } from '../icons';

/** What is there for those who open it. */
export function Fold(props: { title: React.ReactNode; look?: string; children: React.ReactNode }): JSX.Element {
  return (
    <details cl={props.look}>
      <summary>
        <Icon name="right" />
        {props.title}
      </summary>
      {props.children}
    </details>
  );
}
