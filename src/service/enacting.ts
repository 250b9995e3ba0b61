import type { Amendment, Annotation, Article, Change, Draft, InForce } from '../contract';
import type { INotebookDocument, IPreviewState } from '../tokens';
import { IContext, complain, problemOf, tell } from './context';
import { draftOf } from './wordings';

/** What was asked for, what the server made of it, and how the notebook's own article was before. */
interface IDeed {
  readonly amendment: Amendment;
  readonly change: Change;
  readonly before: Article | null;
}

/** Deeds that are written into a notebook, and what is said once they are in force there. The last one is the point. */
export interface IEnacted {
  readonly document: INotebookDocument;
  readonly deeds: readonly IDeed[];
  readonly said: string;
}

/** What a change goes by, beside its wording. */
export interface IGrounds {
  readonly annotations?: readonly Annotation[];
  readonly preview?: string | null;
  readonly note?: string;
}

/**
 * How a change becomes law: the server signs, the document is written, the server confirms. All of it is about the one
 * notebook, whichever is open meanwhile, and the preview of the amendment says how far it has come.
 */
export class Enacting {
  readonly #context: IContext;
  readonly #propose: ((amendment: Amendment) => void) | undefined;

  constructor(context: IContext, propose?: (amendment: Amendment) => void) {
    this.#context = context;
    this.#propose = propose;
    context.store.changed.connect(() => this.#arrived());
  }

  /** Sign, write and confirm; a failure is shown as a notice. What takes votes first can be proposed from there. */
  async enact(document: INotebookDocument, amendments: readonly Amendment[], said: string): Promise<IEnacted | null> {
    try {
      const fresh = amendments.map(amendment => ({ ...amendment, id: this.#context.id() }));
      const enacted = await this.sign(document, fresh, said);
      await this.confirm(enacted);
      return enacted;
    } catch (error) {
      const { store, trans } = this.#context;
      const [amendment] = amendments;
      const propose = this.#propose;
      complain(store, error);
      if (propose && amendments.length === 1 && problemOf(error).code === 'votes_needed' && store.value.notice) {
        const action = { label: trans.__('Propose it'), run: () => propose(amendment) };
        store.update({ notice: { ...store.value.notice, action } });
      }
      return null;
    }
  }

  /** Have changes signed, and write them into the document. */
  async sign(
    document: INotebookDocument,
    amendments: readonly Amendment[],
    said: string,
    grounds: IGrounds = {}
  ): Promise<IEnacted> {
    const deeds: IDeed[] = [];
    for (const amendment of amendments) {
      const { scopes = {} } = this.#context.store.value.inForce?.constitution ?? {};
      const far = scopes[amendment.article ?? ''];
      const before = amendment.article && !far ? this.newest(document, amendment.article) : null;
      await this.#context.sync(document);
      // An answer may be lost on its way: pressed again, the same change is asked for by the same id.
      const spelled = JSON.stringify([document.path, amendment, grounds.preview, grounds.note]);
      const id = this.#unanswered.get(spelled) ?? this.#context.id();
      this.#unanswered.set(spelled, id);
      const request = { id, path: document.path, amendment, ...grounds };
      const change = await this.#context.client.call<Change>('ratify', request);
      this.#unanswered.delete(spelled);
      document.write(change.writes, change.removes);
      deeds.push({ amendment, change, before });
    }
    return { document, deeds, said };
  }

  /** True once the server has confirmed that the change is in force; otherwise the person may ask once more. */
  async confirm(enacted: IEnacted): Promise<boolean> {
    const { store, trans } = this.#context;
    const { document } = enacted;
    const { amendment, change } = last(enacted);
    const again = this.#unconfirmed.delete(enacted);
    const inForce = await this.#context.sync(document);
    this.#context.recorded();
    if (inForce && (inForce.digest === change.digest || (again && holds(inForce, change)))) {
      this.#confirmed(enacted);
      return true;
    }
    this.#unconfirmed.set(enacted, store.value.inForce);
    this.show(document, amendment, { unconfirmed: true });
    const text = inForce
      ? trans.__('The change is kept, but not yet in force in this notebook.')
      : trans.__('The change is kept, but the server has not confirmed it: it is not in force yet.');
    const remedy = inForce ? trans.__('Review what the notebook carries.') : '';
    const action = { label: trans.__('Try again'), run: () => void this.#again(enacted) };
    store.update({ notice: { kind: 'problem', text, remedy, action } });
    return false;
  }

  /** Ask once more about what was not confirmed. Nothing is ratified again. */
  async again(): Promise<void> {
    for (const enacted of [...this.#unconfirmed.keys()]) {
      await this.#again(enacted);
    }
  }

  /** Change the preview of an amendment, if it is still the one on screen. */
  show(document: INotebookDocument, { id }: Amendment, patch: Partial<IPreviewState>): boolean {
    const { notebooks, store } = this.#context;
    const { preview } = store.value;
    if (notebooks.current !== document || preview?.amendment.id !== id) {
      return false;
    }
    store.update({ preview: { ...preview, ...patch } });
    return true;
  }

  /** All revisions of an article that a notebook holds, newest first. */
  held(document: INotebookDocument, article: string): Article[] {
    const keys = Object.keys(document.metadata).filter(key => key.startsWith(`reconst:article:${article}:`));
    const found = keys.sort().map(key => document.metadata[key] as Article);
    return found.reverse();
  }

  /** The revision of an article that a change builds on: the one in force, or the newest one held, a repeal included. */
  newest(document: INotebookDocument, article: string): Article | null {
    const { notebooks, store } = this.#context;
    const law = document === notebooks.current ? (store.value.inForce?.constitution.articles ?? []) : [];
    const held = this.held(document, article);
    const heads = held.filter(a => !held.some(b => b.parents.includes(a.revision)));
    return law.find(a => a.id === article) ?? heads[0] ?? null;
  }

  #confirmed(enacted: IEnacted): void {
    const { store, trans } = this.#context;
    const { document, said } = enacted;
    const { amendment, change } = last(enacted);
    this.#unconfirmed.delete(enacted);
    this.show(document, amendment, { ratified: change.article, unconfirmed: false });
    tell(store, said, { label: trans.__('Undo'), run: () => void this.#undo(enacted) });
  }

  /** What was not confirmed may be in force since: a colleague ratified at the same moment, and now both are there. */
  #arrived(): void {
    const { notebooks, store } = this.#context;
    const { inForce } = store.value;
    for (const [enacted, seen] of this.#unconfirmed) {
      const later = inForce !== seen && enacted.document === notebooks.current;
      if (inForce && later && holds(inForce, last(enacted).change)) {
        this.#confirmed(enacted);
      }
    }
  }

  async #again(enacted: IEnacted): Promise<void> {
    this.#unconfirmed.set(enacted, this.#context.store.value.inForce);
    for (const { change } of enacted.deeds) {
      enacted.document.write(change.writes, change.removes);
    }
    await this.confirm(enacted);
  }

  /** An undo is a new revision, never a deletion. */
  async #undo(enacted: IEnacted): Promise<void> {
    const { store, trans } = this.#context;
    const { document, deeds } = enacted;
    if (document.isDisposed) {
      const message = trans.__('The notebook that this was changed in is closed.');
      const remedy = trans.__('Open it, then look in its history.');
      complain(store, { problem: { code: 'no_notebook', message, remedy } });
      return;
    }
    const { amendment, change, before } = last(enacted);
    const title = change.article?.title ?? '';
    const said =
      amendment.action === 'add'
        ? trans.__('“%1” was taken back.', title)
        : trans.__('“%1” reads as it did.', before?.title ?? title);
    const back = await this.enact(document, [...deeds].reverse().flatMap(undoing), said);
    if (back) {
      // It is a draft again, about what stands there now.
      const base = (before && last(back).change.article?.revision) ?? amendment.base;
      this.show(document, amendment, {
        amendment: { ...amendment, base },
        ratified: null,
        unconfirmed: false,
        asked: false
      });
    }
  }

  /** What the server has not confirmed, and what was in force when it did not. */
  readonly #unconfirmed = new Map<IEnacted, InForce | null>();
  /** The ids of ratifications that no answer has come to. */
  readonly #unanswered = new Map<string, string>();
}

export function last({ deeds }: IEnacted): IDeed {
  return deeds[deeds.length - 1];
}

export function repealing(article: Article): Amendment {
  return { ...revising(article, null), action: 'repeal' };
}

export function revising(article: Article, draft: Draft | null): Amendment {
  return {
    id: article.id,
    action: 'revise',
    article: article.id,
    base: article.revision,
    draft,
    order: null,
    reach: 'kind',
    source: { by: 'person', name: '' },
    annotations: [],
    note: ''
  };
}

/** Whether what a change has made stands, whatever else has changed since. */
function holds(inForce: InForce, { article }: Change): boolean {
  const found = inForce.constitution.articles.find(a => a.id === article?.id);
  return article?.repealed ? !found : found?.revision === article?.revision;
}

/** What takes a change back. */
function undoing({ amendment, change, before }: IDeed): Amendment[] {
  const now = change.article;
  if (!now) {
    return [];
  }
  if (amendment.action === 'add' || !before || before.repealed) {
    return [repealing(now)];
  }
  return [{ ...revising(now, draftOf(before)), order: before.order }];
}
