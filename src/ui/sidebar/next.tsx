import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { Here } from '../parts/here';
import { ago, claimedBy, numberOf, unknownIn } from '../parts/words';
import type { Review } from '../../contract';
import type { IState } from '../../tokens';
import { IItemActs, Quote } from './item';
import type { Next } from './standing';

export interface INextProps extends IItemActs {
  readonly next: Next;
  readonly state: IState;
  readonly now: number;
  readonly trans: TranslationBundle;
  /** Another surface holds the filled button. */
  readonly quiet: boolean;
  readonly onReview: () => void;
  readonly onResolve: () => void;
  /** Let go of the preview. */
  readonly onAside: () => void;
}

/** The one thing worth doing now, with the panel's one filled button. */
export function NextBlock(props: INextProps): JSX.Element {
  const { next, trans, now, state, quiet } = props;
  const kind = quiet ? 'second' : 'primary';
  switch (next.kind) {
    case 'review':
      return <Arrived review={next.review} onReview={props.onReview} {...{ trans, quiet }} />;
    case 'conflict':
      return (
        <Block label={trans.__('Next')}>
          <p>
            <b>{trans.__('Article %1 has two versions.', numberOf(state.inForce, next.conflict.article) || '?')}</b>{' '}
            {trans.__('Neither is lost.')}
          </p>
          <div cl="line">
            <Button kind={kind} onPress={props.onResolve}>
              {trans.__('Resolve')}
            </Button>
          </div>
        </Block>
      );
    case 'ratified':
      return (
        <Block label={trans.__('Next')}>
          {next.article.repealed ? (
            <p>
              <b>{trans.__('“%1” is repealed.', next.article.title)}</b>{' '}
              {trans.__('Ask the corrected turn again without it?')}
            </p>
          ) : (
            <p>
              <b>{trans.__('Article %1 is in force.', numberOf(state.inForce, next.article.id) || '?')}</b>{' '}
              {trans.__('Ask the corrected turn again with it?')}
            </p>
          )}
          <div cl="line">
            <Button kind={kind} onPress={() => props.onAskAgain(next.annotation)}>
              {trans.__('Ask again')}
            </Button>
          </div>
        </Block>
      );
    case 'impact': {
      const { preview, draft, rows, unconfirmed } = next.preview;
      const tried = preview ? trans.__('tried on %1 of %2', rows.length, preview.planned) : trans.__('not tried yet');
      return (
        <Block label={trans.__('Next')}>
          <p>
            <b>{unconfirmed ? trans.__('Next: have it confirmed') : trans.__('Next: see what it changes')}</b>
          </p>
          <p>{draft.title}</p>
          <p cl="muted">
            {unconfirmed
              ? trans.__('ratified and kept, not yet in force')
              : preview?.status === 'interrupted'
                ? trans.__('interrupted, %1', tried)
                : tried}
          </p>
          <div cl="line">
            <Button kind={kind} onPress={props.onImpact}>
              {trans.__('Open impact')}
            </Button>
            {!unconfirmed && <Button onPress={props.onAside}>{trans.__('Set aside')}</Button>}
          </div>
        </Block>
      );
    }
    default: {
      const { annotation, label } = next.item.placed;
      const amend = next.kind === 'amend';
      const when = ago(annotation.modified ?? annotation.created, now, trans);
      const meta = [label, when, claimedBy(annotation.creator.name, trans)].filter(Boolean).join(' · ');
      return (
        <Block label={trans.__('Next')}>
          <p>
            <b>{amend ? trans.__('Next: make this correction a rule?') : trans.__('Next: say what is wrong here')}</b>
          </p>
          <p cl="about">
            <Quote annotation={annotation} trans={trans} />
          </p>
          <p cl="muted">
            {meta} <Here present={state.present} at={annotation.id} trans={trans} />
          </p>
          <div cl="line">
            <Button kind={kind} onPress={() => (amend ? props.onAmend([annotation]) : props.onCorrect(annotation))}>
              {amend ? trans.__('Amend') : trans.__('Correct')}
            </Button>
            <Button onPress={() => props.onNote(annotation)}>{trans.__('Keep as a note')}</Button>
          </div>
        </Block>
      );
    }
  }
}

/** Articles that came with the notebook, or that somebody has changed in it, and that are not in use. */
export function Arrived(props: {
  review: Review;
  quiet: boolean;
  trans: TranslationBundle;
  onReview: () => void;
}): JSX.Element {
  const { review, trans } = props;
  const fresh = unknownIn(review);
  const authors = [...new Set(fresh.map(a => a.provenance.author))];
  const said =
    fresh.length > 0 && fresh.every(a => review.constitution.scopes[a.id] === 'project')
      ? trans._n('%1 article of the project is new here.', '%1 articles of the project are new here.', fresh.length)
      : review.same.length === 0
        ? trans._n('%1 article came with this notebook.', '%1 articles came with this notebook.', fresh.length)
        : fresh.length > 0
          ? trans._n('%1 article is new or changed here.', '%1 articles are new or changed here.', fresh.length)
          : trans.__('The articles here are others than before.');
  return (
    <Block label={trans.__('Next')}>
      <p>
        <b>
          <Icon name="lock" /> {said}
        </b>{' '}
        {review.same.length > 0 && authors.length === 1 && authors[0] && `(${claimedBy(authors[0], trans)}) `}
        {trans.__('Not in use. Read them first.')}
      </p>
      <div cl="line">
        <Button kind={props.quiet ? 'second' : 'primary'} onPress={props.onReview}>
          {trans.__('Review')}
        </Button>
      </div>
    </Block>
  );
}

function Block(props: { label: string; children: React.ReactNode }): JSX.Element {
  return (
    <section cl="block next" aria-label={props.label}>
      {props.children}
    </section>
  );
}
