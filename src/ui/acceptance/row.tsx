import type { Article, Hint, Spelled } from '../../contract';
import * as React from '../react';
import { Icon } from '../icons';
import { Diff, pieces } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { Scope, ScopeBadge } from '../parts/scopes';
import { decode, spell } from './spell';

export interface IReviewRowProps {
  readonly article: Article;
  readonly index: number;
  /** The one in force under the same id. */
  readonly mine: Article | null;
  readonly number: number;
  /** Where it holds, if that is not the notebook alone. */
  readonly scope: Scope | undefined;
  readonly same: boolean;
  readonly spelled: readonly Spelled[];
  readonly hints: readonly Hint[];
  readonly ticked: boolean;
  readonly trans: TranslationBundle;
  readonly onTick: (on: boolean) => void;
}

/** A text with its hidden characters shown by their code points. */
export function Spelt({ text }: { text: string }): JSX.Element {
  return (
    <>
      {spell(text).map((part, index) =>
        part.hidden ? (
          <React.Fragment key={index}>
            <span cl="hid">{part.text}</span>
            <wbr />
          </React.Fragment>
        ) : (
          <React.Fragment key={index}>{part.text}</React.Fragment>
        )
      )}
    </>
  );
}

/** One article that came with the notebook, beside the one in force; what should be looked at twice. */
export function ReviewRow(props: IReviewRowProps): JSX.Element {
  const { article, index, mine, same, spelled, hints, trans } = props;
  const id = `reconst-accept-${article.id}`;
  const blocked = spelled.length > 0;
  const differs = mine !== null && !same;
  const stands = same
    ? mine
      ? trans.__('Same as your article %1', props.number)
      : trans.__('Accepted before')
    : mine
      ? trans.__('Differs from your article %1', props.number)
      : trans.__('New');
  return (
    <li cl="rev">
      <input
        type="checkbox"
        id={id}
        checked={props.ticked && !blocked}
        disabled={blocked}
        aria-describedby={`${id}-text`}
        onChange={event => props.onTick(event.target.checked)}
      />
      <div>
        <div cl="ask">
          <label htmlFor={id}>
            <b>
              {`${index + 1} `}
              <Spelt text={article.title} />
              {!article.enabled && ` · ${trans.__('off')}`}
            </b>
          </label>
          {props.scope && <ScopeBadge scope={props.scope} trans={trans} />}
          <span cl="muted">{stands}</span>
        </div>
        <dl cl="law plain read" id={`${id}-text`}>
          <dt>{trans.__('When')}</dt>
          <dd>
            {differs && mine ? (
              <Diff pieces={pieces(mine.when, article.when)} trans={trans} />
            ) : (
              <Spelt text={article.when} />
            )}
          </dd>
          <dt>{trans.__('Then')}</dt>
          <dd>
            {differs && mine ? (
              <Diff pieces={pieces(mine.then, article.then)} trans={trans} />
            ) : (
              <Spelt text={article.then} />
            )}
          </dd>
          {article.source && <dt>{trans.__('Source')}</dt>}
          {article.source && (
            <dd>
              <Spelt text={article.source} />
            </dd>
          )}
          {article.why && <dt>{trans.__('Why')}</dt>}
          {article.why && (
            <dd>
              <Spelt text={article.why} />
            </dd>
          )}
        </dl>
        {spelled.map(found => (
          <Hidden key={found.where} spelled={found} trans={trans} />
        ))}
        {hints.map((hint, at) => (
          <Hinted key={at} hint={hint} trans={trans} />
        ))}
      </div>
    </li>
  );
}

function Hidden({ spelled, trans }: { spelled: Spelled; trans: TranslationBundle }): JSX.Element {
  const says = decode(spelled.text);
  return (
    <div cl="flag">
      <Icon name="hidden" tone="bad" />
      <div>
        <b>{trans._n('%1 hidden character.', '%1 hidden characters.', spelled.count)}</b>{' '}
        {says && trans.__('They spell')} {says && <span cl="hid">{says}</span>}
        {says && '. '}
        {trans.__('This article cannot be used while they are there.')}
      </div>
    </div>
  );
}

function Hinted({ hint, trans }: { hint: Hint; trans: TranslationBundle }): JSX.Element {
  return (
    <div cl="flag">
      <Icon name="warn" tone="warn" />
      <div>
        {hint.kind === 'address' ? (
          <>
            <b>{trans.__('Contains a web address.')}</b>{' '}
            {trans.__('The model has no tools and cannot open it; it could still write the address into answers.')}
          </>
        ) : (
          <b>{trans.__('May ask the model to hide something from you.')}</b>
        )}
        {hint.text && <span cl="muted">{` “${hint.text}”`}</span>}
      </div>
    </div>
  );
}
