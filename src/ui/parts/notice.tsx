import * as React from '../react';
import { Icon, IconName } from '../icons';

/** What happened, whether the text is safe, and one thing to press. */
export function Notice(props: {
  icon: IconName;
  tone?: 'bad' | 'warn' | 'good';
  title?: string;
  text: string;
  children?: React.ReactNode;
}): JSX.Element {
  return (
    <div cl="notice">
      <Icon name={props.icon} tone={props.tone} />
      <p>
        {props.title && <b>{props.title} </b>}
        {props.text}
      </p>
      {props.children && <span cl="acts">{props.children}</span>}
    </div>
  );
}
