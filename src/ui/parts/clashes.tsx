import type { Article, Clash, DeadWeight, Opposed, Searched, Weighed } from '../../contract';
import type { IClashes, IClashing } from '../../tokens';
import * as React from '../react';
import { Bar } from './bar';
import { Button } from './button';
import { Fold } from './fold';
import { Notice } from './notice';
import type { TranslationBundle } from './props';
import { dollars, percent, short } from './words';

export interface IClashesProps {
  readonly clashes: IClashes | null;
  /** The digest of what would be checked now. */
  readonly law: string;
  /** The articles that something can be done about here. */
  readonly articles: readonly Article[];
  readonly trans: TranslationBundle;
  readonly search: IClashing;
  readonly onEdit: (article: string) => void;
  readonly onRepeal?: (article: Article) => void;
}

/** Which articles clash, and which change nothing: what looking takes, then what was found. Nothing is changed here. */
export function Clashes(props: IClashesProps): JSX.Element {
  const { clashes, trans } = props;
  const searched = clashes?.searched ?? null;
  const again = clashes !== null && !clashes.busy && searched?.status !== 'estimated';
  return (
    <section cl="block clashes">
      <h3>{trans.__('Clashes')}</h3>
      {!clashes && (
        <p cl="muted">{trans.__('Which articles cannot be followed together, and which ones change nothing.')}</p>
      )}
      {clashes?.weighed && <Late weighed={clashes.weighed} trans={trans} />}
      {clashes?.problem && <Notice text={`${clashes.problem.message} ${clashes.problem.remedy}`} />}
      {clashes && searched && <Standing {...props} clashes={clashes} searched={searched} />}
      {clashes && clashes.law !== props.law && (
        <p cl="muted">{trans.__('The constitution has changed since: check again.')}</p>
      )}
      {clashes && clashes.found.length > 0 && (
        <ol>
          {clashes.found.map((found, index) =>
            found.type === 'dead_weight' ? (
              <Idle key={index} {...props} dead={found} />
            ) : (
              <Pair key={index} {...props} clash={found} />
            )
          )}
        </ol>
      )}
      {(!clashes || again) && (
        <div cl="line">
          <Button kind="second" onPress={props.search.estimate}>
            {clashes ? trans.__('Check again') : trans.__('Check for clashes')}
          </Button>
          {clashes && <Button onPress={props.search.close}>{trans.__('Close')}</Button>}
        </div>
      )}
    </section>
  );
}

/** What it would take, how far it is, or how it ended. */
function Standing(props: IClashesProps & { clashes: IClashes; searched: Searched }): JSX.Element {
  const { clashes, searched, trans } = props;
  const all = searched.pairs + searched.articles;
  const { waiting } = clashes;
  if (searched.status === 'estimated') {
    return (
      <>
        <p>{all > 0 ? wouldTake(searched, trans) : trans.__('There is nothing to compare yet.')}</p>
        <div cl="line">
          {all > 0 && (
            <Button kind="primary" onPress={props.search.find}>
              {trans.__('Look for clashes')}
            </Button>
          )}
          <Button onPress={props.search.close}>{trans.__('Not now')}</Button>
        </div>
      </>
    );
  }
  return (
    <>
      <div cl="ends">
        <span>
          {clashes.busy ? trans.__('%1 of %2 looked at', searched.done, all) : ended(clashes, searched, trans)}
        </span>
        <span cl="muted num">{paid(searched, trans)}</span>
      </div>
      {clashes.busy && (
        <Bar role="progressbar" label={trans.__('Looking for clashes')} now={searched.done} most={all} />
      )}
      {clashes.busy && (
        <div cl="line">
          {waiting && <span cl="muted num">{trans.__('waiting for a reply, %1 s', Math.round(waiting.seconds))}</span>}
          <span cl="sp" />
          <Button kind="second" icon="stop" onPress={props.search.stop}>
            {trans.__('Stop')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Two articles, where both apply, and what the model did there, or that a prover finds it. */
function Pair(props: IClashesProps & { clash: Clash | Opposed }): JSX.Element {
  const { clash, trans } = props;
  const [one, other] = clash.sides;
  return (
    <li>
      <p>
        <b>{trans.__('“%1” and “%2” may clash.', one.title, other.title)}</b> {clash.why}
      </p>
      {clash.type === 'clash' && (
        <>
          <p>
            {trans.__('Asked:')} <span cl="words">{short(clash.prompt, 300)}</span>
          </p>
          <Fold title={trans.__('What the model did')}>
            <p cl="read">{short(clash.reply, 1200) || trans.__('(an empty reply)')}</p>
          </Fold>
        </>
      )}
      {clash.sides.map(side => (
        <div key={side.article}>
          {clash.type === 'clash' && <p cl="muted">{followed(side.followed, side.title, trans)}</p>}
          <Acts {...props} article={side.article} title={side.title} />
        </div>
      ))}
    </li>
  );
}

/** An article without which nothing changed. */
function Idle(props: IClashesProps & { dead: DeadWeight }): JSX.Element {
  const { dead, trans } = props;
  return (
    <li>
      <p>
        <b>{trans.__('“%1” changes nothing.', dead.title)}</b>{' '}
        {trans.__(
          'Without it, none of %1 replies was any different; up to %2 of such replies may still be.',
          dead.tried,
          percent(dead.high)
        )}
      </p>
      <Acts {...props} article={dead.article} title={dead.title} />
    </li>
  );
}

/** What can be done about an article, where it still stands. */
function Acts(props: IClashesProps & { article: string; title: string }): JSX.Element | null {
  const { article, articles, title, trans, onRepeal } = props;
  const found = articles.find(a => a.id === article);
  return found ? (
    <div cl="line">
      <Button kind="second" label={trans.__('Edit “%1”', title)} onPress={() => props.onEdit(article)}>
        {trans.__('Edit')}
      </Button>
      {onRepeal && (
        <Button label={trans.__('Repeal “%1”', title)} onPress={() => onRepeal(found)}>
          {trans.__('Repeal')}
        </Button>
      )}
    </div>
  ) : null;
}

/** The articles beyond the token budget. */
function Late({ weighed, trans }: { weighed: Weighed; trans: TranslationBundle }): JSX.Element | null {
  const late = weighed.articles.filter(a => a.beyond).map(a => trans.__('“%1”', a.title));
  const [tokens, budget] = [weighed.tokens.toLocaleString(), weighed.budget.toLocaleString()];
  return late.length > 0 ? (
    <Notice
      title={trans.__('%1 tokens, of a budget of %2.', tokens, budget)}
      text={trans.__('Beyond it: %1. Models follow early articles better.', late.join(', '))}
    />
  ) : null;
}

function wouldTake(searched: Searched, trans: TranslationBundle): string {
  const looked = [
    searched.pairs > 0 ? trans._n('%1 pair is compared', '%1 pairs are compared', searched.pairs) : '',
    searched.articles > 0
      ? trans._n('%1 article is left out', '%1 articles are left out in turn', searched.articles)
      : ''
  ];
  const calls =
    searched.expected > 0
      ? trans._n('about %1 call', 'about %1 calls', searched.expected)
      : trans.__('no calls, all of it is on record');
  return trans.__('%1: %2, and three more for each new clash.', looked.filter(Boolean).join(', '), calls);
}

function ended({ found, problem }: IClashes, searched: Searched, trans: TranslationBundle): string {
  const clashes = found.filter(f => f.type !== 'dead_weight').length;
  const said = [
    problem ? trans.__('failed') : searched.status === 'stopped' ? trans.__('stopped') : '',
    clashes > 0 ? trans._n('%1 clash', '%1 clashes', clashes) : trans.__('no clash found'),
    found.length > clashes ? trans.__('%1 without effect', found.length - clashes) : '',
    searched.unread > 0 ? trans._n('%1 answer not read', '%1 answers not read', searched.unread) : ''
  ];
  return said.filter(Boolean).join(', ');
}

function paid({ calls, cost }: Searched, trans: TranslationBundle): string {
  const said = trans._n('%1 call', '%1 calls', calls);
  return cost ? `${said} · ${dollars(cost)}` : said;
}

function followed(said: boolean | null, title: string, trans: TranslationBundle): string {
  if (said === null) {
    return trans.__('“%1”: cannot tell', title);
  }
  return said ? trans.__('“%1”: followed', title) : trans.__('“%1”: not followed', title);
}
