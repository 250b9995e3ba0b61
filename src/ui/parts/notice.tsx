import * as React from '../react';
import { Icon, IconName } from '../icons';

/** What happened, whether the text is safe, and one thing to press. A warning, unless it says otherwise. */
export function Notice(props: {
  icon?: IconName;
  tone?: 'bad' | 'warn' | 'good';
  title?: string;
  text: string;
  children?: React.ReactNode;
}): JSX.Element {
  const { icon = 'warn', tone = icon === 'warn' ? 'warn' : undefined } = props;
  return (
    <div cl="notice">
      <Icon name={icon} tone={tone} />
      <p>
        {props.title && <b>{props.title} </b>}
        {props.text}
      </p>
      {props.children && <span cl="acts">{props.children}</span>}
    </div>
  );
}
