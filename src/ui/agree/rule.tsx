import type { Agreeing, Article, Terms } from '../../contract';
import * as React from '../react';
import { Spelt } from '../acceptance/row';
import { Button } from '../parts/button';
import { Choice } from '../parts/choice';
import { Field } from '../parts/field';
import type { TranslationBundle } from '../parts/props';
import { claimed, termsOf } from './agreement';

/** Revisions in the file that nobody has agreed to: what they say, and that it does not hold. */
export function Short(props: {
  short: readonly Article[];
  trans: TranslationBundle;
  onPropose: (article: Article) => void;
}): JSX.Element | null {
  const { short, trans } = props;
  return short.length > 0 ? (
    <section cl="block" aria-label={trans.__('Not ratified')}>
      <h3>{trans.__('Not ratified')}</h3>
      <p cl="muted">{trans.__('Short of the votes that this notebook asks for, so not in force.')}</p>
      <ul cl="short">
        {short.map(article => (
          <li key={article.revision}>
            <p>
              <b>
                <Spelt text={article.title} />
              </b>{' '}
              <Spelt text={claimed(article.provenance.author, trans)} />
            </p>
            <p cl="muted">
              <Spelt text={article.repealed ? trans.__('(repealed)') : `${article.when} → ${article.then}`} />
            </p>
            <Button kind="second" onPress={() => props.onPropose(article)}>
              {trans.__('Propose it')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  ) : null;
}

/** Who must agree before anything becomes law here, and a way to change it. */
export function Rule(props: {
  agreeing: Agreeing;
  trans: TranslationBundle;
  onGovern: (terms: Terms) => Promise<boolean>;
}): JSX.Element {
  const { agreeing, trans } = props;
  const { terms, voters } = agreeing;
  const [edited, setEdited] = React.useState<Terms | null>(null);
  const kinds = [
    { value: 'one' as const, label: trans.__('One person') },
    { value: 'some' as const, label: trans.__('Some of you') },
    { value: 'writers' as const, label: trans.__('All who wrote') }
  ];
  const people = (edited?.people ?? []).map(name => name.trim()).filter(Boolean);
  const wanted = edited && { ...edited, people: edited.kind === 'some' ? people : [], needs: 1 };
  const most = new Set(people).size;
  const needs = Math.min(edited?.needs ?? 1, most);
  const set = async () => {
    if (wanted && (await props.onGovern(edited?.kind === 'some' ? { ...wanted, needs } : wanted))) {
      setEdited(null);
    }
  };
  return (
    <section cl="block rule" aria-label={trans.__('Who ratifies')}>
      <h3>{trans.__('Who ratifies')}</h3>
      <p>
        <Spelt text={termsOf(terms, trans)} />
        {terms.kind === 'writers' && voters.length > 0 && <Spelt text={`: ${voters.join(', ')}`} />}
      </p>
      {!edited ? (
        <Button onPress={() => setEdited(terms)}>{trans.__('Change')}</Button>
      ) : (
        <>
          <Choice
            label={trans.__('Who ratifies')}
            value={edited.kind}
            options={kinds}
            onChange={kind => setEdited({ ...edited, kind })}
          />
          {edited.kind === 'some' && (
            <>
              <Field
                label={trans.__('Names, one a line, as they sign')}
                placeholder={trans.__('Names, one a line, as they sign')}
                rows={3}
                value={edited.people.join('\n')}
                onChange={text => setEdited({ ...edited, people: text.split('\n') })}
              />
              <label cl="line">
                {trans.__('How many must agree')}
                <input
                  type="number"
                  cl="field"
                  min={1}
                  max={most || 1}
                  value={edited.needs}
                  onChange={event => setEdited({ ...edited, needs: Math.max(1, Number(event.target.value) || 1) })}
                />
              </label>
            </>
          )}
          <div cl="line">
            <Button
              kind="second"
              notYet={edited.kind === 'some' && !most ? trans.__('Name somebody first') : undefined}
              onPress={() => void set()}
            >
              {terms.kind === 'one' ? trans.__('Set the rule') : trans.__('Propose the rule')}
            </Button>
            <Button onPress={() => setEdited(null)}>{trans.__('Leave it')}</Button>
          </div>
        </>
      )}
    </section>
  );
}
