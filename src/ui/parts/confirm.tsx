import * as React from '../react';
import { Button } from './button';
import { Notice } from './notice';
import type { TranslationBundle } from './props';

/** Something that needs a second look: what it would do, and two buttons. */
export interface IQuestion {
  readonly text: string;
  readonly verb: string;
  readonly run: () => void;
}

/** A question in place, not in a dialog; leaving it is the default. */
export function Confirm(props: { question: IQuestion; onClose: () => void; trans: TranslationBundle }): JSX.Element {
  const { question, onClose, trans } = props;
  return (
    <div
      role="group"
      aria-label={question.verb}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <Notice text={question.text}>
        <Button autoFocus onPress={onClose}>
          {trans.__('Leave it')}
        </Button>
        <Button
          kind="second"
          onPress={() => {
            onClose();
            question.run();
          }}
        >
          {question.verb}
        </Button>
      </Notice>
    </div>
  );
}
