/**
 * The marks of a reply that lead somewhere: `[¶3]` to the words of sentence 3, `[?1]` to where question 1 is answered,
 * `[2]` to the passage of that number.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Given, Question, Trace, TurnRecord } from '../contract';
import { givenOf } from './known';

const MARK = /\[([¶?]?)(\d{1,4})\]/g;

/** A passage, and the turn that it was given to. */
export interface ICited extends Given {
  readonly turn: string;
}

export type Lead = Trace | Question | ICited;

export function isTrace(to: Lead): to is Trace {
  return 'quote' in to;
}

export function isCited(to: Lead): to is ICited {
  return 'turn' in to;
}

/** Where marks lead. */
const LEADS = new WeakMap<Element, Lead>();

/** Make links of the marks that lead somewhere. What is a link already stays one. */
export function linkMarks(body: HTMLElement, record: TurnRecord, trans: TranslationBundle): void {
  const whole = Array.isArray(record.traces) && Array.isArray(record.open);
  const { traces, open } = whole ? record : { traces: [], open: [] };
  const passages = givenOf(record, 'passage');
  if (traces.length + open.length + passages.length === 0) {
    return;
  }
  const leads = ([mark, kind, number]: RegExpMatchArray): Lead | undefined => {
    if (kind !== '') {
      return kind === '?' ? open[Number(number) - 1] : traces.find(trace => trace.number === Number(number));
    }
    const passage = passages.find(({ label }) => label.startsWith(`${mark} `));
    return passage && { ...passage, turn: record.turn };
  };
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    const found =
      LEADS.has(text.parentElement!) || text.parentElement!.closest('pre, code')
        ? null
        : [...text.data.matchAll(MARK)].find(leads);
    if (!found) {
      continue;
    }
    const to = leads(found)!;
    const mark = document.createElement('span');
    LEADS.set(mark, to);
    mark.className = 'jp-reconst-trace';
    mark.setAttribute('role', 'link');
    mark.tabIndex = 0;
    mark.dataset.lmSuppressShortcuts = 'true'; // Enter would open the cell's editor.
    mark.title = isCited(to)
      ? to.label
      : isTrace(to)
        ? trans.__('Go to “%1”', to.quote)
        : trans.__('Answer in the cell');
    mark.textContent = found[0];
    const rest = text.splitText(found.index!);
    rest.data = rest.data.slice(found[0].length);
    rest.before(mark);
    walker.currentNode = mark.firstChild!;
  }
}

/** Follow marks by mouse and keyboard, and say beside one where it cannot be followed. */
export function followMarks(follow: (mark: HTMLElement, to: Lead) => Promise<boolean>, trans: TranslationBundle): void {
  const heard = async (event: MouseEvent | KeyboardEvent): Promise<void> => {
    const mark = (event.target as Element).closest?.<HTMLElement>('.jp-reconst-trace');
    const to = mark && LEADS.get(mark);
    if (!to || ('key' in event && event.key !== 'Enter')) {
      return;
    }
    event.preventDefault();
    if (!(await follow(mark, to)) && mark.childElementCount === 0) {
      const said = document.createElement('span');
      said.setAttribute('role', 'status');
      said.dataset.reconstIgnore = '';
      said.textContent = trans.__(' (these words have changed or are gone)');
      mark.append(said);
    }
  };
  document.addEventListener('click', event => void heard(event));
  document.addEventListener('keydown', event => void heard(event));
}
