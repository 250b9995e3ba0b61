import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Here } from '../parts/here';
import { WhatWasSent } from '../parts/sent';
import { claimedBy, dollars, quoteOf } from '../parts/words';
import type { ICardProps } from './props';
import { Candidates } from './candidates';
import { Trouble } from './trouble';

/** Step 2: what the words should have been. */
export function CorrectStep(
  props: ICardProps & { list: React.Ref<HTMLDivElement>; own: React.Ref<HTMLTextAreaElement> }
): JSX.Element {
  const { card, trans, quoted } = props;
  const annotation = card.annotations[0];
  const { part } = annotation.target;
  const hint = {
    words: trans.__('Say what would have been right, or what is wrong'),
    missing: trans.__('Say what is missing here'),
    whole: trans.__('Say what is wrong with the whole reply')
  }[part];
  // What was said before may be a colleague's words.
  const who = annotation.body.length > 0 ? claimedBy(annotation.creator.name, trans) : '';
  const nothing = !card.own.trim() && card.picked === null;
  return (
    <>
      <div cl="body">
        {quoted && <Quoted {...props} />}
        {(who || props.present.some(someone => someone.at === annotation.id)) && (
          <p cl="muted whose">
            {who} <Here present={props.present} at={annotation.id} trans={trans} />
          </p>
        )}
        <Field
          ref={props.own}
          value={card.own}
          label={trans.__('Your words')}
          placeholder={hint}
          maxLength={4000}
          onChange={props.onWrite}
        />
        {card.candidates.length > 0 ? (
          <Candidates
            ref={props.list}
            candidates={card.candidates}
            picked={card.picked}
            trans={trans}
            onPick={props.onPick}
            onStop={props.onStop}
            onRetry={props.onRetry}
            onSent={props.onSent}
          />
        ) : (
          card.busy &&
          !card.saved && <p cl="src">{trans.__('Looking for candidates; your own words work meanwhile.')}</p>
        )}
        {card.disagrees && (
          <div cl="aside">
            <Icon name="argues" />
            <p>
              <b>{trans.__('The model argues back.')}</b> {card.disagrees.text}{' '}
              <WhatWasSent call={card.disagrees.call} trans={trans} onSent={props.onSent} />
            </p>
          </div>
        )}
        <Trouble {...props} />
      </div>
      <footer>
        {card.saved ? (
          <span cl="hint">
            <Icon name="done" tone="good" /> {trans.__('Saved. It stays a note until you amend.')}
          </span>
        ) : (
          <span cl="hint muted" id="reconst-card-hint">
            <Hint {...props} />
          </span>
        )}
        <span cl="sp" />
        {card.saved ? (
          <Button onPress={props.onClose}>{trans.__('Done')}</Button>
        ) : (
          <Button
            notYet={nothing ? trans.__('Pick a candidate or write your own') : undefined}
            describedBy="reconst-card-hint"
            onPress={props.onSave}
          >
            {trans.__('Save only')}
          </Button>
        )}
        <Button
          kind="primary"
          notYet={nothing && !card.saved ? trans.__('Pick a candidate or write your own') : undefined}
          onPress={props.onNext}
        >
          {trans.__('Next: amend')} {(!nothing || card.saved) && <kbd>Ctrl+Enter</kbd>}
        </Button>
      </footer>
    </>
  );
}

function Hint({ card, trans }: ICardProps): JSX.Element {
  const rows = card.candidates.length;
  const cost = card.cost === null ? '' : trans.__('about %1', dollars(card.cost));
  if (card.own.trim() || card.picked !== null) {
    return <>{cost}</>;
  }
  return (
    <>
      {rows > 0 && <kbd>1</kbd>}
      {rows > 1 && '–'}
      {rows > 1 && <kbd>{Math.min(rows, 9)}</kbd>}
      {rows > 0 && ` ${trans.__('pick')} · `}
      <kbd>Tab</kbd> {trans.__('own words')}
      {cost && ` · ${cost}`}
    </>
  );
}

/** The highlighted words, while they are out of sight. */
export function Quoted({ card, trans }: ICardProps): JSX.Element {
  const annotation = card.annotations[0];
  const quote = quoteOf(annotation);
  if (annotation.target.part === 'whole') {
    return <p cl="quote">{trans.__('The whole reply')}</p>;
  }
  return (
    <p cl="quote">
      {annotation.target.part === 'missing' && `${trans.__('Missing after')} `}
      <q>{quote}</q>
    </p>
  );
}
