/** Whatever a notebook, a model or another person wrote is text here: no element, no address, no handler of theirs. */
import { Widget } from '@lumino/widgets';
import { MessageLoop } from '@lumino/messaging';
import { nullTranslator } from '@jupyterlab/translation';

import { FakeNotebooks, fakeDocument, fakeReconst, noDrafts, noOpen } from '../../tests/ui/gallery/fakes';
import * as fx from '../../tests/ui/gallery/fixtures';
import type { IState } from '../tokens';
import * as ui from '.';

const PAYLOADS = [
  '<script>window.PWN=1</script>',
  '<img src=x onerror="window.PWN=1">',
  '<svg onload="window.PWN=1">',
  '<a href="javascript:window.PWN=1">x</a>',
  '<iframe srcdoc="x"></iframe>',
  '<object data="x"></object>',
  '<p style="background:url(//e.example/x)">x</p>',
  '![x](https://e.example/x.png)'
].join(' ');

let made = 0;

/** Every sentence that a person reads becomes the payloads; ids, dates, kinds and addresses stay what they are. */
function poison<T>(value: T, key = ''): T {
  const kept =
    /^(id|.*_?id|revision|article|cell|type|kind|status|verdict|bin|by|action|reach|standing|at|created|modified|motivation|purpose|part|step|place|tab|role|code|chosen|connection|conforms|turn|order|effect|mark|@context|annotation|base_url|endpoint|standing|wording|finish_reason|slot|probe_id)$/;
  if (typeof value === 'string') {
    return (kept.test(key) ? value : `${PAYLOADS} ${++made}`) as unknown as T;
  }
  if (Array.isArray(value)) {
    return value.map(item => poison(item, key === 'annotations' || key === 'same' ? 'id' : key)) as unknown as T;
  }
  if (value && typeof value === 'object') {
    const found = Object.entries(value).map(([name, item]) => [
      name,
      typeof item === 'function' ? item : poison(item, name)
    ]);
    return Object.fromEntries(found) as T;
  }
  return value;
}

const states: Record<string, Partial<IState>> = {
  review: {},
  constitution: { tab: 'constitution', inForce: { ...fx.inForce, review: fx.review, problems: ['x'] } },
  history: { tab: 'history', history: { events: [...fx.events], more: false } },
  correct: { card: fx.card },
  amend: { card: fx.amendCard },
  impact: { preview: fx.previewing },
  acceptance: { inForce: { ...fx.inForce, review: fx.review } },
  notice: { notice: { kind: 'problem', text: 'x', remedy: 'x', action: { label: 'x', run: () => undefined } } }
};

const trans = nullTranslator.load('');

const frame = () => new Promise(resolve => setTimeout(resolve, 30));

/* eslint-disable jupyter/require-disposable-ownership -- all of them are disposed at the end of each test */
it.each(Object.keys(states))('%s', async name => {
  globalThis.requestIdleCallback ??= (run: IdleRequestCallback) => setTimeout(run, 0) as unknown as number;
  const state = poison({ ...fx.base, ...states[name] });
  const { reconst } = fakeReconst(state, { travels: poison(fx.manifest) });
  const notebooks = new FakeNotebooks(fakeDocument(poison(fx.metadata)));
  const options = { reconst, trans, notebooks, drafts: noDrafts, open: noOpen, id: () => 'm9' };
  const widgets: Widget[] = [
    new ui.SidebarWidget(options),
    new ui.CardWidget(options),
    new ui.ImpactWidget(options),
    new ui.AcceptanceWidget(options),
    new ui.ArticleWidget({ ...options, article: 'r3' }),
    new ui.ConnectWidget(options),
    new ui.TravelsWidget(options),
    new ui.StatusWidget({ ...options, onOpen: () => undefined }),
    new ui.LiveWidget(options)
  ];
  widgets.forEach(widget => Widget.attach(widget, document.body));
  MessageLoop.flush();
  await frame();
  document.querySelectorAll<HTMLElement>('.jp-reconst summary, .jp-reconst .jp-reconst-name').forEach(e => e.click());
  await frame();
  expect(document.body.textContent).toContain('<script>window.PWN=1</script>');
  const foreign = document.querySelectorAll(
    '.jp-reconst :is(script, img, iframe, object, embed, link, style, [onerror], [onload], [src], [srcdoc], [href]:not([href^="#"]))'
  );
  expect(Array.from(foreign, e => e.outerHTML)).toEqual([]);
  expect((window as { PWN?: number }).PWN).toBeUndefined();
  widgets.forEach(widget => widget.dispose());
});
