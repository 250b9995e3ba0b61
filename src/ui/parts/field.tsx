import * as React from '../react';

export interface IFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly id?: string;
  readonly rows?: number;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly describedBy?: string;
  readonly onKeyDown?: (event: React.KeyboardEvent<HTMLTextAreaElement>) => void;
}

/**
 * A text box that the state may follow a moment later: it keeps its own text, so that the caret never jumps, and takes
 * the state's only when somebody else changed it.
 */
export const Field = React.forwardRef<HTMLTextAreaElement, IFieldProps>(function Field(props, ref) {
  const { value, onChange } = props;
  const [text, setText] = React.useState(value);
  const said = React.useRef(value);
  React.useEffect(() => {
    if (value !== said.current) {
      said.current = value;
      setText(value);
    }
  }, [value]);
  return (
    <textarea
      ref={ref}
      id={props.id}
      cl="field"
      rows={props.rows ?? 1}
      value={text}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      onChange={event => {
        said.current = event.target.value;
        setText(event.target.value);
        onChange(event.target.value);
      }}
      onKeyDown={props.onKeyDown}
    />
  );
});
