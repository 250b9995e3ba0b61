/** Whom a file names is a claim, and every panel says so (T15). */
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { nullTranslator } from '@jupyterlab/translation';

import { together } from '../../tests/ui/gallery/agreeing';
import { FakeNotebooks, fakeDocument, fakeReconst, noDrafts, noOpen } from '../../tests/ui/gallery/fakes';
import * as fx from '../../tests/ui/gallery/fixtures';
import type { IState } from '../tokens';
import * as start from '.';
import * as pages from './pages';

const ui = { ...start, ...pages };
const NAME = 'Forged Fred';
const CLAIM = /says it is by|as claimed|not verified/i;

/** The same, and all of it signed by somebody who may not have written it. */
function forged<T>(value: T, key = ''): T {
  if (typeof value === 'string') {
    return (key === 'author' ? NAME : value) as unknown as T;
  }
  if (Array.isArray(value)) {
    return value.map(item => forged(item)) as unknown as T;
  }
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).map(([name, item]) => [
      name,
      name === 'creator' ? { ...item, name: NAME } : typeof item === 'function' ? item : forged(item, name)
    ]);
    return Object.fromEntries(entries) as T;
  }
  return value;
}

const [first] = fx.inForce.constitution.articles;
const disputed = { article: first.id, heads: [first, { ...first, revision: 'r9' }] };
const states: Record<string, Partial<IState>> = {
  review: {},
  constitution: { tab: 'constitution', inForce: { ...fx.inForce, review: fx.review } },
  'two versions': { tab: 'constitution', inForce: { ...fx.inForce, conflicts: [disputed] } },
  agreeing: { inForce: together },
  governing: { tab: 'constitution', inForce: together },
  correct: { card: fx.card },
  acceptance: { inForce: { ...fx.inForce, review: fx.review } },
  offer: { offer: fx.offer },
  compare: { comparing: fx.comparing }
};

const frame = () => new Promise(resolve => setTimeout(resolve, 30));

/* eslint-disable jupyter/require-disposable-ownership -- all of them are disposed at the end of each test */
it.each(Object.keys(states))('test_forged_author_shown_unverified: %s', async name => {
  globalThis.requestIdleCallback ??= (run: IdleRequestCallback) => setTimeout(run, 0) as unknown as number;
  const { reconst } = fakeReconst(forged({ ...fx.base, ...states[name] }));
  const notebooks = new FakeNotebooks(fakeDocument(forged(fx.metadata), forged(fx.records)));
  const trans = nullTranslator.load('');
  const options = { reconst, trans, notebooks, drafts: noDrafts, open: noOpen, id: () => 'm9' };
  const widgets: Widget[] = [
    new ui.SidebarWidget(options),
    new ui.CardWidget(options),
    new ui.AcceptanceWidget(options),
    new ui.AcceptanceWidget({ ...options, offered: true }),
    new ui.ArticleWidget({ ...options, article: 'r3' }),
    new ui.CompareWidget(options)
  ];
  widgets.forEach(widget => Widget.attach(widget, document.body));
  MessageLoop.flush();
  await frame();
  document.querySelectorAll<HTMLElement>('.jp-reconst summary, .jp-reconst .jp-reconst-name').forEach(e => e.click());
  await frame();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const bare: string[] = [];
  let named = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.textContent?.includes(NAME)) {
      named++;
      const around = node.parentElement?.closest('p, dd, li, h3, h4, label, td, summary') ?? node.parentElement;
      if (!CLAIM.test(around?.textContent ?? '') && !CLAIM.test(around?.previousElementSibling?.textContent ?? '')) {
        bare.push(around?.outerHTML ?? '');
      }
    }
  }
  widgets.forEach(widget => widget.dispose());
  expect(bare).toEqual([]);
  expect(named).toBeGreaterThan(0);
});
