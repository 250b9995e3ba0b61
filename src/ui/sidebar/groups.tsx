import type { InForce } from '../../contract';
import type { IPresent } from '../../tokens';
import * as React from '../react';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';
import { SCOPES, Scope, ScopeBadge, scopeOf } from '../parts/scopes';
import { numberOf } from '../parts/words';
import { ArticleRow, IArticleActs } from './article';

/** Articles that are shown at once. */
const PAGE = 50;

export interface IGroupActs extends IArticleActs {
  readonly present: readonly IPresent[];
  readonly now: number;
  readonly trans: TranslationBundle;
  /** An article is open here. */
  readonly onLook: (article: string | null) => void;
}

/** The articles in force by where they hold, the farthest first; those that a nearer version stands in for are said. */
export function ScopeGroups(props: IGroupActs & { inForce: InForce }): JSX.Element {
  const { inForce, trans } = props;
  const [open, setOpen] = React.useState<string | null>(null);
  const [dragged, setDragged] = React.useState<string | null>(null);
  const { onLook } = props;
  React.useEffect(() => () => onLook(null), [onLook]);
  const { articles, beneath } = inForce.constitution;
  const disputed = new Set(inForce.conflicts.map(c => c.article));
  const tokens = new Map(inForce.sent.map(s => [s.article, s.tokens]));
  return <>{SCOPES.map(group)}</>;

  function group(scope: Scope): JSX.Element | null {
    const some = articles.filter(a => scopeOf(inForce, a.id) === scope);
    const covered = beneath.filter(b => b.scope === scope);
    if (some.length + covered.length === 0) {
      return null;
    }
    const place = inForce.around.find(a => a.scope === scope)?.place;
    return (
      <section key={scope} cl="block">
        <div cl="scopehead">
          <ScopeBadge scope={scope} trans={trans} />
          {scope === 'notebook' ? (
            <span cl="muted mono" title={inForce.digest}>
              {inForce.digest.replace(/^sha256:/, '').slice(0, 7)}
            </span>
          ) : (
            <span cl="muted place" title={place}>
              {place}
            </span>
          )}
        </div>
        <Paged
          items={some}
          page={PAGE}
          showing={some.findIndex(a => a.id === open)}
          trans={trans}
          draw={article => (
            <ArticleRow
              key={article.id}
              {...props}
              article={article}
              number={numberOf(inForce, article.id)}
              articles={some}
              scope={scope}
              beneath={beneath.filter(b => b.article.id === article.id).pop() ?? null}
              cases={inForce.cases.filter(c => c.article === article.id)}
              tokens={tokens.get(article.id) ?? null}
              disputed={disputed.has(article.id)}
              open={open === article.id}
              dragged={dragged}
              onOpen={wanted => {
                setOpen(wanted ? article.id : null);
                onLook(wanted ? article.id : null);
              }}
              onDrag={setDragged}
            />
          )}
        >
          {covered.map(({ article }) => (
            <li key={article.id} cl="art off">
              <span cl="no">–</span>
              <div>
                <span cl="name">{article.title}</span>
                <p cl="muted">
                  {trans.__('does not apply: article %1 stands in its place', numberOf(inForce, article.id))}
                </p>
              </div>
            </li>
          ))}
          {dragged && scope === 'notebook' && (
            <Last onDrop={() => props.onMove(dragged, null)} onDone={() => setDragged(null)} />
          )}
        </Paged>
      </section>
    );
  }
}

/** Where an article is dropped to become the last one. */
function Last(props: { onDrop: () => void; onDone: () => void }): JSX.Element {
  return (
    <li
      cl="last"
      aria-hidden="true"
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault();
        props.onDrop();
        props.onDone();
      }}
    />
  );
}
