import type { Amendment, Annotation, Article, Change, Draft, InForce } from '../contract';
import { draftKey } from './amending';
import { IContext, complain, opened, problemOf, tell } from './context';
import { between } from './order';
import { draftOf } from './previewing';

/** Step 6, and every other change of the law. The server signs; the open document is written; the server confirms. */
export class Ratifying {
  constructor(private readonly _context: IContext) {}

  /** Ratify what the preview shows. */
  async ratify(note: string): Promise<boolean> {
    const { store } = this._context;
    const state = store.value.preview;
    if (!state || state.ratified || this._ratified) {
      return false;
    }
    this._ratified = true;
    store.update({ preview: { ...state, busy: true, problem: null } });
    try {
      const change = await this._enact(
        state.amendment,
        this._context.trans.__('“%1” applies from the next answer.', state.draft.title),
        {
          annotations: state.annotations,
          preview: state.preview?.id ?? null,
          note
        }
      );
      const now = store.value.preview ?? state;
      if (change) {
        this._context.drafts.set(draftKey(state.annotations[0]), '');
      }
      store.update({ preview: { ...now, busy: false, ratified: change?.article?.id ?? null }, card: null });
      this._context.notebooks.current?.activate(null);
      return change !== null;
    } catch (error) {
      const now = store.value.preview ?? state;
      store.update({ preview: { ...now, busy: false, problem: problemOf(error) } });
      return false;
    } finally {
      this._ratified = false;
    }
  }

  async toggle(article: string): Promise<void> {
    const { trans } = this._context;
    const found = this._article(article);
    if (found) {
      const draft = { ...draftOf(found), enabled: !found.enabled };
      await this._try(
        revising(found, draft),
        draft.enabled ? trans.__('“%1” is on.', found.title) : trans.__('“%1” is off.', found.title)
      );
    }
  }

  /** Put an article before another one, or last. */
  async move(article: string, before: string | null): Promise<void> {
    const found = this._article(article);
    const others = this._articles.filter(a => a.id !== article);
    const at = before === null ? others.length : others.findIndex(a => a.id === before);
    if (found && at >= 0) {
      const order = between(others[at - 1]?.order ?? '', others[at]?.order ?? '');
      await this._try(
        { ...revising(found, draftOf(found)), order },
        this._context.trans.__('“%1” was moved.', found.title)
      );
    }
  }

  async revise(article: string, draft: Draft): Promise<void> {
    const found = this._article(article);
    if (found) {
      await this._try(revising(found, draft), this._context.trans.__('“%1” was revised.', draft.title));
    }
  }

  async repeal(article: string): Promise<void> {
    const found = this._article(article);
    if (found) {
      await this._try(
        { ...revising(found, null), action: 'repeal' },
        this._context.trans.__('“%1” was repealed.', found.title)
      );
    }
  }

  async restore(article: string, revision: string): Promise<void> {
    const earlier = this._revision(article, revision);
    const newest = this._newest(article);
    if (earlier && newest) {
      await this._try(
        earlier.repealed ? { ...revising(newest, null), action: 'repeal' } : revising(newest, draftOf(earlier)),
        this._context.trans.__('“%1” reads as it did before.', earlier.title)
      );
    }
  }

  async accept(digest: string, articles: readonly string[], preamble = false): Promise<boolean> {
    const { client, store, trans } = this._context;
    const document = opened(this._context);
    if (!document) {
      return false;
    }
    try {
      const inForce = await client.call<InForce>('accept', { path: document.path, digest, articles, preamble });
      store.update({ inForce });
      this._context.recorded();
      tell(store, trans._n('%1 article is in use.', '%1 articles are in use.', articles.length));
      return true;
    } catch (error) {
      complain(store, error);
      return false;
    }
  }

  /** Write a change that was ratified before and is not in the notebook: the page was left, or the file was changed. */
  async complete(change: string): Promise<void> {
    const { store, trans } = this._context;
    const document = opened(this._context);
    const found = store.value.inForce?.pending.find(p => p.id === change);
    if (document && found) {
      document.write(found.writes, found.removes);
      await this._context.sync();
      tell(store, trans.__('It is in the notebook now. Save it to keep it so.'));
    }
  }

  private async _try(amendment: Amendment, said: string): Promise<void> {
    try {
      await this._enact({ ...amendment, id: this._context.id() }, said);
    } catch (error) {
      complain(this._context.store, error);
    }
  }

  private async _enact(
    amendment: Amendment,
    said: string,
    more: { annotations?: readonly Annotation[]; preview?: string | null; note?: string } = {}
  ): Promise<Change | null> {
    const { client, store, trans } = this._context;
    const document = opened(this._context);
    if (!document) {
      return null;
    }
    const before = amendment.article ? this._newest(amendment.article) : null;
    await this._context.sync();
    // An answer may be lost on its way: pressed again, the same change is asked for by the same id.
    const spelled = JSON.stringify([document.path, amendment, more.preview, more.note]);
    const id = this._unanswered.get(spelled) ?? this._context.id();
    this._unanswered.set(spelled, id);
    const request = { id, path: document.path, amendment, ...more };
    const change = await client.call<Change>('ratify', request);
    this._unanswered.delete(spelled);
    document.write(change.writes, change.removes);
    const inForce = await this._context.sync();
    this._context.recorded();
    if (inForce && inForce.digest !== change.digest) {
      const text = trans.__('The change is kept, but not yet in force in this notebook.');
      store.update({
        notice: { kind: 'problem', text, remedy: trans.__('Review what the notebook carries.'), action: null }
      });
      return change;
    }
    tell(store, said, { label: trans.__('Undo'), run: () => void this._undo(amendment, change, before) });
    return change;
  }

  /** An undo is a new revision, never a deletion. */
  private async _undo(amendment: Amendment, change: Change, before: Article | null): Promise<void> {
    const now = change.article;
    if (!now) {
      return;
    }
    if (amendment.action === 'add') {
      await this._try(
        { ...revising(now, null), action: 'repeal' },
        this._context.trans.__('“%1” was taken back.', now.title)
      );
    } else if (before) {
      await this._try(
        { ...revising(now, draftOf(before)), order: before.order },
        this._context.trans.__('“%1” reads as it did.', before.title)
      );
    }
  }

  /** Pressed, and not answered yet. */
  private _ratified = false;
  /** The ids of ratifications that no answer has come to. */
  private readonly _unanswered = new Map<string, string>();

  private get _articles(): readonly Article[] {
    return this._context.store.value.inForce?.constitution.articles ?? [];
  }

  private _article(id: string): Article | null {
    return this._articles.find(a => a.id === id) ?? null;
  }

  private _revision(article: string, revision: string): Article | null {
    const key = `reconst:article:${article}:${revision}`;
    return (this._context.notebooks.current?.metadata[key] as Article | undefined) ?? null;
  }

  /** The newest revision of an article that the notebook holds, a repeal included. */
  private _newest(article: string): Article | null {
    const prefix = `reconst:article:${article}:`;
    const metadata = this._context.notebooks.current?.metadata ?? {};
    const keys = Object.keys(metadata).filter(key => key.startsWith(prefix));
    return this._article(article) ?? (metadata[keys.sort().pop() ?? ''] as Article | undefined) ?? null;
  }
}

function revising(article: Article, draft: Draft | null): Amendment {
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
