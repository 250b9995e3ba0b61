/** The marks of a reply that code wrote: `[¶3]` leads to the words of sentence 3, `[?1]` to where question 1 is answered. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Question, Trace, TurnRecord } from '../contract';

const MARK = /\[([¶?])(\d{1,4})\]/g;

export function isTrace(to: Trace | Question): to is Trace {
  return 'quote' in to;
}

/** Where marks lead. */
const LEADS = new WeakMap<Element, Trace | Question>();

/** Make links of the marks that lead somewhere. What is a link already stays one. */
export function linkMarks(body: HTMLElement, record: TurnRecord, trans: TranslationBundle): void {
  const { traces, open } = record;
  if (!Array.isArray(traces) || !Array.isArray(open)) {
    return;
  }
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    const leads = ([, kind, number]: RegExpMatchArray): Trace | Question | undefined =>
      kind === '?' ? open[Number(number) - 1] : traces.find(trace => trace.number === Number(number));
    const found = LEADS.has(text.parentElement!) ? null : [...text.data.matchAll(MARK)].find(leads);
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
    mark.title = isTrace(to) ? trans.__('Go to “%1”', to.quote) : trans.__('Answer in the cell');
    mark.textContent = found[0];
    const rest = text.splitText(found.index!);
    rest.data = rest.data.slice(found[0].length);
    rest.before(mark);
    walker.currentNode = mark.firstChild!;
  }
}

/** Follow marks by mouse and keyboard, and say beside one where it cannot be followed. */
export function followMarks(
  follow: (mark: HTMLElement, to: Trace | Question) => Promise<boolean>,
  trans: TranslationBundle
): void {
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
