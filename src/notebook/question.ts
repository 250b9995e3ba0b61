/** What a person is asked in an output: answers to press, or to call by their number, and a field for one's own words. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import type { Question, TurnRecord } from '../contract';
import { CHOICE_MIME } from './keys';
import { press } from './turnline';

/** What nobody can see would be sent with an answer. */
const UNSEEN = /[\p{C}\p{DI}]/u;

/** The question that a reply is, if it can be read. What an output says is not trusted to be of any shape. */
export function questionOf({ question, status }: TurnRecord): Question | null {
  const { text, options } = (question ?? {}) as Partial<Question>;
  const plain = (said: unknown): boolean => typeof said === 'string' && said.length <= 200 && !UNSEEN.test(said);
  return status === 'complete' && typeof text === 'string' && Array.isArray(options)
    ? { text, options: options.filter(plain).slice(0, 9) }
    : null;
}

/** Where a question is answered: `draft` is what was typed before, `keep` keeps what is typed. */
export interface IAnswering {
  readonly draft: string;
  readonly trans: TranslationBundle;
  readonly keep: (text: string) => void;
  readonly answer: (text: string) => void;
}

export function answers({ text, options = [] }: Question, { draft, trans, keep, answer }: IAnswering): HTMLElement {
  const field = document.createElement('input');
  field.className = 'jp-reconst-field';
  field.value = draft;
  field.placeholder = trans.__('Your own words, then Enter');
  field.setAttribute('aria-label', field.placeholder);
  field.addEventListener('input', () => keep(field.value));
  field.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing && field.value.trim()) {
      answer(field.value.trim());
    }
  });
  const box = choices(text, options, at => answer(options[at]));
  box.append(field);
  return box;
}

/** Buttons that their numbers press while the box, or one of them, has the keyboard. */
function choices(label: string, options: readonly string[], pick: (at: number) => void): HTMLElement {
  const box = document.createElement('div');
  box.className = 'jp-reconst jp-reconst-answers';
  Object.assign(box.dataset, { reconstIgnore: '', lmSuppressShortcuts: 'true' });
  box.tabIndex = 0;
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', label);
  options.forEach((option, at) => {
    const button = press(` ${option}`, () => pick(at));
    const key = document.createElement('kbd');
    key.textContent = String(at + 1);
    button.prepend(key);
    box.append(button);
  });
  box.addEventListener('keydown', event => {
    const at = Number(event.key) - 1;
    if (!(event.target instanceof HTMLInputElement) && !(event.ctrlKey || event.metaKey || event.altKey)) {
      if (at in options) {
        event.preventDefault();
        pick(at);
      }
    }
  });
  return box;
}

/** What to leave out of a conversation that has outgrown its model: asked where the cell stopped. */
export function choiceFactory(
  trans: TranslationBundle,
  choose: (element: HTMLElement, keep: 'last' | 'first') => void
): IRenderMime.IRendererFactory {
  const label = trans.__('What should stay in the conversation?');
  const options = [trans.__('The newest turns'), trans.__('The first turn, and the newest')];
  return {
    safe: true,
    mimeTypes: [CHOICE_MIME],
    defaultRank: 0,
    createRenderer: () => {
      const widget = new Widget();
      const box = choices(label, options, at => choose(widget.node, at ? 'first' : 'last'));
      box.prepend(label);
      widget.node.append(box);
      return Object.assign(widget, { renderModel: () => Promise.resolve() });
    }
  };
}
