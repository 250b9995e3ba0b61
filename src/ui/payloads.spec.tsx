/** Whatever a notebook, a model or another person wrote is text here: no element, no address, no handler of theirs. */
import { Widget } from '@lumino/widgets';
import { MessageLoop } from '@lumino/messaging';
import { nullTranslator } from '@jupyterlab/translation';

import { poison } from '../../tests/jest/payloads';
import { together } from '../../tests/ui/gallery/agreeing';
import { argument } from '../../tests/ui/gallery/arguing';
import { clashing } from '../../tests/ui/gallery/clashing';
import { FakeNotebooks, fakeDocument, fakeReconst, noDrafts, noOpen } from '../../tests/ui/gallery/fakes';
import * as fx from '../../tests/ui/gallery/fixtures';
import { impacts } from '../../tests/ui/gallery/impacts';
import { fakeLibrary, passages, shelves } from '../../tests/ui/gallery/library';
import * as wiki from '../../tests/ui/gallery/wiki';
import type { Browsed } from '../contract';
import type { IState } from '../tokens';
import * as start from '.';
import * as pages from './pages';

const ui = { ...start, ...pages };

const states: Record<string, Partial<IState>> = {
  review: {},
  present: { present: fx.base.placed.map(({ annotation }) => ({ name: 'x', at: annotation.id })) },
  agreeing: { inForce: together, preview: fx.previewing },
  governing: { tab: 'constitution', inForce: together },
  constitution: { tab: 'constitution', inForce: { ...fx.inForce, review: fx.review, problems: ['x'] } },
  history: { tab: 'history', history: { events: [...fx.events], more: false } },
  correct: { card: fx.card },
  amend: { card: fx.amendCard },
  impact: { preview: fx.previewing, estimate: fx.estimate },
  judged: { preview: impacts['impact-judged'] },
  failed: { preview: impacts['impact-failed'] },
  clashes: { tab: 'constitution', clashes: clashing.done },
  'no clashes': { tab: 'constitution', clashes: clashing.failed },
  acceptance: { inForce: { ...fx.inForce, review: fx.review } },
  offer: { offer: fx.offer, rehearsing: fx.rehearsed },
  weighing: { offer: fx.offer, rehearsing: fx.weighing },
  compare: { comparing: fx.comparing },
  'compare with a file': { comparing: fx.beside },
  argument: { argument },
  variants: { varying: fx.varying },
  packs: { tab: 'packs' },
  notice: { notice: { kind: 'problem', text: 'x', remedy: 'x', action: { label: 'x', run: () => undefined } } }
};

const ran = jest.fn();
Object.assign(globalThis, { PWN: ran });

const trans = nullTranslator.load('');

const frame = () => new Promise(resolve => setTimeout(resolve, 30));

/** The words that the wiki is searched for. */
const words = { ...noDrafts, get: (key: string) => (key === 'wiki' ? 'x' : '') };

/** The first pack can be opened; the others say why they cannot be read. */
function readable(browsed: Browsed): Browsed {
  return { ...browsed, packs: browsed.packs.map((pack, at) => (at ? pack : { ...pack, problem: '' })) };
}

/** Wait until it is there, or for so long that it will not come. */
async function until(there: () => boolean): Promise<void> {
  for (let left = 100; left > 0 && !there(); left--) {
    await frame();
  }
}

/* eslint-disable jupyter/require-disposable-ownership -- all of them are disposed at the end of each test */
it.each(Object.keys(states))('%s', async name => {
  globalThis.requestIdleCallback ??= (run: IdleRequestCallback) => setTimeout(run, 0) as unknown as number;
  const state = poison({ ...fx.base, ...states[name] });
  const { offer, rehearsing } = state;
  const { constitution, digest } = offer?.brought.review ?? fx.review;
  // What was tried is what is ticked: the articles that are the same.
  const ticked = { digest, articles: constitution.articles.slice(0, 1).map(a => a.id), preamble: false };
  const tried = rehearsing && { ...rehearsing, ticked };
  const { reconst } = fakeReconst(
    { ...state, rehearsing: tried },
    {
      travels: poison(fx.manifest),
      exports: poison(fx.exports),
      sent: poison(fx.sent),
      cite: poison(fx.references),
      tell: poison(fx.told),
      library: {
        ...fakeLibrary(poison(shelves)),
        consult: () => Promise.resolve({ passages: poison(passages) })
      },
      browse: readable(poison(wiki.browsed)),
      page: poison(wiki.page),
      offer: poison(wiki.patch),
      foresee: poison([...wiki.estimated, ...wiki.foreseen])
    }
  );
  const notebooks = new FakeNotebooks(fakeDocument(poison(fx.metadata), poison(fx.records)));
  const options = { reconst, trans, notebooks, drafts: words, open: noOpen, id: () => 'm9' };
  const sentences = new ui.SentencesWidget(options);
  const widgets: Widget[] = [
    sentences,
    new ui.SidebarWidget(options),
    new ui.CardWidget(options),
    new ui.ImpactWidget(options),
    new ui.AcceptanceWidget(options),
    new ui.AcceptanceWidget({ ...options, offered: true }),
    new ui.CompareWidget(options),
    new ui.VariantsWidget(options),
    new ui.ShareWidget(options),
    new ui.ReferencesWidget({ ...options, turn: 't1', cell: 'c1' }),
    new ui.SentWidget({ ...options, of: { turn: 't1' } }),
    new ui.ReportWidget({ ...options, about: { turn: 't1' } }),
    new ui.LibraryWidget(options),
    new ui.ArgumentWidget(options),
    new ui.ArticleWidget({ ...options, article: 'r3' }),
    new ui.ConnectWidget(options),
    new ui.TravelsWidget(options),
    new ui.StatusWidget({ ...options, onOpen: () => undefined }),
    new ui.LiveWidget(options)
  ];
  const panels = new Set([...widgets.map(widget => widget.constructor.name), ui.ChipWidget.name]); // It says nothing.
  expect(Object.keys(ui).filter(key => key.endsWith('Widget') && !panels.has(key))).toEqual([]);
  widgets.forEach(widget => Widget.attach(widget, document.body));
  sentences.open(poison(fx.sentences));
  MessageLoop.flush();
  await frame();
  const all = (selectors: string) => Array.from(document.querySelectorAll<HTMLElement>(selectors));
  const tries = () => all('button').filter(b => b.textContent?.startsWith('Try it on my kept'));
  const packs = name === 'packs';
  await until(() => !packs || all('.jp-reconst-pack').length > 0);
  await until(() => all('#reconst-library li').length > 0);
  all('.jp-reconst summary, .jp-reconst .jp-reconst-name').forEach(e => e.click());
  await frame();
  // A pack that was opened: its articles, their examples, and what it would do.
  await until(() => !packs || tries().length > 0);
  expect(tries()).toHaveLength(packs ? 1 : 0);
  [...all('.jp-reconst-pack [aria-expanded=false]'), ...tries()].forEach(e => e.click());
  await until(() => !packs || all('.jp-reconst-pack del').length > 0);
  expect(document.body.textContent).toContain('<SCRIPT/XSS SRC="https://pwn-beacon.example/xss.js"></SCRIPT>');
  const foreign = document.querySelectorAll(
    '.jp-reconst :is(script, img, iframe, frame, object, embed, link, style, base, meta, audio, video, image, use, animate, set, foreignObject, template, math, [src], [srcset], [srcdoc], [background], [formaction], [href]:not([href^="#"]), [style*="url"], [data-commandlinker-command])'
  );
  expect(Array.from(foreign, e => e.outerHTML)).toEqual([]);
  const handlers = Array.from(document.querySelectorAll('.jp-reconst *')).flatMap(e => e.getAttributeNames());
  expect(handlers.filter(name => /^(on|xlink)/.test(name))).toEqual([]);
  expect(ran).not.toHaveBeenCalled();
  // The head of a page does not scroll: what others say of themselves must not push the rest out of sight.
  const authors = document.querySelector('.jp-reconst-pagehead .jp-reconst-facts dd');
  expect(authors?.textContent?.length ?? 0).toBeLessThan(200);
  widgets.forEach(widget => widget.dispose());
});
