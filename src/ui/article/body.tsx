import type { Amendment, Article, Draft, InForce } from '../../contract';
import * as React from '../react';
import { Button } from '../parts/button';
import { Choice } from '../parts/choice';
import { Confirm } from '../parts/confirm';
import { Field } from '../parts/field';
import { Labelled } from '../parts/labelled';
import { Page } from '../parts/page';
import type { TranslationBundle } from '../parts/props';
import { SourceField, unsourced } from '../parts/source';
import { ScopeBadge, scopeOf } from '../parts/scopes';
import { numberOf } from '../parts/words';
import { Beside } from './beside';

export interface IArticleEditorProps {
  readonly article: string | null;
  /** What a new one starts from. */
  readonly words?: Partial<Draft>;
  /** The id of the amendment that this editor writes. */
  readonly amendment: string;
  readonly inForce: InForce | null;
  /** All revisions that the notebook carries, newest first. */
  readonly revisions: readonly Article[];
  readonly now: number;
  readonly trans: TranslationBundle;
  readonly onPreview: (amendment: Amendment) => void;
  readonly onRestore: (revision: string) => void;
  readonly onRepeal: () => void;
}

const BLANK: Draft = {
  title: '',
  when: '',
  then: '',
  why: '',
  source: '',
  kind: 'process',
  always: true,
  enabled: true
};

/** An article to read and reword. A changed wording is a draft: it takes effect when it is ratified. */
export function ArticleEditor(props: IArticleEditorProps): JSX.Element {
  const { inForce, trans } = props;
  const found = inForce?.constitution.articles.find(a => a.id === props.article) ?? null;
  const [draft, setDraft] = React.useState<Draft>(found ? draftOf(found) : { ...BLANK, ...props.words });
  const [asking, setAsking] = React.useState(false);
  // Another revision came into force: its wording is the one to start from.
  const [shown, setShown] = React.useState(found?.revision);
  if (found && found.revision !== shown) {
    setShown(found.revision);
    setDraft(draftOf(found));
  }
  const patch = (more: Partial<Draft>) => setDraft({ ...draft, ...more });
  const number = numberOf(inForce, props.article) || (inForce?.constitution.articles.length ?? 0) + 1;
  const scope = scopeOf(inForce, props.article);
  const place = inForce?.around.find(a => a.scope === scope)?.place ?? '';
  const gone = props.article !== null && !found;
  const same = found !== null && equal(draft, draftOf(found));
  const first = inForce?.conflicts.some(c => c.article === props.article)
    ? trans.__('Choose one of its versions first')
    : undefined;
  const changed = same
    ? trans.__('Change the wording first')
    : draft.then.trim() === '' || draft.title.trim() === ''
      ? trans.__('A title and what to do are needed')
      : found && unsourced(found, trans)
        ? undefined
        : unsourced(draft, trans) || undefined;
  const notYet = first ?? changed;
  const preview = () =>
    props.onPreview({
      id: props.amendment,
      action: found ? 'revise' : 'add',
      article: found?.id ?? null,
      base: found?.revision ?? null,
      order: null,
      draft,
      reach: 'kind',
      source: { by: 'person', name: '' },
      annotations: [],
      note: ''
    });
  if (gone) {
    return (
      <Page
        title={trans.__('This article is not in force')}
        lede={trans.__('It was repealed, or it belongs to another notebook.')}
      >
        <div cl="cols wide-first">
          <div />
          <Beside {...props} article={props.revisions[0] ?? null} cases={[]} />
        </div>
      </Page>
    );
  }
  return (
    <Page
      title={draft.title || trans.__('A new article')}
      label={trans.__('Article %1', number)}
      over={
        <span cl="numbered">
          {trans.__('Article %1', number)} <ScopeBadge scope={scope} trans={trans} />
        </span>
      }
      beside={
        found &&
        scope === 'notebook' && (
          <div cl="line">
            <Button notYet={first} onPress={() => setAsking(true)}>
              {trans.__('Repeal…')}
            </Button>
          </div>
        )
      }
    >
      {asking && found && (
        <div cl="pageask">
          <Confirm
            trans={trans}
            onClose={() => setAsking(false)}
            question={{
              text: trans.__('Repeal “%1”? It stays in the history and can be restored.', found.title),
              verb: trans.__('Repeal'),
              run: props.onRepeal
            }}
          />
        </div>
      )}
      <div cl="cols wide-first">
        <div cl="form">
          <Labelled id="reconst-article-title" label={trans.__('Title')} note={trans.__('a few words to call it by')}>
            <Field
              id="reconst-article-title"
              value={draft.title}
              maxLength={200}
              onChange={title => patch({ title: title.replace(/\n/g, ' ') })}
            />
          </Labelled>
          <Labelled id="reconst-article-when" label={trans.__('When')} note={trans.__('how to notice the problem')}>
            <Field
              id="reconst-article-when"
              value={draft.when}
              rows={2}
              maxLength={4000}
              onChange={when => patch({ when })}
            />
          </Labelled>
          <Labelled id="reconst-article-then" label={trans.__('Then')} note={trans.__('what to do instead')}>
            <Field
              id="reconst-article-then"
              value={draft.then}
              rows={2}
              maxLength={4000}
              onChange={then => patch({ then })}
            />
          </Labelled>
          {draft.kind === 'knowledge' && (
            <Labelled id="reconst-article-source" label={trans.__('Source')} note={trans.__('where it is from')}>
              <SourceField
                id="reconst-article-source"
                value={draft.source}
                trans={trans}
                onChange={source => patch({ source })}
              />
            </Labelled>
          )}
          <Labelled id="reconst-article-why" label={trans.__('Why')} note={trans.__('for people; not needed')}>
            <Field
              id="reconst-article-why"
              value={draft.why}
              rows={2}
              maxLength={4000}
              onChange={why => patch({ why })}
            />
          </Labelled>
          <div cl="line pairs">
            <span cl="line">
              {trans.__('Kind')}
              <Choice
                label={trans.__('Kind')}
                value={draft.kind}
                options={[
                  { value: 'process', label: trans.__('How to work') },
                  { value: 'knowledge', label: trans.__('A fact') }
                ]}
                onChange={kind => patch({ kind })}
              />
            </span>
            <span cl="line">
              {trans.__('Sent')}
              <Choice
                label={trans.__('Sent')}
                value={draft.always ? 'always' : 'fits'}
                options={[
                  { value: 'fits', label: trans.__('When it fits') },
                  { value: 'always', label: trans.__('Always') }
                ]}
                onChange={value => patch({ always: value === 'always' })}
              />
            </span>
          </div>
          <Sent inForce={inForce} article={props.article} same={same} trans={trans} />
          <div cl="line">
            <Button kind="primary" notYet={notYet} onPress={preview}>
              {trans.__('Preview')}
            </Button>
            <span cl="muted">
              {notYet ??
                (scope === 'notebook'
                  ? trans.__('A changed wording is a draft. It takes effect when you ratify it.')
                  : trans.__('It takes effect in this notebook when you ratify it; %1 stays as it is.', place))}
            </span>
          </div>
        </div>
        <Beside {...props} article={found} cases={inForce?.cases.filter(c => c.article === props.article) ?? []} />
      </div>
    </Page>
  );
}

/** What the model reads of the article in force: the very characters. */
function Sent(props: {
  inForce: InForce | null;
  article: string | null;
  same: boolean;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { trans } = props;
  const sent = props.inForce?.sent.find(s => s.article === props.article);
  if (!sent) {
    return null;
  }
  const scoped = props.inForce?.constitution.articles.some(a => a.id === props.article && !a.always) ?? false;
  const size = trans._n('%1 token, exactly these characters', '%1 tokens, exactly these characters', sent.tokens);
  return (
    <div>
      <p cl="lab">
        {scoped ? trans.__('What the model reads when it fits') : trans.__('What the model reads')}{' '}
        <small>{props.same ? size : trans.__('%1; before your change', size)}</small>
      </p>
      <pre cl="seen">{sent.text}</pre>
    </div>
  );
}

function draftOf({ title, when, then, why, source, kind, always, enabled }: Draft): Draft {
  return { title, when, then, why, source, kind, always, enabled };
}

function equal(a: Draft, b: Draft): boolean {
  return (Object.keys(a) as (keyof Draft)[]).every(key => a[key] === b[key]);
}
