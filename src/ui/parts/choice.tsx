import * as React from '../react';
import { Icon } from '../icons';

/** One of a few: a tick and bold, not a fill. Arrow keys move, as in any radio group. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}): JSX.Element {
  const { options, value, onChange } = props;
  const group = React.useRef<HTMLSpanElement>(null);
  const move = (by: number) => {
    const at = options.findIndex(o => o.value === value);
    const next = (at + by + options.length) % options.length;
    onChange(options[next].value);
    (group.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <span cl="seg" role="radiogroup" aria-label={props.label} ref={group}>
      {options.map(option => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={event => {
            const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
            if (by) {
              event.preventDefault();
              event.stopPropagation();
              move(by);
            }
          }}
        >
          {option.value === value && <Icon name="tick" />}
          {option.label}
        </button>
      ))}
    </span>
  );
}
