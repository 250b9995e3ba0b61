import type { Article, Beneath, Case, WhenScore } from '../../contract';
import type { IPresent } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import { Here } from '../parts/here';
import { Law } from '../parts/law';
import { showMenu } from '../parts/menu';
import type { TranslationBundle } from '../parts/props';
import { Scope, scopeName } from '../parts/scopes';
import { claimedBy, day, short } from '../parts/words';
import { Score } from './score';

export interface IArticleActs {
  readonly onToggle: (article: string) => void;
  readonly onMove: (article: string, before: string | null) => void;
  readonly onEdit: (article: string | null) => void;
  readonly onImpact: (article: Article) => void;
  readonly onHistory: (article: string) => void;
  readonly onRepeal: (article: Article) => void;
  readonly onPromote: (article: string, to: 'user' | 'project') => void;
  readonly onCopy: (article: string) => void;
  /** Write a report on it for engineers. */
  readonly onTell: (article: string) => void;
  readonly onScores: () => Promise<readonly WhenScore[] | null>;
}

export interface IArticleRowProps extends IArticleActs {
  readonly article: Article;
  readonly number: number;
  /** Those of its scope, in order. */
  readonly articles: readonly Article[];
  readonly scope: Scope;
  /** The version of a farther scope that it takes the place of. */
  readonly beneath: Beneath | null;
  readonly cases: readonly Case[];
  readonly tokens: number | null;
  readonly present: readonly IPresent[];
  readonly disputed: boolean;
  readonly open: boolean;
  readonly now: number;
  readonly trans: TranslationBundle;
  readonly dragged: string | null;
  readonly onOpen: (open: boolean) => void;
  readonly onDrag: (article: string | null) => void;
}

/** One article: number, name, where it stands, and its switch; open, its wording and where it came from. */
export function ArticleRow(props: IArticleRowProps): JSX.Element {
  const { article, number, articles, beneath, trans, open, disputed } = props;
  const index = articles.indexOf(article);
  const own = props.scope === 'notebook';
  const first = disputed ? trans.__('Choose one of its versions first') : undefined;
  const move = (by: -1 | 1) => {
    const to = index + by;
    if (own && !disputed && to >= 0 && to < articles.length) {
      props.onMove(article.id, by < 0 ? articles[to].id : (articles[to + 1]?.id ?? null));
    }
  };
  const tell = { label: trans.__('Tell the engineers…'), run: () => props.onTell(article.id) };
  const more = (event: React.MouseEvent<HTMLElement>) =>
    void showMenu(
      event.currentTarget,
      own
        ? [
            { label: trans.__('Move up'), run: () => move(-1), notYet: disputed || index === 0 },
            { label: trans.__('Move down'), run: () => move(1), notYet: disputed || index === articles.length - 1 },
            null,
            ...(['project', 'user'] as const).map(to => ({
              label: trans.__('Promote to: %1', scopeName(to, trans)),
              run: () => props.onPromote(article.id, to),
              notYet: disputed
            })),
            tell,
            null,
            {
              label: beneath ? trans.__('Take this version back…') : trans.__('Repeal'),
              run: () => props.onRepeal(article),
              notYet: disputed
            }
          ]
        : [{ label: trans.__('Copy into this notebook'), run: () => props.onCopy(article.id) }, tell]
    );
  const over = own && props.dragged !== null && props.dragged !== article.id;
  return (
    <li
      className={article.enabled ? 'jp-reconst-art' : 'jp-reconst-art jp-reconst-off'}
      draggable={own && !disputed}
      onDragStart={event => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', article.title);
        props.onDrag(article.id);
      }}
      onDragEnd={() => props.onDrag(null)}
      onDragOver={event => over && event.preventDefault()}
      onDrop={event => {
        if (props.dragged && over) {
          event.preventDefault();
          props.onMove(props.dragged, article.id);
          props.onDrag(null);
        }
      }}
    >
      <span cl="no">{number}</span>
      <div>
        <button
          type="button"
          cl="name"
          aria-expanded={open}
          onClick={() => props.onOpen(!open)}
          onKeyDown={event => {
            const by = { ArrowUp: -1 as const, ArrowDown: 1 as const }[event.key];
            if (by && event.altKey) {
              event.preventDefault();
              event.stopPropagation();
              move(by);
            }
          }}
        >
          <b>{article.title}</b>
          {!article.enabled && ` · ${trans.__('off')}`}
        </button>
        <Here present={props.present} at={article.id} trans={trans} />
        <p cl="muted">{standing(props)}</p>
      </div>
      <button
        type="button"
        cl="switch"
        role="switch"
        aria-checked={article.enabled}
        aria-label={trans.__('In force: %1', article.title)}
        aria-disabled={disputed || undefined}
        title={first}
        onClick={() => !disputed && props.onToggle(article.id)}
      />
      {open && (
        <div cl="more">
          <Law {...article} trans={trans} />
          <Origin article={article} now={props.now} trans={trans} />
          {beneath && (
            <p cl="muted">
              {trans.__(
                'Instead of the one in %1: “%2”',
                scopeName(beneath.scope, trans),
                short(beneath.article.then, 120)
              )}
            </p>
          )}
          <Score article={article} trans={trans} onScores={props.onScores} />
          <div cl="line">
            <Button kind="second" notYet={first} onPress={() => props.onEdit(article.id)}>
              {trans.__('Edit')}
            </Button>
            <Button notYet={first} onPress={() => props.onImpact(article)}>
              {trans.__('Impact')}
            </Button>
            <Button onPress={() => props.onHistory(article.id)}>{trans.__('History')}</Button>
            <Button icon="more" menu label={trans.__('More for article %1', number)} onPress={more} />
          </div>
        </div>
      )}
    </li>
  );
}

function standing(props: IArticleRowProps): string {
  const { article, cases, trans, tokens } = props;
  const words = [
    article.kind === 'knowledge' ? trans.__('Knowledge') : '',
    props.disputed ? trans.__('two versions') : '',
    props.beneath ? trans.__('instead of another') : '',
    cases.length > 0 ? trans._n('%1 case', '%1 cases', cases.length) : trans.__('no cases'),
    article.always ? '' : trans.__('sent when it fits'),
    article.parents.length > 0 ? trans.__('revised') : '',
    tokens === null ? '' : trans._n('%1 token', '%1 tokens', tokens)
  ];
  return words.filter(Boolean).join(' · ');
}

/** Which words it came from, who says so, and when. */
export function Origin(props: { article: Article; now: number; trans: TranslationBundle }): JSX.Element {
  const { article, now, trans } = props;
  const { provenance } = article;
  const words = provenance.words[0];
  const by = claimedBy(provenance.author, trans) || trans.__('author not given');
  return (
    <p cl="muted origin">
      {words?.quote && `${trans.__('From')} `}
      {words?.quote && <span cl="words">{short(words.quote, 120)}</span>}
      {words?.quote && ' · '}
      {`${by}, ${day(provenance.at, now, trans)}`}
    </p>
  );
}
