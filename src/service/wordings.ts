import type { Amendment, Annotation, Draft } from '../contract';
import type { IDrafts } from './context';

/** What was worded last, and, beside a candidate that was reworded, the words of one's own. */
export interface IWording {
  readonly last: Amendment | null;
  readonly own: Amendment | null;
}

const NONE: IWording = { last: null, own: null };

/** The wording of a rule, and that of a fact, on its way to be law, kept whole with the correction it comes from. */
export class Wordings {
  readonly #drafts: IDrafts;

  constructor(drafts: IDrafts) {
    this.#drafts = drafts;
  }

  of(about: string, fact = false): IWording {
    try {
      const { last, own } = JSON.parse(this.#drafts.get(key(about, fact))) as Partial<IWording>;
      return { last: last?.action ? last : null, own: own?.draft ? own : null };
    } catch {
      return NONE;
    }
  }

  keep(about: string, amendment: Amendment): void {
    const fact = amendment.draft?.kind === 'knowledge';
    const own = amendment.source.by === 'person' ? amendment : this.of(about, fact).own;
    this.#drafts.set(key(about, fact), JSON.stringify({ last: amendment, own }));
  }

  forget(about: string): void {
    [false, true].forEach(fact => this.#drafts.set(key(about, fact), ''));
  }
}

/** What a wording is about: the first of its corrections, or, where there is none, the amendment itself. */
export function aboutOf(annotations: readonly Annotation[], amendment: Amendment): string {
  return annotations[0]?.id ?? amendment.id;
}

/** The wording of an article alone. */
export function draftOf({ title, when, then, why, source, kind, always, enabled }: Draft): Draft {
  return { title, when, then, why, source, kind, always, enabled };
}

function key(about: string, fact: boolean): string {
  return JSON.stringify([fact ? 'fact' : 'amend', about]);
}
