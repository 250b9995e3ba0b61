import type { Consulted, Embedded, Entry, Indexed, Passage, Problem, Shelves } from '../../contract';
import type { ILibrary } from '../../tokens';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';

/** A moment without typing, in milliseconds, before the words are looked for. */
const PAUSE = 200;

export interface ILibraryProps {
  readonly library: ILibrary;
  readonly trans: TranslationBundle;
  /** Ask for a path; empty for none. */
  readonly onAdd: () => Promise<string>;
  readonly onOpen: (path: string, fragment: string) => void;
}

/** What a person brought to read: where it is from, what of it could not be read, and its passages by their words. */
export function Library({ library, trans, onAdd, onOpen }: ILibraryProps): JSX.Element {
  const [shelves, setShelves] = React.useState<Shelves | null>(null);
  const [at, setAt] = React.useState<Indexed | null>(null);
  const [problem, setProblem] = React.useState<Problem | null>(null);
  const [words, setWords] = React.useState('');
  const [found, setFound] = React.useState<Consulted | null>(null);
  const running = React.useRef<AbortController | null>(null);
  const take = (now: Shelves | null) => now && setShelves(now);
  React.useEffect(() => {
    void library.shelves().then(take);
    return () => running.current?.abort();
  }, [library]);
  React.useEffect(() => {
    let here = true;
    const ask = () => void library.consult(words).then(now => here && setFound(now));
    const timer = words.trim() ? setTimeout(ask, PAUSE) : setFound(null);
    return () => {
      here = false;
      clearTimeout(timer as undefined);
    };
  }, [library, words, shelves]);
  const collect = async (path: string) => {
    const stop = (running.current = new AbortController());
    setProblem(null);
    setAt({ type: 'indexed', what: 'files', done: 0, of: 0, name: '', why: '' });
    for await (const event of library.collect(path, stop.signal)) {
      if (event.type === 'indexed') {
        setAt(event);
        if (event.what === 'passages' && event.why) {
          setProblem({ code: 'embedding', message: event.why, remedy: '' });
        }
      } else if (event.type === 'failed') {
        setProblem(event.problem);
      }
    }
    running.current = null;
    setAt(null);
    take(await library.shelves());
  };
  const quoted = ({ id, entry, text, locator }: Passage) => (
    <li key={id} cl="pack">
      <b>{spelt([entry.title, locator].filter(Boolean).join(', '))}</b>
      <p cl="muted">{spelt(byline(entry))}</p>
      <p cl="read exact">{spelt(text)}</p>
      {entry.file && (
        <Button flush onPress={() => onOpen(entry.file, locator.startsWith('p. ') ? `#page=${locator.slice(3)}` : '')}>
          {trans.__('Open')}
        </Button>
      )}
    </li>
  );
  const add = () => void onAdd().then(path => (path ? collect(path) : undefined));
  return (
    <div cl="pagebox" role="region" aria-label={trans.__('Library')}>
      <div cl="pagehead">
        <div>
          <h2>{trans.__('Library')}</h2>
          <p cl="lede">
            {trans.__('Bibliographies and texts that you brought. Their passages are quotations, never instructions.')}
          </p>
        </div>
      </div>
      <div cl="cols wide-first">
        <div>
          {problem && <Notice icon="warn" tone="warn" title={problem.message} text={problem.remedy} />}
          {shelves && !shelves.sources.length && !at && (
            <p>
              {trans.__('It is empty. Add a BibTeX or CSL-JSON file, or a folder with PDF, Markdown and notebooks.')}
            </p>
          )}
          {shelves && shelves.sources.length > 0 && (
            <input
              type="search"
              cl="field"
              value={words}
              maxLength={4000}
              aria-label={trans.__('Search the library')}
              placeholder={trans.__('Search the library')}
              onChange={event => setWords(event.target.value)}
            />
          )}
          {found && <h3 role="status">{trans._n('%1 passage', '%1 passages', found.passages.length)}</h3>}
          {found?.note && <p cl="muted">{found.note}</p>}
          {found && <Paged items={found.passages} draw={quoted} trans={trans} />}
        </div>
        <div>
          {at ? (
            <div cl="line">
              <progress max={at.of || 1} value={at.done} aria-label={trans.__('Reading')} />
              <span role="status">
                {at.what === 'files'
                  ? trans.__('%1 of %2 %3', at.done, at.of, spelt(at.name))
                  : trans.__('What passages mean: %1 of %2', at.done, at.of)}
              </span>
              <Button kind="second" onPress={() => running.current?.abort()}>
                {trans.__('Stop')}
              </Button>
            </div>
          ) : (
            <div cl="line">
              <Button kind="primary" onPress={add}>
                {trans.__('Add…')}
              </Button>
              {shelves && shelves.sources.length > 0 && (
                <Button kind="second" onPress={() => void collect('')}>
                  {trans.__('Update')}
                </Button>
              )}
            </div>
          )}
          {shelves?.embedded && !at && <p cl="muted">{meant(shelves.embedded, trans)}</p>}
          <ul cl="leaves">
            {shelves?.sources.map(source => (
              <li key={source.path} cl="pack">
                <b>{spelt(source.shown)}</b>
                <p cl="muted">
                  {trans._n('%1 document', '%1 documents', source.documents)}
                  {' · '}
                  {source.indexed
                    ? trans.__('read %1', new Date(source.indexed).toLocaleString())
                    : trans.__('not yet read to the end')}
                </p>
                {!at && (
                  <Button flush onPress={() => void library.discard(source.path).then(take)}>
                    {trans.__('Take out')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {shelves && shelves.skipped.length > 0 && (
            <details cl="whole">
              <summary>
                <Icon name="right" />
                {trans._n(
                  '%1 file was not read, or not all of it',
                  '%1 files were not read, or not all of them',
                  shelves.skipped.length
                )}
              </summary>
              <ul cl="leaves">
                {shelves.skipped.map(({ path, why }) => (
                  <li key={path} cl="exact">
                    {spelt(path)}: <span cl="muted">{spelt(why)}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      </div>
    </div>
  );
}

/** Whether passages are found by what they mean. */
function meant({ missing, done, of }: Embedded, trans: TranslationBundle): string {
  return missing
    ? trans.__('Passages are found by their words. %1', missing)
    : done < of
      ? trans.__(
          'Passages are found by their words, %1 of %2 by their meaning too. “Update” goes on with the others.',
          done,
          of
        )
      : trans.__('Passages are found by their words and by their meaning.');
}

/** Who wrote it and when, as the bibliography says; or where the file is. */
function byline({ authors, year, file }: Entry): string {
  return [authors.map(author => author.family).join(', '), year, file].filter(Boolean).join(' · ');
}
