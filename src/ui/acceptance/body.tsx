import type { Article, InForce, Review } from '../../contract';
import type { IOffer, IRehearsing, ITicked } from '../../tokens';
import * as React from '../react';
import { Icon } from '../icons';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Page } from '../parts/page';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';
import { numberOf, short } from '../parts/words';
import { Notes } from './notes';
import { Rehearsal } from './rehearsal';
import { ReviewRow, Spelt } from './row';

/** Articles that are shown at once, each in full. */
const PAGE = 50;

export interface IAcceptanceProps {
  readonly review: Review;
  readonly inForce: InForce;
  /** The file that it came with: the notebook's own, or the one that is offered. */
  readonly path: string;
  readonly offer: IOffer | null;
  readonly rehearsing: IRehearsing | null;
  readonly trans: TranslationBundle;
  readonly onUse: (ticked: ITicked) => void;
  readonly onNotNow: () => void;
  readonly onRehearse: (ticked: ITicked, start: boolean) => void;
  readonly onStop: () => void;
  readonly onSent: (call: string) => void;
}

/** A constitution that came with the notebook, or in a file, to be read before anything of it is used. */
export function Acceptance(props: IAcceptanceProps): JSX.Element {
  const { review, inForce, offer, rehearsing, trans } = props;
  const { articles, preamble } = review.constitution;
  // Only what one has accepted before is ticked beforehand: the rest is read first.
  const [ticked, setTicked] = React.useState<ReadonlySet<string>>(new Set(review.same));
  const blocked = new Set(review.invisible.flatMap(s => s.article ?? []));
  const veiled = review.invisible.some(s => s.article === null);
  const [prefaced, setPrefaced] = React.useState(
    !veiled && preamble !== '' && preamble === inForce.constitution.preamble
  );
  const chosen = articles.filter(a => ticked.has(a.id) && !blocked.has(a.id)).map(a => a.id);
  const authors = [...new Set(articles.map(a => a.provenance.author).filter(Boolean))].join(', ');
  const came = trans._n('%1 article you have not accepted', '%1 articles you have not accepted', articles.length);
  const leaves = offer ? [] : inForce.constitution.articles.filter(a => !chosen.includes(a.id));
  const verb =
    chosen.length === 0
      ? prefaced
        ? trans.__('Use the text before the articles')
        : trans.__('Use none of them')
      : trans._n('Use %1 article', 'Use %1 articles', chosen.length);
  const none = chosen.length === 0 && !prefaced ? trans.__('Tick the articles to use') : undefined;
  const ticks: ITicked = { digest: review.digest, articles: chosen, preamble: prefaced };
  const tried = rehearsing && JSON.stringify(rehearsing.ticked) === JSON.stringify(ticks) ? rehearsing : null;
  return (
    <Page
      title={came}
      label={trans.__('Review a constitution')}
      over={trans.__('Came with %1', props.path)}
      lede={trans.__('None is in use: nothing here is sent to a model until you choose it.')}
      beside={
        <dl cl="facts">
          <dt>{trans.__('Says it is by')}</dt>
          <dd>
            {short(authors, 100) || trans.__('nobody')} <span cl="muted">{trans.__('(not verified)')}</span>
          </dd>
          <dt>{trans.__('Digest')}</dt>
          <dd cl="mono" title={review.digest}>
            {`${review.digest.replace(/^sha256:/, '').slice(0, 12)}…`}
          </dd>
        </dl>
      }
    >
      <div cl="cols wide-first">
        <div>
          {tried && <Rehearsal {...props} rehearsing={tried} />}
          {preamble && (
            <Block title={trans.__('Before the articles')}>
              <p cl="ask">
                <input
                  type="checkbox"
                  id="reconst-accept-preamble"
                  checked={prefaced}
                  disabled={veiled}
                  aria-describedby="reconst-accept-preamble-text"
                  onChange={event => setPrefaced(event.target.checked)}
                />{' '}
                <label htmlFor="reconst-accept-preamble">{trans.__('Use this text')}</label>
              </p>
              <p cl="read" id="reconst-accept-preamble-text">
                <Spelt text={preamble} />
              </p>
            </Block>
          )}
          <div cl="revs">
            <Paged
              items={articles}
              page={PAGE}
              trans={trans}
              draw={article => (
                <ReviewRow
                  key={article.id}
                  article={article}
                  index={articles.indexOf(article)}
                  mine={inForce.constitution.articles.find(a => a.id === article.id) ?? null}
                  number={numberOf(inForce, article.id)}
                  scope={review.constitution.scopes[article.id]}
                  same={review.same.includes(article.id)}
                  spelled={review.invisible.filter(s => s.article === article.id)}
                  hints={review.hints.filter(hint => hint.article === article.id)}
                  ticked={ticked.has(article.id)}
                  trans={trans}
                  onTick={on => {
                    const next = new Set(ticked);
                    next[on ? 'add' : 'delete'](article.id);
                    setTicked(next);
                  }}
                />
              )}
            />
          </div>
        </div>
        <Beside leaves={leaves} inForce={inForce} review={review} offer={offer} trans={trans} />
      </div>
      <div cl="pagefoot">
        <Icon name="lock" />
        <span>{trans.__('%1 of %2 chosen', chosen.length, articles.length)}</span>
        <span cl="sp" />
        {!tried && (
          <Button icon="probe" notYet={none} onPress={() => props.onRehearse(ticks, false)}>
            {trans.__('Try it on six of my turns first')}
          </Button>
        )}
        <Button kind="second" notYet={none} onPress={() => props.onUse(ticks)}>
          {verb}
        </Button>
        <Button kind="primary" autoFocus onPress={props.onNotNow}>
          {trans.__('Not now')}
        </Button>
      </div>
    </Page>
  );
}

function Beside(props: {
  leaves: readonly Article[];
  inForce: InForce;
  review: Review;
  offer: IOffer | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { leaves, inForce, review, offer, trans } = props;
  const other = review.invisible.filter(s => s.article === null);
  return (
    <div>
      {other.length > 0 && (
        <Block title={trans.__('Hidden characters elsewhere')}>
          {other.map(spelled => (
            <p key={spelled.where} cl="read">
              <Icon name="hidden" tone="bad" /> {`${spelled.where}: `}
              <Spelt text={spelled.text} />
            </p>
          ))}
        </Block>
      )}
      {offer && <Notes notes={offer.brought.notes} />}
      <Block title={trans.__('In force now')}>
        {inForce.constitution.articles.length === 0 ? (
          <p>{trans.__('Nothing. If you choose none, nothing is sent.')}</p>
        ) : (
          <p>
            {trans._n(
              '%1 article, which you accepted.',
              '%1 articles, which you accepted.',
              inForce.constitution.articles.length
            )}
          </p>
        )}
        {leaves.length > 0 && <p cl="above below">{trans.__('As ticked, these would no longer apply:')}</p>}
        <ul cl="leaves">
          {leaves.map(article => (
            <li key={article.id}>
              <span cl="muted">{numberOf(inForce, article.id)}</span> {article.title}
            </li>
          ))}
        </ul>
      </Block>
      <section cl="block">
        <p cl="muted">
          {offer
            ? trans.__('The warnings are hints and can miss things. What you have stays in force beside what you take.')
            : trans.__('The warnings are hints and can miss things. A later change to this file asks again.')}
        </p>
      </section>
    </div>
  );
}
