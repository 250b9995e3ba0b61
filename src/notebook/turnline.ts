import type { TranslationBundle } from '@jupyterlab/translation';

import type { Given, TurnRecord } from '../contract';
import { isApplied } from './keys';
import { givenOf, reasonOf } from './known';

/** What the line's buttons do; `more` opens the menu of acts on the turn below its button. */
export interface ITurnActs {
  readonly again: () => void;
  readonly more: (anchor: HTMLElement) => void;
  /** Ask once more without this article. */
  readonly without: (article: string) => void;
  /** Say what is known of the references of the reply. */
  readonly references: () => void;
  /** Open a fact or a passage that the turn was given. */
  readonly open: (given: Given) => void;
}

/** The line under a reply: who answered, under how many articles, how long it took. Not part of what can be highlighted. */
export function turnLine(record: TurnRecord, trans: TranslationBundle, acts: ITurnActs): HTMLElement {
  const line = document.createElement('div');
  line.className = 'jp-reconst jp-reconst-turn';
  line.dataset.reconstIgnore = '';
  const [model, ...rest] = said(record, trans);
  line.append(element('span', model), articles(record, trans, acts), ...known(record, trans, acts));
  if (Number.isSafeInteger(record.references) && record.references > 0) {
    line.append(press(trans._n('%1 reference', '%1 references', record.references), acts.references));
  }
  line.append(...rest.map(text => element('span', text)));
  line.append(Object.assign(element('span', ''), { className: 'jp-reconst-thread' }));
  if (record.recording) {
    const badge = document.createElement('span');
    badge.className = 'jp-reconst-badge';
    badge.textContent = trans.__('recording');
    line.prepend(badge);
  }
  if (
    record.replayed ||
    record.status === 'failed' ||
    record.status === 'incomplete' ||
    record.status === 'cancelled'
  ) {
    line.append(press(trans.__('Ask again'), acts.again));
  }
  if (record.status !== 'streaming') {
    const more = press(trans.__('More…'), () => acts.more(more));
    more.setAttribute('aria-haspopup', 'menu');
    more.setAttribute('aria-label', trans.__('More to do with this reply'));
    line.append(more);
  }
  return line;
}

function said(record: TurnRecord, trans: TranslationBundle): string[] {
  const words = [
    {
      streaming: record.reply ? trans.__('writing…') : record.note ? '' : trans.__('asking…'),
      complete: trans.__('%1 s', seconds(record.seconds)),
      cancelled: trans.__('stopped; what had arrived is kept'),
      incomplete: trans.__('cut off; what had arrived is kept'),
      failed: trans.__('no answer')
    }[record.status] ?? ''
  ];
  if (record.cost) {
    words.push(`$${record.cost < 0.01 ? record.cost.toPrecision(2) : record.cost.toFixed(2)}`);
  }
  if (record.replayed) {
    words.push(trans.__('recorded reply, shown again at no cost'));
  }
  if (typeof record.style === 'string' && record.style) {
    words.push(trans.__('style: %1', record.style));
  }
  if (Number.isSafeInteger(record.left) && record.left > 0) {
    words.push(trans._n('%1 earlier turn left out', '%1 earlier turns left out', record.left));
  }
  words.push(record.note);
  return [record.model, ...words.filter(text => text !== '')];
}

/** How many articles were sent; open, which ones and why. What an output says is not trusted to be of any shape. */
function articles(record: TurnRecord, trans: TranslationBundle, acts: ITurnActs): HTMLElement {
  const count = trans._n('%1 article in force', '%1 articles in force', record.articles);
  const applied = Array.isArray(record.applied) ? record.applied.filter(isApplied) : [];
  if (applied.length === 0) {
    return element('span', count);
  }
  const list = document.createElement('ul');
  for (const { article, title, sent, why } of applied) {
    const name = title || article;
    const line = element('li', sent ? trans.__('%1: sent, %2', name, why) : trans.__('%1: not sent, %2', name, why));
    if (sent && record.status !== 'streaming') {
      const button = press(trans.__('Without it'), () => acts.without(article));
      button.title = trans.__(
        'One more call, about as dear as this one: what would this have said without “%1”?',
        name
      );
      line.append(' ', button);
    }
    list.append(line);
  }
  const details = document.createElement('details');
  details.append(element('summary', count), list);
  return details;
}

/** The facts that were known here and the passages that were quoted; each opens. */
function known(record: TurnRecord, trans: TranslationBundle, acts: ITurnActs): HTMLElement[] {
  const lines: [string, Given[]][] = [
    [trans.__('known here:'), givenOf(record, 'fact')],
    [trans.__('passages:'), givenOf(record, 'passage')]
  ];
  return lines
    .filter(([, given]) => given.length > 0)
    .map(([name, given]) => {
      const line = element('span', name);
      for (const one of given) {
        const button = press(one.label || one.id, () => acts.open(one));
        button.title = reasonOf(record, one);
        line.append(' ', button);
      }
      return line;
    });
}

/** A button of ours. */
export function press(text: string, run: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-reconst-btn';
  button.textContent = text;
  button.addEventListener('click', run);
  return button;
}

function element(tag: 'span' | 'li' | 'summary', text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function seconds(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
