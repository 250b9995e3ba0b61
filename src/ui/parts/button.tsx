import * as React from '../react';
import { Icon, IconName } from '../icons';

export interface IButtonProps {
  readonly children?: React.ReactNode;
  readonly onPress: (event: React.MouseEvent<HTMLButtonElement>) => void;
  readonly icon?: IconName;
  readonly kind?: 'primary' | 'second' | 'plain';
  /** Why it cannot be pressed yet; shown as its title, and said beside it by the panel. It keeps focus and contrast. */
  readonly notYet?: string;
  /** For a button without words. */
  readonly label?: string;
  readonly flush?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly menu?: boolean;
  readonly describedBy?: string;
  readonly autoFocus?: boolean;
}

/** A button: a verb, sometimes with its key. */
export const Button = React.forwardRef<HTMLButtonElement, IButtonProps>(function Button(props, ref) {
  const { children, onPress, icon, kind = 'plain', notYet, label, flush } = props;
  const classes = [
    'jp-reconst-btn',
    kind === 'plain' ? '' : `jp-reconst-${kind}`,
    flush ? 'jp-reconst-flush' : '',
    children ? '' : 'jp-reconst-square'
  ];
  return (
    <button
      ref={ref}
      type="button"
      className={classes.filter(Boolean).join(' ')}
      aria-disabled={notYet ? true : undefined}
      aria-label={label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-haspopup={props.menu ? 'menu' : undefined}
      aria-describedby={props.describedBy}
      title={notYet || label}
      autoFocus={props.autoFocus}
      onClick={event => {
        if (!notYet) {
          onPress(event);
        }
      }}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
});
