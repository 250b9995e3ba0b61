import type { Browsed, Hit, Page, Shelved } from '../../contract';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Block } from '../parts/block';
import { Notice } from '../parts/notice';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';
import { PackPage } from './page';
import type { IWikiProps } from './props';

/** A moment without typing, in milliseconds, before the words are looked for. */
const PAUSE = 200;
const WORDS = 'wiki';

/** The pack that is opened, at the article that was looked for. */
interface IPlace {
  readonly pack: string;
  readonly article: string;
}

/** Packs of others: search them, read one. */
export function Wiki(props: IWikiProps): JSX.Element {
  const { wiki, path, digest, drafts, trans } = props;
  const [words, setWords] = React.useState(drafts.get(WORDS));
  const [found, setFound] = React.useState<Browsed | null>(null);
  const [at, setAt] = React.useState<IPlace | null>(null);
  const [read, setRead] = React.useState<{ readonly at: IPlace; readonly page: Page } | null>(null);
  const asked = React.useRef(false);
  React.useEffect(() => {
    let here = true;
    const look = () => void wiki.browse(words).then(now => here && now && setFound(now));
    const timer = setTimeout(look, asked.current ? PAUSE : 0);
    asked.current = true;
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [wiki, words, path, digest]);
  React.useEffect(() => {
    let here = true;
    if (at) {
      void wiki.page(at.pack).then(page => here && (page ? setRead({ at, page }) : setAt(null)));
    }
    return () => {
      here = false;
    };
  }, [wiki, at, path, digest]);
  if (at && read?.at === at) {
    return <PackPage key={at.pack} {...props} page={read.page} article={at.article} onBack={() => setAt(null)} />;
  }
  const open = (pack: string, article = '') => setAt({ pack, article });
  const entry = (key: string, title: string, below: string, press: () => void) => (
    <li key={key} cl="pack">
      <button type="button" cl="name" onClick={press}>
        <b>{spelt(title)}</b>
      </button>
      <p cl="muted">{spelt(below)}</p>
    </li>
  );
  const ofHit = ({ pack, article, title, then }: Hit) => {
    const from = found!.packs.find(p => p.name === pack)?.title ?? pack;
    return entry(`${pack} ${article}`, title, `${from} · ${then}`, () => open(pack, article));
  };
  const ofPack = (pack: Shelved) =>
    pack.problem ? (
      <li key={pack.name}>
        <Notice title={spelt(pack.name)} text={spelt(pack.problem)} />
      </li>
    ) : (
      entry(pack.name, pack.title, about(pack, trans), () => open(pack.name))
    );
  return (
    <>
      <input
        type="search"
        cl="field"
        maxLength={200}
        value={words}
        aria-label={trans.__('Search packs')}
        placeholder={trans.__('Search packs')}
        onChange={event => {
          setWords(event.target.value);
          drafts.set(WORDS, event.target.value);
        }}
      />
      {!found && <p role="status">{trans.__('Looking at the packs')}</p>}
      {found && words.trim() && (
        <section cl="block">
          <h3 role="status">
            {trans._n('%1 article', '%1 articles', found.hits.length)}
            {found.more > 0 && ` · ${trans.__('%1 more: add a word', found.more)}`}
          </h3>
          <Paged items={found.hits} draw={ofHit} trans={trans} page={20} />
        </section>
      )}
      {found && (
        <Block title={trans.__('Packs')}>
          <Paged items={found.packs} draw={ofPack} trans={trans} page={50} />
        </Block>
      )}
    </>
  );
}

function about(pack: Shelved, trans: TranslationBundle): string {
  const standing = { '': '', adopted: trans.__('adopted'), update: trans.__('update available') };
  const words = [
    standing[pack.standing],
    trans._n('%1 article', '%1 articles', pack.articles),
    pack.authors && trans.__('says it is by %1', pack.authors),
    pack.source
  ];
  return words.filter(Boolean).join(' · ');
}
