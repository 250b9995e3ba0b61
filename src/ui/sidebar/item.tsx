import type { Annotation, Target } from '../../contract';
import type { IPresent } from '../../tokens';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import { Here } from '../parts/here';
import { showMenu } from '../parts/menu';
import type { TranslationBundle } from '../parts/props';
import { ago, claimedBy, quoteOf, saidOf, short } from '../parts/words';
import type { IItem } from './standing';

export interface IItemActs {
  readonly onCorrect: (annotation: Annotation) => void;
  readonly onAmend: (annotations: readonly Annotation[]) => void;
  readonly onAskAgain: (annotation: Annotation) => void;
  readonly onGoTo: (annotation: Annotation) => void;
  readonly onNote: (annotation: Annotation) => void;
  readonly onDiscard: (annotation: Annotation) => void;
  /** Write a report on it for engineers. */
  readonly onTell: (annotation: Annotation) => void;
  readonly onPlace: (annotation: Annotation, target: Target) => void;
  /** Place it where the person selects next. */
  readonly onPlacing: (annotation: Annotation | null) => void;
  readonly onImpact: () => void;
}

export interface IItemProps extends IItemActs {
  readonly item: IItem;
  readonly present: readonly IPresent[];
  readonly now: number;
  readonly trans: TranslationBundle;
  /** The number of the article that it has led to. */
  readonly number: number;
  readonly placing: boolean;
  /** Words selected while placing. */
  readonly offer: { readonly quote: string; readonly target: Target } | null;
  /** Ticked, to be amended together with others; null where that makes no sense. */
  readonly ticked: boolean | null;
  readonly onTick: (on: boolean) => void;
}

/** The quoted words, and what was said about them. */
export function Quote({ annotation, trans }: { annotation: Annotation; trans: TranslationBundle }): JSX.Element {
  const { part } = annotation.target;
  const said = saidOf(annotation);
  const quote = short(quoteOf(annotation), 200);
  const arrow = annotation.motivation !== 'assessing' && said ? ` → “${short(said, 160)}”` : '';
  if (part === 'whole') {
    return (
      <>
        <b>{trans.__('The whole reply')}</b>
        {arrow}
      </>
    );
  }
  return (
    <>
      {part === 'missing' && `${trans.__('Missing after')} `}
      <span cl="words">{quote}</span>
      {arrow}
    </>
  );
}

/** One correction and what can be done with it. */
export function Item(props: IItemProps): JSX.Element {
  const { item, trans, now } = props;
  const { annotation, label } = item.placed;
  const lost = item.standing === 'lost' || item.standing === 'moved';
  const icon = lost ? 'lost' : ({ tried: 'clock', settled: 'tick', kept: 'keep' }[item.standing as 'tried'] ?? 'pen');
  const when = ago(annotation.modified ?? annotation.created, now, trans);
  const who = claimedBy(annotation.creator.name, trans);
  return (
    <li cl="item">
      {props.ticked === null ? (
        <Icon name={icon as 'pen'} tone={lost ? 'warn' : undefined} />
      ) : (
        <input
          type="checkbox"
          checked={props.ticked}
          aria-label={trans.__('Amend together: %1', short(quoteOf(annotation), 60))}
          onChange={event => props.onTick(event.target.checked)}
        />
      )}
      <div>
        <p cl="clamp">
          {item.standing === 'lost' && <b>{trans.__('Lost its place:')} </b>}
          {item.standing === 'moved' && <b>{trans.__('Moved?')} </b>}
          <Quote annotation={annotation} trans={trans} />
        </p>
        <p cl="meta">
          {meta()} <Here present={props.present} at={annotation.id} trans={trans} />
        </p>
        {lost ? <Placing {...props} /> : <Acts {...props} />}
      </div>
    </li>
  );

  function meta(): string {
    const place = [label, when, who].filter(Boolean).join(' · ');
    switch (item.standing) {
      case 'lost':
        return trans.__('%1 was run again and these words are gone. Your note is kept.', label);
      case 'moved':
        return trans.__('%1 changed. These words may be the ones.', label);
      case 'settled':
        return trans.__('%1 · article %2', label, props.number || '?');
      case 'open':
        return `${place} · ${trans.__('nothing said yet')}`;
      case 'kept':
        return annotation.motivation === 'assessing' ? `${place} · ${trans.__('keep doing this')}` : place;
      default:
        return place;
    }
  }
}

function Acts(props: IItemProps): JSX.Element {
  const { item, trans } = props;
  const { annotation } = item.placed;
  const more = (event: React.MouseEvent<HTMLElement>) =>
    void showMenu(event.currentTarget, [
      { label: trans.__('Correct it again'), run: () => props.onCorrect(annotation) },
      { label: trans.__('Ask again'), run: () => props.onAskAgain(annotation) },
      item.standing === 'kept'
        ? { label: trans.__('Make it a rule'), run: () => props.onAmend([annotation]) }
        : { label: trans.__('Keep as a note'), run: () => props.onNote(annotation) },
      { label: trans.__('Tell the engineers…'), run: () => props.onTell(annotation) },
      null,
      { label: trans.__('Set aside'), run: () => props.onDiscard(annotation) }
    ]);
  return (
    <div cl="line">
      {item.standing === 'corrected' && (
        <Button kind="second" onPress={() => props.onAmend([annotation])}>
          {trans.__('Amend')}
        </Button>
      )}
      {item.standing === 'open' && (
        <Button kind="second" onPress={() => props.onCorrect(annotation)}>
          {trans.__('Correct')}
        </Button>
      )}
      {item.standing === 'tried' && (
        <Button kind="second" onPress={props.onImpact}>
          {trans.__('Open impact')}
        </Button>
      )}
      <Button onPress={() => props.onGoTo(annotation)}>{trans.__('Go to')}</Button>
      <Button icon="more" menu label={trans.__('More for %1', short(quoteOf(annotation), 40))} onPress={more} />
    </div>
  );
}

function Placing(props: IItemProps): JSX.Element {
  const { item, trans, placing, offer } = props;
  const { annotation } = item.placed;
  const found = item.placed.offer;
  if (placing) {
    return (
      <>
        <p role="status">
          {offer
            ? trans.__('Place it on “%1”?', short(offer.quote, 80))
            : trans.__('Select the words in an output that it is about.')}
        </p>
        <div cl="line">
          {offer && (
            <Button kind="second" onPress={() => props.onPlace(annotation, offer.target)}>
              {trans.__('Place it here')}
            </Button>
          )}
          <Button onPress={() => props.onPlacing(null)}>{trans.__('Leave it')}</Button>
        </div>
      </>
    );
  }
  return (
    <div cl="line">
      <Button kind="second" onPress={() => (found ? props.onPlace(annotation, found) : props.onPlacing(annotation))}>
        {item.standing === 'moved' ? trans.__('Yes, place it') : trans.__('Place again')}
      </Button>
      {item.standing === 'moved' && <Button onPress={() => props.onGoTo(annotation)}>{trans.__('Go to')}</Button>}
      <Button onPress={() => props.onDiscard(annotation)}>{trans.__('Set aside')}</Button>
    </div>
  );
}
