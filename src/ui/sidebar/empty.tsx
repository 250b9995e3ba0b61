import type { Article } from '../../contract';
import * as React from '../react';
import { Button } from '../parts/button';
import { Law } from '../parts/law';
import type { TranslationBundle } from '../parts/props';

/** Before anything has been asked: a recorded answer to practise on, and what one will do with it. */
export function Empty(props: { trans: TranslationBundle; quiet: boolean; onTry: () => void }): JSX.Element {
  const { trans } = props;
  const steps: readonly [string, string][] = [
    [trans.__('Highlight'), trans.__('the words')],
    [trans.__('Correct'), trans.__('them')],
    [trans.__('Amend:'), trans.__('make it a rule')],
    [trans.__('Preview:'), trans.__('before and after')],
    [trans.__('Ratify,'), trans.__('or drop it')]
  ];
  return (
    <div cl="empty">
      <p cl="lede">{trans.__('Select words in an answer, say what is wrong, and see what a rule would change.')}</p>
      <div>
        <p cl="muted above">{trans.__('A recorded answer to practise on')}</p>
        <div cl="sample">
          <p>
            <b>{trans.__('Does the off-switch result need a rational human?')}</b>
          </p>
          <p>
            <span cl="words">{trans.__('What a brilliant question!')}</span>{' '}
            {trans.__('It does not. A robot that is unsure of its goal defers to any human, however noisy, as')}{' '}
            <span cl="words">{trans.__('Marchetti and Osei (2018)')}</span> {trans.__('proved.')}
          </p>
        </div>
      </div>
      <div>
        <Button kind={props.quiet ? 'second' : 'primary'} onPress={props.onTry}>
          {trans.__('Try it on this answer')}
        </Button>
        <p cl="muted below">{trans.__('One minute. No key needed; nothing leaves this computer.')}</p>
      </div>
      <ol cl="loop" aria-label={trans.__('What you will do')}>
        {steps.map(([verb, rest]) => (
          <li key={verb}>
            <span>
              <b>{verb}</b> {rest}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The server's half of the extension does not answer. */
export function Missing(props: {
  /** What the notebook carries: it can be read without a server. */
  metadata: Record<string, unknown>;
  trans: TranslationBundle;
  onAgain: () => void;
}): JSX.Element {
  const { trans } = props;
  const carried = articlesIn(props.metadata);
  return (
    <div cl="empty">
      <p cl="lede">{trans.__('The server part of Reconstitution does not answer.')}</p>
      <p>
        {trans.__('Notebooks open and save as before. What they carry can be read below and nothing of it is sent.')}
      </p>
      <p>{trans.__('It is installed and switched on with:')}</p>
      <pre cl="seen">{'pip install jupyter_reconst\njupyter server extension enable jupyter_reconst'}</pre>
      <Button kind="second" onPress={props.onAgain}>
        {trans.__('Try again')}
      </Button>
      {carried.length > 0 && <h3>{trans.__('Articles in this notebook')}</h3>}
      {carried.map(({ id, title, when, then, why }) => (
        <div key={id} cl="block">
          <h4>{title}</h4>
          <Law when={when} then={then} why={why} trans={trans} />
        </div>
      ))}
    </div>
  );
}

/** The newest revision of each article, as far as it can be read. */
function articlesIn(metadata: Record<string, unknown>): Article[] {
  const newest = new Map<string, Article>();
  for (const key of Object.keys(metadata).sort()) {
    const found = metadata[key] as Article | null;
    const readable = ['id', 'title', 'when', 'then'].every(name => typeof found?.[name as 'title'] === 'string');
    if (found && key.startsWith('reconst:article:') && readable) {
      newest.set(found.id, { ...found, why: String(found.why ?? '') });
    }
  }
  return [...newest.values()].filter(article => !article.repealed);
}
