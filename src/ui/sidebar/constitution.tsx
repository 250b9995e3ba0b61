import type { Article, Change, InForce } from '../../contract';
import type { IClashes, IClashing, IPresent } from '../../tokens';
import * as React from '../react';
import { Bar } from '../parts/bar';
import { Button } from '../parts/button';
import { Clashes } from '../parts/clashes';
import { Confirm, IQuestion } from '../parts/confirm';
import { Notice } from '../parts/notice';
import type { TranslationBundle } from '../parts/props';
import { SCOPES, Scope, ScopeBadge, scopeOf } from '../parts/scopes';
import { numberOf, short } from '../parts/words';
import { IShareActs, ShareLine } from '../share/line';
import { ConflictBlock } from './conflict';
import { IGroupActs, ScopeGroups } from './groups';
import { Arrived } from './next';

export interface IConstitutionProps extends Omit<IGroupActs, 'onRepeal'>, IShareActs {
  readonly inForce: InForce | null;
  readonly present: readonly IPresent[];
  readonly clashes: IClashes | null;
  readonly search: IClashing;
  readonly now: number;
  readonly trans: TranslationBundle;
  readonly quiet: boolean;
  readonly onRepeal: (article: string) => void;
  readonly onResolve: (article: string, revision: string) => void;
  readonly onReview: () => void;
  readonly onComplete: (change: string) => void;
}

/** The articles in force, in order. */
export function ConstitutionList(props: IConstitutionProps): JSX.Element {
  const { inForce, trans } = props;
  const [question, setQuestion] = React.useState<IQuestion | null>(null);
  if (!inForce) {
    return <p>{trans.__('Open a notebook to see its constitution.')}</p>;
  }
  const { articles } = inForce.constitution;
  const on = articles.filter(a => a.enabled).length;
  const repeal = (found: Article) =>
    setQuestion({
      text: inForce.constitution.beneath.some(b => b.article.id === found.id)
        ? trans.__('Take this notebook’s version of “%1” back? It stays in the history.', found.title)
        : trans.__('Repeal “%1”? It stays in the history and can be restored.', found.title),
      verb: trans.__('Repeal'),
      run: () => props.onRepeal(found.id)
    });
  return (
    <>
      {inForce.review && (
        <Arrived review={inForce.review} quiet={props.quiet} trans={trans} onReview={props.onReview} />
      )}
      {inForce.problems.map(problem => (
        <Notice
          key={problem}
          title={problem}
          text={trans.__('has no effect here, and is left as it is in the file.')}
        />
      ))}
      {inForce.pending.map(change => (
        <Pending key={change.id} change={change} inForce={inForce} trans={trans} onComplete={props.onComplete} />
      ))}
      {question && <Confirm question={question} trans={trans} onClose={() => setQuestion(null)} />}
      <ShareLine {...props} empty={articles.length === 0 && !inForce.review} />
      {articles.length === 0 ? (
        <div cl="block">
          <h3>{trans.__('No articles yet')}</h3>
          <p>{trans.__('Correct some words in a reply and make the correction a rule, or write one.')}</p>
        </div>
      ) : (
        <>
          <p cl="muted count">{trans.__('%1 of %2 in force.', on, articles.length)}</p>
          <ScopeGroups {...props} inForce={inForce} onRepeal={repeal} />
        </>
      )}
      {inForce.conflicts.map(conflict => (
        <ConflictBlock
          key={conflict.article}
          conflict={conflict}
          number={numberOf(inForce, conflict.article)}
          trans={trans}
          onResolve={props.onResolve}
        />
      ))}
      {articles.length > 0 && (
        <Clashes
          clashes={props.clashes}
          search={props.search}
          law={inForce.digest}
          articles={articles}
          trans={trans}
          onEdit={props.onEdit}
          onRepeal={repeal}
        />
      )}
    </>
  );
}

/** What was ratified and is not in the file: the page was left before it was saved, or the file was changed. */
function Pending(props: {
  change: Change;
  inForce: InForce;
  trans: TranslationBundle;
  onComplete: (change: string) => void;
}): JSX.Element {
  const { change, inForce, trans } = props;
  const written = Object.values(change.writes).filter(value => typeof (value as Article).title === 'string');
  const articles = change.article ? [change.article] : (written as Article[]);
  const stands = articles.every(a => a.repealed || inForce.constitution.articles.some(b => b.revision === a.revision));
  const titles = articles.map(a => trans.__('“%1”', a.title)).join(', ');
  return (
    <Notice
      icon="clock"
      title={trans.__('Ratified, not in the notebook.')}
      text={stands ? trans.__('%1: in force for you meanwhile.', titles) : trans.__('%1: not in force.', titles)}
    >
      <Button kind="second" onPress={() => props.onComplete(change.id)}>
        {trans.__('Put it in')}
      </Button>
    </Notice>
  );
}

/** How much of the model's room the constitution takes, and exactly what it is sent. */
export function Reads(props: {
  inForce: InForce;
  context: number | null;
  trans: TranslationBundle;
  onArticle: () => void;
}): JSX.Element {
  const { inForce, context, trans } = props;
  const [shown, setShown] = React.useState(false);
  const [copied, setCopied] = React.useState(false);
  const { tokens, around } = inForce;
  const scoped = inForce.constitution.articles.filter(a => a.enabled && !a.always).map(a => trans.__('“%1”', a.title));
  return (
    <div cl="reads">
      {shown && (
        <div cl="exact">
          {around.length > 0 && SCOPES.map(scope => <Said key={scope} {...{ scope, inForce, trans }} />)}
          {scoped.length > 0 && (
            <p cl="muted">{trans.__('Sent only with a question that it fits: %1.', short(scoped.join(', '), 300))}</p>
          )}
          <pre cl="seen" tabIndex={0} role="region" aria-label={trans.__('What the model is sent')}>
            {inForce.preface || trans.__('(nothing: no article is in force)')}
          </pre>
          <Button
            icon="copy"
            onPress={() => void navigator.clipboard.writeText(inForce.preface).then(() => setCopied(true))}
          >
            {copied ? trans.__('Copied') : trans.__('Copy')}
          </Button>
        </div>
      )}
      <div cl="ends">
        <span>{scoped.length > 0 ? trans.__('Model reads at most') : trans.__('Model reads')}</span>
        <span cl="num">
          {context
            ? trans.__('%1 of %2 tokens', tokens.toLocaleString(), context.toLocaleString())
            : trans._n('%1 token', '%1 tokens', tokens)}
        </span>
      </div>
      {context && <Bar role="meter" label={trans.__('Tokens used')} now={Math.min(tokens, context)} most={context} />}
      <div cl="line">
        <Button kind="second" icon="plus" onPress={props.onArticle}>
          {trans.__('Article')}
        </Button>
        <Button expanded={shown} onPress={() => setShown(!shown)}>
          {shown ? trans.__('Hide what is sent') : trans.__('What is sent')}
        </Button>
      </div>
    </div>
  );
}

/** Which of the articles that are sent come from a scope. */
function Said(props: { scope: Scope; inForce: InForce; trans: TranslationBundle }): JSX.Element | null {
  const { scope, inForce, trans } = props;
  const sent = inForce.sent.filter(s => scopeOf(inForce, s.article) === scope);
  const numbers = sent.map(s => inForce.sent.indexOf(s) + 1).join(', ');
  return sent.length > 0 ? (
    <p>
      <ScopeBadge scope={scope} trans={trans} /> {numbers}
    </p>
  ) : null;
}
