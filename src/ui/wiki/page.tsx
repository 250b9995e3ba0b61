import type { Article, Step } from '../../contract';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import { Fold } from '../parts/fold';
import { Law } from '../parts/law';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';
import { save } from '../parts/save';
import { Foretold } from './foretold';
import type { IPageProps } from './props';

/** One pack: what has changed in it, and its articles, each to be read and taken alone. */
export function PackPage(props: IPageProps): JSX.Element {
  const { page, wiki, trans, path } = props;
  const { pack, review, steps } = page;
  const { articles, preamble } = review.constitution;
  const none = path === null ? trans.__('Open a notebook first') : undefined;
  const take = (some: readonly string[]) => void wiki.lend(page, some).then(done => done && props.onReview());
  const facts = [pack.version, pack.authors && trans.__('says it is by %1', pack.authors), pack.licence, pack.source];
  const update = pack.standing === 'update';
  return (
    <>
      <Button icon="back" flush onPress={props.onBack}>
        {trans.__('All packs')}
      </Button>
      <Block title={spelt(pack.title)}>
        <p cl="muted">{spelt(facts.filter(Boolean).join(' · '))}</p>
        {preamble && <p cl="read">{spelt(preamble)}</p>}
        <div cl="line">
          <Button kind="primary" notYet={none} onPress={() => take(update ? page.copied : [])}>
            {update ? trans.__('Review the update') : trans.__('Adopt the pack')}
          </Button>
        </div>
        <p cl="muted">{trans.__('You read and tick each article first. Nothing is sent by it.')}</p>
      </Block>
      {update && (
        <Block title={trans.__('Update available')}>
          <ul>
            {steps.map(step => (
              <Changed key={step.article} step={step} trans={trans} />
            ))}
          </ul>
          <Foretold {...props} />
        </Block>
      )}
      <Block title={trans._n('%1 article', '%1 articles', articles.length)}>
        <Paged
          items={articles}
          showing={articles.findIndex(a => a.id === props.article)}
          draw={article => (
            <Entry key={article.id} {...props} entry={article} none={none} onTake={() => take([article.id])} />
          )}
          trans={trans}
          page={50}
        />
      </Block>
      <OfferBack {...props} />
    </>
  );
}

/** An article that adopting would change: its words before and after. */
function Changed({ step, trans }: { step: Step; trans: TranslationBundle }): JSX.Element {
  const { before, after, news } = step;
  const words = {
    new: trans.__('new'),
    changed: trans.__('changed'),
    same: '',
    kept: trans.__('yours is kept'),
    'two versions': trans.__('both changed it'),
    'left out': trans.__('no longer in it; yours stays')
  };
  const field = (name: 'title' | 'when' | 'then' | 'why', label: string) =>
    before && after && before[name] !== after[name] ? (
      <p cl="read">
        {`${label} `}
        <Diff pieces={pieces(spelt(before[name]), spelt(after[name]))} trans={trans} />
      </p>
    ) : null;
  return (
    <li cl="pack">
      <b>{spelt(step.title)}</b> <span cl="muted">{words[news]}</span>
      {field('title', trans.__('Title'))}
      {field('when', trans.__('When'))}
      {field('then', trans.__('Then'))}
      {field('why', trans.__('Why'))}
    </li>
  );
}

interface IEntryProps extends IPageProps {
  readonly entry: Article;
  readonly none: string | undefined;
  readonly onTake: () => void;
}

function Entry(props: IEntryProps): JSX.Element {
  const { page, entry, trans } = props;
  const [open, setOpen] = React.useState(entry.id === props.article);
  const { same, hints, invisible } = page.review;
  const used = page.used.filter(u => u.article === entry.id);
  const twice = [
    ...invisible
      .filter(s => s.article === entry.id)
      .map(s => trans._n('%1 hidden character', '%1 hidden characters', s.count)),
    ...hints.filter(hint => hint.article === entry.id).map(hint => `“${hint.text}”`)
  ];
  const example = (label: string, text: string) => text && <p cl="read">{`${label}: ${spelt(text)}`}</p>;
  const below = [
    entry.kind === 'knowledge' && trans.__('Knowledge'),
    !entry.always && trans.__('sent when it fits'),
    same.includes(entry.id) && trans.__('you have it')
  ];
  return (
    <li cl="pack">
      <button type="button" cl="name" aria-expanded={open} onClick={() => setOpen(!open)}>
        <b>{spelt(entry.title)}</b>
      </button>
      <p cl="muted">{below.filter(Boolean).join(' · ')}</p>
      {open && (
        <>
          <Law
            when={spelt(entry.when)}
            then={spelt(entry.then)}
            source={spelt(entry.source)}
            why={spelt(entry.why)}
            trans={trans}
          />
          {twice.length > 0 && <p>{trans.__('Look twice: %1', spelt(twice.join(', ')))}</p>}
          {page.cases
            .filter(kept => kept.article === entry.id)
            .map(({ id, prompt, expects }) => (
              <Fold key={id} title={trans.__('Example: %1', spelt(prompt))}>
                {example(expects.verdict === 'intended' ? trans.__('Good') : trans.__('Bad'), expects.reply)}
                {example(trans.__('Without it'), expects.without)}
              </Fold>
            ))}
          {used.length > 0 && (
            <p cl="muted">
              {trans.__(
                'Also in: %1',
                spelt(used.map(u => (u.same ? u.where : trans.__('%1 (differs)', u.where))).join(', '))
              )}
            </p>
          )}
          <div cl="line">
            <Button kind="second" notYet={props.none} onPress={props.onTake}>
              {trans.__('Adopt this article')}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}

/** An article of one's own for the pack's authors, as a patch. */
function OfferBack({ page, wiki, articles, trans }: IPageProps): JSX.Element | null {
  const [chosen, setChosen] = React.useState('');
  const [says, setSays] = React.useState('');
  const mine = articles.filter(article => !page.review.same.includes(article.id));
  if (mine.length === 0) {
    return null;
  }
  const make = async () => {
    const patch = await wiki.offer(page.pack.name, chosen);
    if (patch) {
      save(patch.text, 'text/plain', patch.name);
      setSays(trans.__('%1 is saved; its authors can apply it with git. What goes along: %2.', patch.name, patch.says));
    }
  };
  return (
    <Block title={trans.__('Offer an article back')}>
      <select
        cl="field"
        value={chosen}
        aria-label={trans.__('Which article of yours')}
        onChange={event => setChosen(event.target.value)}
      >
        <option value="">{trans.__('Choose one of yours')}</option>
        {mine.map(article => (
          <option key={article.id} value={article.id}>
            {spelt(article.title)}
          </option>
        ))}
      </select>
      <div cl="line">
        <Button
          kind="second"
          notYet={chosen ? undefined : trans.__('Choose an article first')}
          onPress={() => void make()}
        >
          {trans.__('Save a patch')}
        </Button>
      </div>
      <p cl="muted" role="status">
        {says || trans.__('Who wrote it and the words that it came from go along.')}
      </p>
    </Block>
  );
}
