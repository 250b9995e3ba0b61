/** Whatever a notebook, a model or another person wrote is text here: no element, no address, no handler of theirs. */
import { Widget } from '@lumino/widgets';
import { MessageLoop } from '@lumino/messaging';
import { nullTranslator } from '@jupyterlab/translation';

import { poison } from '../../tests/jest/payloads';
import { FakeNotebooks, fakeDocument, fakeReconst, noDrafts, noOpen } from '../../tests/ui/gallery/fakes';
import * as fx from '../../tests/ui/gallery/fixtures';
import type { IState } from '../tokens';
import * as ui from '.';

const states: Record<string, Partial<IState>> = {
  review: {},
  constitution: { tab: 'constitution', inForce: { ...fx.inForce, review: fx.review, problems: ['x'] } },
  history: { tab: 'history', history: { events: [...fx.events], more: false } },
  correct: { card: fx.card },
  amend: { card: fx.amendCard },
  impact: { preview: fx.previewing, estimate: fx.estimate },
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
  const notebooks = new FakeNotebooks(fakeDocument(poison(fx.metadata), poison(fx.records)));
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
