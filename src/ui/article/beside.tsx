import type { Article, Case } from '../../contract';
import * as React from '../react';
import { Icon } from '../icons';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { claimedBy, clock, day, short } from '../parts/words';

export interface IBesideProps {
  readonly article: Article | null;
  readonly cases: readonly Case[];
  readonly revisions: readonly Article[];
  readonly now: number;
  readonly trans: TranslationBundle;
  readonly onRestore: (revision: string) => void;
}

/** Beside the wording: where it came from, the cases it must pass, and how it read before. */
export function Beside(props: IBesideProps): JSX.Element {
  const { article, cases, revisions, trans } = props;
  return (
    <div>
      {article && <From {...props} article={article} />}
      {article && (
        <Block title={trans.__('Cases it must pass')}>
          {cases.length === 0 && <p cl="muted">{trans.__('None yet. Marked rows of a preview become cases.')}</p>}
          <ul cl="caselist">
            {cases.map(found => (
              <li key={found.id}>
                <Icon name={found.expects.verdict === 'intended' ? 'done' : 'warn'} />
                <span>
                  {short(found.prompt, 160)}
                  <span cl="muted">
                    {' · '}
                    {found.expects.verdict === 'intended' ? trans.__('should change') : trans.__('should stay')}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </Block>
      )}
      {revisions.length > 0 && (
        <Block title={trans.__('History')}>
          <ol cl="hist">
            {revisions.map(revision => (
              <Revision key={revision.revision} {...props} revision={revision} />
            ))}
          </ol>
        </Block>
      )}
    </div>
  );
}

function From({ article, now, trans }: IBesideProps & { article: Article }): JSX.Element {
  const { provenance } = article;
  return (
    <Block title={trans.__('Where it came from')}>
      <dl cl="facts">
        {provenance.words.map((words, index) => (
          <React.Fragment key={index}>
            <dt>{trans.__('Words')}</dt>
            <dd>
              <span cl="words">{short(words.quote, 160)}</span>
              {words.correction && ` → “${short(words.correction, 160)}”`}
            </dd>
          </React.Fragment>
        ))}
        <dt>{trans.__('Says it is by')}</dt>
        <dd>{provenance.author || trans.__('not given')}</dd>
        <dt>{trans.__('When')}</dt>
        <dd>{`${day(provenance.at, now, trans)}, ${clock(provenance.at)}`}</dd>
        {provenance.evidence && <dt>{trans.__('Evidence')}</dt>}
        {provenance.evidence && <dd>{provenance.evidence}</dd>}
        {provenance.note && <dt>{trans.__('Note')}</dt>}
        {provenance.note && <dd>{provenance.note}</dd>}
      </dl>
    </Block>
  );
}

function Revision(props: IBesideProps & { revision: Article }): JSX.Element {
  const { revision, revisions, article, now, trans } = props;
  const parent = revisions.find(r => r.revision === revision.parents[0]);
  const spell = (a: Article) => `${a.when}; ${a.then}`;
  const current = revision.revision === article?.revision;
  const words = revision.repealed ? trans.__('Repealed') : parent ? trans.__('Revised') : trans.__('Added');
  const who = claimedBy(revision.provenance.author, trans);
  return (
    <li>
      <Icon name={revision.repealed ? 'minus' : parent ? 'pen' : 'plus'} />
      <span>
        {words}
        {current && ` · ${trans.__('now')}`}
        {parent && !revision.repealed && (
          <span cl="change">
            <Diff pieces={pieces(spell(parent), spell(revision))} trans={trans} />
          </span>
        )}
        <span cl="muted meta">
          {[who, day(revision.provenance.at, now, trans), clock(revision.provenance.at)].filter(Boolean).join(' · ')}
        </span>
      </span>
      {!current && !revision.repealed && (
        <Button onPress={() => props.onRestore(revision.revision)}>{trans.__('Restore')}</Button>
      )}
    </li>
  );
}
