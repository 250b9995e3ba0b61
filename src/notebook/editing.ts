/** A reply edited where it stands. What is changed becomes corrections of it; the reply itself stays as it was said. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IEdited } from '../tokens';
import { press } from './turnline';

export interface IEditing {
  /** What the reply says, as it is recorded. */
  readonly source: string;
  /** What was typed before and not saved; empty for nothing. */
  readonly draft: string;
  readonly trans: TranslationBundle;
  readonly keep: (text: string) => void;
  /** Null where it could not be saved, which somebody else says. */
  readonly save: (text: string) => Promise<IEdited | null>;
  readonly amend: (edited: IEdited) => void;
}

/** Open a field in place of the words of a reply; the one that is open there is taken up again. */
export function editReply(reply: HTMLElement, options: IEditing): void {
  const { source, draft, trans, keep } = options;
  const open = reply.querySelector<HTMLElement>('.jp-reconst-edit textarea');
  if (open) {
    open.focus();
    return;
  }
  const box = document.createElement('div');
  box.className = 'jp-reconst jp-reconst-edit';
  Object.assign(box.dataset, { reconstIgnore: '', lmSuppressShortcuts: 'true' });
  const field = document.createElement('textarea');
  field.className = 'jp-reconst-field';
  field.setAttribute('aria-label', trans.__('The reply as it should have been'));
  field.value = draft || source;
  field.rows = Math.min(30, field.value.split('\n').length + 2);
  field.addEventListener('input', () => keep(field.value === source ? '' : field.value));
  const say = (text: string, ...buttons: HTMLElement[]): void => {
    const said = document.createElement('span');
    said.textContent = text;
    line.replaceChildren(said, ...buttons);
  };
  const close = (): void => {
    box.remove();
    reply.classList.remove('jp-mod-editing');
  };
  const save = async (): Promise<void> => {
    const text = field.value;
    field.readOnly = true;
    say(trans.__('Saving…'));
    const edited = await options.save(text);
    field.readOnly = false;
    if (!edited) {
      say(trans.__('Not saved. Your text is kept.'), ...buttons);
      return;
    }
    if (field.value === text) {
      keep('');
    }
    field.remove();
    reply.classList.remove('jp-mod-editing');
    const { length } = edited.annotations;
    const done = press(trans.__('Close'), close);
    if (!length) {
      say(trans.__('Nothing was changed.'), done);
      return;
    }
    const undo = press(trans.__('Undo'), () => {
      edited.undo();
      keep(text);
      close();
    });
    const amend = press(trans.__('Amend from these'), () => {
      close();
      options.amend(edited);
    });
    say(trans._n('%1 correction saved.', '%1 corrections saved.', length), amend, undo, done);
    amend.focus();
  };
  const reset = press(trans.__('Start over'), () => {
    field.value = source;
    keep('');
  });
  const buttons = [press(trans.__('Save'), () => void save()), press(trans.__('Cancel'), close), reset];
  field.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      void save();
    }
    event.stopPropagation();
  });
  const line = document.createElement('div');
  line.className = 'jp-reconst-line';
  line.append(...buttons);
  box.append(field, line);
  reply.classList.add('jp-mod-editing');
  reply.prepend(box);
  field.focus();
}
