/** Draws one scene: `index.html?scene=card-correct&theme=dark`. The widgets are the real ones. */
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import type { IState } from '../../../src/tokens';
import * as start from '../../../src/ui';
import * as pages from '../../../src/ui/pages';
import '../../../style/index.js';
import { FakeNotebooks, fakeDocument, fakeReconst, noDrafts, noOpen } from './fakes';
import { together } from './agreeing';
import { ARGUMENTS } from './arguing';
import { clashing } from './clashing';
import * as fx from './fixtures';
import * as listening from './listening';
import type { Scene } from './scenes';
import { empty, fakeLibrary } from './library';
import * as wiki from './wiki';

const ui = { ...start, ...pages };
const asked = new URLSearchParams(location.search);
const scene = (asked.get('scene') ?? 'side-review') as Scene;
document.body.dataset.jpThemeLight = String(asked.get('theme') !== 'dark');

Date.now = () => fx.NOW;
const plain = nullTranslator.load('jupyter_reconst');

/** Strings that are two fifths longer, as in many languages; what stays short was never translated. */
const long = (said: string) => `${said}${' ~~~~'.repeat(Math.ceil((0.4 * said.length) / 5))}`;
const pseudo = {
  ...plain,
  __: (...given: Parameters<typeof plain.__>) => long(plain.__(...given)),
  _n: (...given: Parameters<typeof plain._n>) => long(plain._n(...given))
} as typeof plain;
const trans = asked.get('locale') === 'long' ? pseudo : plain;
const notebooks = new FakeNotebooks(fakeDocument(fx.metadata, fx.records));

const sides: Record<string, Partial<IState>> = {
  'side-empty': { ...fx.empty, status: { ...fx.status, model: null } },
  'side-missing': { connection: 'missing', status: null, inForce: null, placed: [] },
  'side-review': {},
  'side-review-clear': { placed: fx.base.placed.slice(1, 3) },
  'side-together': {
    present: [
      ...fx.base.placed.slice(3, 5).map(({ annotation }) => ({ name: 'Ben Okafor', at: annotation.id })),
      ...['Cleo', 'Ana María Ruiz de la Prada'].map(name => ({ name, at: fx.base.placed[5].annotation.id }))
    ]
  },
  'side-asking': {
    ...fx.empty,
    status: fx.toy,
    asking: { turn: 't1', since: fx.NOW - 8000 },
    notice: { kind: 'done', text: 'Saved.', remedy: '', action: { label: 'Undo', run: () => undefined } }
  },
  'side-constitution': { tab: 'constitution' },
  'side-constitution-none': { tab: 'constitution', inForce: fx.noLaw },
  'side-scopes': { tab: 'constitution', inForce: fx.scoped },
  'side-conflict': {
    tab: 'constitution',
    inForce: {
      ...fx.inForce,
      conflicts: [
        {
          article: 'r5',
          heads: [
            { ...fx.articles[4], then: 'give three references, or say how many exist' },
            { ...fx.articles[4], revision: 'v5b', then: 'give references only when asked' }
          ]
        }
      ]
    }
  },
  'side-agreeing': { inForce: together, placed: [] },
  'side-governing': { tab: 'constitution', inForce: together },
  'side-clashes-estimated': { tab: 'constitution', clashes: clashing.estimated },
  'side-clashes-running': { tab: 'constitution', clashes: clashing.running },
  'side-clashes-found': { tab: 'constitution', clashes: clashing.done },
  'side-clashes-failed': { tab: 'constitution', clashes: clashing.failed },
  'side-untrusted': { inForce: { ...fx.noLaw, review: fx.review }, placed: [] },
  'side-packs': { tab: 'packs' },
  'side-pack': { tab: 'packs' },
  'side-pack-tried': { tab: 'packs' },
  'side-history': { tab: 'history', history: { events: [...fx.events], more: true }, threads: listening.threads },
  'side-outgrown': {},
  'side-problem': {
    notice: {
      kind: 'problem',
      text: 'lab-70b did not answer (429, too many requests).',
      remedy: 'Your text is kept.',
      action: { label: 'Try again', run: () => undefined }
    }
  }
};

const offers: Record<string, Partial<IState>> = {
  offer: {},
  'offer-weighing': { rehearsing: fx.weighing },
  'offer-rehearsed': { rehearsing: fx.rehearsed }
};

const compared: Record<string, IState['comparing']> = {
  compare: fx.comparing,
  'compare-file': fx.beside,
  'compare-same': fx.same
};

const cards: Record<string, Partial<IState>> = {
  'card-correct': { card: fx.card },
  'card-waiting': { card: { ...fx.card, candidates: fx.waitingCandidates, disagrees: null, cost: null } },
  'card-picked': { card: { ...fx.card, picked: 1, selection: null } },
  'card-saved': {
    card: { ...fx.card, picked: 0, saved: true },
    present: [{ name: 'Ben Okafor', at: fx.card.annotations[0].id }]
  },
  'card-no-model': {
    card: {
      ...fx.card,
      candidates: fx.candidates.slice(1, 2),
      disagrees: null,
      problem: { code: 'no_model', message: 'No model is connected.', remedy: 'Connect one.' }
    }
  },
  'card-amend': { card: fx.amendCard, estimate: fx.estimate },
  'card-own': {
    card: { ...fx.amendCard, chosen: null, draft: { ...fx.draft, title: '' }, proposals: fx.proposals.slice(2) }
  }
};

/** Press these buttons one after the other, as soon as each is there. */
function press(...names: string[]): void {
  const look = () => {
    const button = Array.from(document.querySelectorAll('button')).find(b => b.textContent?.startsWith(names[0]));
    if (button) {
      button.click();
      names.shift();
    }
    if (names.length > 0) {
      setTimeout(look, 5);
    }
  };
  look();
}

/** Write into the search field, as soon as it is there. */
function type(words: string): void {
  const box = document.querySelector<HTMLInputElement>('[type=search]');
  if (!box) {
    return void setTimeout(() => type(words), 5);
  }
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(box, words);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

function draw(): void {
  const host = document.getElementById('host') as HTMLElement;
  const given = (patch: Partial<IState>, answers?: Record<string, unknown>) => {
    const { reconst, calls } = fakeReconst({ ...fx.base, ...patch }, answers);
    Object.assign(window, { calls, store: reconst.store });
    return { reconst, trans, notebooks, drafts: noDrafts, open: noOpen, id: () => 'm9' };
  };
  const fill = (widget: Widget) => {
    widget.node.style.height = '100%';
    Widget.attach(widget, host);
  };
  if (scene in sides) {
    const foresee = scene === 'side-pack' ? wiki.estimated : wiki.foreseen;
    const compose = listening.outgrown;
    const sidebar = given(sides[scene], { browse: wiki.browsed, page: wiki.page, foresee, compose });
    const drafted: Partial<Record<Scene, string>> = { 'side-packs': 'source', 'side-outgrown': 'Does it still hold?' };
    const drafts = { ...noDrafts, get: () => drafted[scene] ?? '' };
    fill(new ui.SidebarWidget({ ...sidebar, drafts }));
    if (scene === 'side-pack' || scene === 'side-pack-tried') {
      press('Careful proofs', 'Claims need a source', 'Try it on');
    } else if (scene === 'side-outgrown') {
      press('What is sent');
    }
  } else if (scene === 'chip') {
    Widget.attach(
      new ui.ChipWidget({
        ...given({}),
        keys: act => `Ctrl+Alt+${act === 'keep' ? 'K' : 'M'}`,
        formalize: () => undefined
      }),
      document.body
    );
    notebooks.selected.emit(fx.selection);
  } else if (scene in cards) {
    Widget.attach(new ui.CardWidget(given(cards[scene])), document.body);
  } else if (scene in fx.impacts) {
    fill(new ui.ImpactWidget(given({ preview: fx.impacts[scene], estimate: fx.estimate })));
  } else if (scene === 'impact-propose') {
    fill(new ui.ImpactWidget(given({ preview: fx.impacts['impact-marked'], inForce: together })));
  } else if (scene === 'article-edit' || scene === 'article-new') {
    fill(new ui.ArticleWidget({ ...given({}), article: scene === 'article-edit' ? 'r3' : null }));
  } else if (scene === 'acceptance') {
    fill(new ui.AcceptanceWidget(given({ inForce: { ...fx.inForce, review: fx.review } })));
  } else if (scene in offers) {
    fill(new ui.AcceptanceWidget({ ...given({ offer: fx.offer, ...offers[scene] }), offered: true }));
  } else if (scene in compared) {
    fill(new ui.CompareWidget(given({ comparing: compared[scene] })));
  } else if (scene in ARGUMENTS) {
    fill(new ui.ArgumentWidget(given({ argument: ARGUMENTS[scene] })));
  } else if (scene === 'variants' || scene === 'variants-busy') {
    const state = scene === 'variants' ? fx.varying : fx.varyingBusy;
    fill(new ui.VariantsWidget(given({ varying: state }, { weigh: fx.varyingWays.weighed })));
  } else if (scene === 'references') {
    fill(new ui.ReferencesWidget({ ...given({}, { cite: fx.references }), turn: 't1', cell: 'c1' }));
  } else if (scene === 'sent' || scene === 'sent-row') {
    const found = scene === 'sent' ? fx.sent : fx.sentRow;
    fill(new ui.SentWidget({ ...given({}, { sent: found }), of: { turn: 't1' } }));
  } else if (scene.startsWith('library')) {
    const held = scene === 'library-empty' ? empty : undefined;
    fill(new ui.LibraryWidget(given({}, { library: fakeLibrary(held) })));
    if (scene === 'library-reading') {
      press('Update');
    } else if (scene === 'library') {
      type('off switch');
    }
  } else if (scene === 'report') {
    fill(new ui.ReportWidget({ ...given({}, { tell: fx.told }), about: { turn: 't1' } }));
  } else if (scene === 'share') {
    Widget.attach(new ui.ShareWidget(given({}, { exports: fx.exports })), host);
  } else if (scene === 'connect') {
    fill(new ui.ConnectWidget(given({})));
  } else if (scene === 'sentences') {
    const widget = new ui.SentencesWidget(given({}));
    Widget.attach(widget, document.body);
    widget.open(fx.sentences);
  } else if (scene === 'question') {
    host.append(listening.question(trans));
  } else if (scene === 'status') {
    const widget = new ui.StatusWidget({ ...given({}), onOpen: () => undefined });
    host.className = 'status';
    Widget.attach(widget, host);
  } else if (scene === 'travels') {
    Widget.attach(new ui.TravelsWidget(given({}, { travels: fx.manifest })), host);
  } else {
    throw new Error(`no such scene: ${scene}`);
  }
}

draw();
