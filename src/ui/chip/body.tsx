import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';

export interface IChipProps {
  readonly trans: TranslationBundle;
  /** The keys that do the same without the mouse, as the person has set them. */
  readonly keys: (act: 'correct' | 'keep') => string;
  readonly onCorrect: () => void;
  readonly onKeep: () => void;
  readonly onAskWhy: () => void;
  readonly onFormalize: () => void;
  readonly onClose: () => void;
}

/** What can be done with the selected words. No model is called before one of these is pressed. */
export function Chip(props: IChipProps): JSX.Element {
  const { trans } = props;
  const key = (act: 'correct' | 'keep') => {
    const keys = props.keys(act);
    return keys && <kbd cl="soft">{keys}</kbd>;
  };
  const bar = React.useRef<HTMLDivElement>(null);
  const move = (by: number) => {
    const buttons = Array.from(bar.current?.querySelectorAll('button') ?? []);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      ref={bar}
      cl="bar"
      role="toolbar"
      aria-label={trans.__('Selected words')}
      onMouseDown={event => event.preventDefault()}
      onKeyDown={event => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (by) {
          event.preventDefault();
          move(by);
        } else if (event.key === 'Escape') {
          event.stopPropagation();
          props.onClose();
        }
      }}
    >
      <Button icon="pen" onPress={props.onCorrect}>
        {trans.__('Correct')} {key('correct')}
      </Button>
      <Button icon="keep" onPress={props.onKeep}>
        {trans.__('Keep')} {key('keep')}
      </Button>
      <Button icon="ask" onPress={props.onAskWhy}>
        {trans.__('Ask why')}
      </Button>
      <Button icon="equal" onPress={props.onFormalize}>
        {trans.__('Formalise')}
      </Button>
    </div>
  );
}
