import type { Comparison, Version } from '../../contract';
import type { IComparing, Source } from '../../tokens';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Icon } from '../icons';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import { Fold } from '../parts/fold';
import { Law } from '../parts/law';
import { Notice } from '../parts/notice';
import { Page } from '../parts/page';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';
import { claimedBy, clock, day } from '../parts/words';

export interface ICompareProps {
  readonly comparing: IComparing;
  readonly path: string;
  readonly now: number;
  readonly trans: TranslationBundle;
  readonly onCompare: (source: Source | null, revision?: string) => void;
  readonly onFile: () => void;
  readonly onServer: () => void;
  readonly onReview: (source: Source) => void;
  readonly onRestore: () => void;
}

/** The notebook's constitution beside a file's, or beside what it was: article by article, word by word. */
export function Compare(props: ICompareProps): JSX.Element {
  const { comparing, path, trans } = props;
  const { differs, file, revision } = comparing;
  const { comparison, other, versions } = differs;
  const then = versions.find(version => version.revision === revision);
  const named = file
    ? trans.__('From %1 to %2', path, file.name)
    : then
      ? trans.__('From after “%1” to now', titleOf(then, trans))
      : trans.__('Choose what to compare it with.');
  return (
    <Page over={path} title={trans.__('Compare the constitution')} lede={spelt(named)}>
      <div cl="cols wide-first">
        <div>
          {differs.problems.map((problem, at) => (
            <Notice key={at} text={trans.__('Not compared: %1', spelt(problem))} />
          ))}
          {comparison && <Differences comparison={comparison} trans={trans} />}
          {other && (
            <Fold look="whole" title={file ? trans.__('All that the file says') : trans.__('All that it said then')}>
              {other.preamble && <p cl="read">{spelt(other.preamble)}</p>}
              {other.articles.map(({ id, title, when, then, source, why }) => (
                <Block key={id} title={spelt(title)}>
                  <Law when={spelt(when)} then={spelt(then)} source={spelt(source)} why={spelt(why)} trans={trans} />
                </Block>
              ))}
            </Fold>
          )}
        </div>
        <div>
          <Block title={trans.__('With something else')}>
            <div cl="line">
              <Button kind="second" onPress={props.onFile}>
                {trans.__('A file…')}
              </Button>
              <Button kind="second" onPress={props.onServer}>
                {trans.__('A file on the server…')}
              </Button>
            </div>
          </Block>
          <Block title={trans.__('With how it was after')}>
            <Paged
              items={versions}
              page={50}
              trans={trans}
              draw={version => <VersionLine key={version.revision} {...props} version={version} />}
            />
          </Block>
        </div>
      </div>
      {comparison && changes(comparison) > 0 && (
        <div cl="pagefoot">
          <span cl="sp" />
          {file ? (
            <Button kind="second" onPress={() => props.onReview(file)}>
              {trans.__('Review what it brings')}
            </Button>
          ) : (
            <>
              <span cl="muted">{trans.__('By new versions: nothing is deleted.')}</span>
              <Button kind="second" icon="back" onPress={props.onRestore}>
                {trans.__('Restore this version')}
              </Button>
            </>
          )}
        </div>
      )}
    </Page>
  );
}

function VersionLine(props: ICompareProps & { version: Version }): JSX.Element {
  const { version, comparing, now, trans } = props;
  return (
    <li cl="version">
      <Button
        flush
        pressed={version.revision === comparing.revision}
        onPress={() => props.onCompare(null, version.revision)}
      >
        {titleOf(version, trans)}
      </Button>
      <span cl="muted">
        {[day(version.at, now, trans), clock(version.at), claimedBy(version.author, trans)].filter(Boolean).join(' · ')}
      </span>
      {version.altered && (
        <span>
          <Icon name="warn" tone="bad" /> {trans.__('Altered: it is not what the next version was made from.')}
        </span>
      )}
    </li>
  );
}

function Differences({ comparison, trans }: { comparison: Comparison; trans: TranslationBundle }): JSX.Element {
  const { preamble, articles, cases } = comparison;
  if (changes(comparison) === 0) {
    return <p cl="lede">{trans.__('They say the same.')}</p>;
  }
  return (
    <>
      {preamble && (
        <Block title={trans.__('Before the articles')}>
          <p cl="read">
            <Words {...preamble} trans={trans} />
          </p>
        </Block>
      )}
      {articles.map(found => (
        <section key={found.article} cl="block">
          <h3>
            {spelt(found.title)}
            {found.how.map(how => (
              <span key={how} cl="tag">
                {how}
              </span>
            ))}
          </h3>
          <dl cl="law plain read differs">
            {found.fields.map(field => (
              <React.Fragment key={field.name}>
                <dt>{field.name}</dt>
                <dd>
                  <Words {...field} trans={trans} />
                </dd>
              </React.Fragment>
            ))}
          </dl>
        </section>
      ))}
      {cases.length > 0 && (
        <Block title={trans.__('Kept cases that differ')}>
          <ul cl="leaves">
            {cases.map(found => (
              <li key={found.case}>
                {spelt(found.prompt)} <span cl="tag">{found.how}</span>
              </li>
            ))}
          </ul>
        </Block>
      )}
    </>
  );
}

/** What differs in words, with hidden characters spelled out: they are differences too. */
function Words(props: { before: string; after: string; trans: TranslationBundle }): JSX.Element {
  return <Diff pieces={pieces(spelt(props.before), spelt(props.after))} trans={props.trans} />;
}

function changes({ preamble, articles, cases }: Comparison): number {
  return (preamble ? 1 : 0) + articles.length + cases.length;
}

function titleOf({ how, title }: Version, trans: TranslationBundle): string {
  return how === 'preamble' ? trans.__('the text before the articles') : trans.__('%1: %2', how, spelt(title));
}
