import type { Amendment, Article, Change, Draft, InForce } from '../contract';
import { IContext, complain, opened, problemOf, tell } from './context';
import { Enacting, last, repealing, revising } from './enacting';
import { resorted } from './order';
import { Wordings, aboutOf, draftOf } from './wordings';

/** Step 6, and every other change of the law. */
export class Ratifying {
  readonly #context: IContext;

  constructor(context: IContext, propose: (amendment: Amendment) => void) {
    this.#context = context;
    this.#enacting = new Enacting(context, propose);
    this.#wordings = new Wordings(context.drafts);
  }

  /** Ratify what the preview shows; true once the server has confirmed that it is in force. */
  async ratify(note: string): Promise<boolean> {
    const { notebooks, store, trans } = this.#context;
    const [document, state] = [notebooks.current, store.value.preview];
    if (!document || !state || state.ratified || state.unconfirmed || this.#ratified) {
      return false;
    }
    const { amendment, annotations } = state;
    this.#ratified = true;
    this.#enacting.show(document, amendment, { busy: true, problem: null });
    try {
      const said = trans.__('“%1” applies from the next answer.', state.draft.title);
      const grounds = { annotations, preview: state.preview?.id ?? null, note };
      const enacted = await this.#enacting.sign(document, [amendment], said, grounds);
      this.#wordings.forget(aboutOf(annotations, amendment));
      const confirmed = await this.#enacting.confirm(enacted);
      if (this.#enacting.show(document, amendment, { busy: false })) {
        store.update({ card: null });
        document.activate(null);
      }
      return confirmed;
    } catch (error) {
      if (!this.#enacting.show(document, amendment, { busy: false, problem: problemOf(error) })) {
        complain(store, error);
      }
      return false;
    } finally {
      this.#ratified = false;
    }
  }

  /** Ratify what others have agreed to. */
  async carry(amendment: Amendment): Promise<void> {
    const title = amendment.draft?.title ?? this.#article(amendment.article ?? '')?.title ?? '';
    await this.#enact(amendment, this.#context.trans.__('“%1” is ratified.', title));
  }

  /** Ask once more whether what was ratified is in force. */
  confirm(): Promise<void> {
    return this.#enacting.again();
  }

  async toggle(article: string): Promise<void> {
    const { trans } = this.#context;
    const found = this.#article(article);
    if (found) {
      const draft = { ...draftOf(found), enabled: !found.enabled };
      await this.#enact(
        revising(found, draft),
        draft.enabled ? trans.__('“%1” is on.', found.title) : trans.__('“%1” is off.', found.title)
      );
    }
  }

  /** Put an article before another one, or last. Where no sort key fits between, others get a new one too. */
  async move(article: string, before: string | null): Promise<void> {
    const { notebooks, trans } = this.#context;
    const [document, found] = [notebooks.current, this.#article(article)];
    const { scopes = {} } = this.#context.store.value.inForce?.constitution ?? {};
    const others = this.#articles.filter(a => a.id !== article && !scopes[a.id]);
    const at = before === null ? others.length : others.findIndex(a => a.id === before);
    if (document && found && at >= 0) {
      const wanted = [...others.slice(0, at), found, ...others.slice(at)];
      const keys = resorted(
        wanted.map(a => a.order),
        at
      );
      const moves = [...keys].map(([place, order]) => ({ ...revising(wanted[place], draftOf(wanted[place])), order }));
      await this.#enacting.enact(document, moves.reverse(), trans.__('“%1” was moved.', found.title));
    }
  }

  async revise(article: string, draft: Draft): Promise<void> {
    const found = this.#article(article);
    if (found) {
      await this.#enact(revising(found, draft), this.#context.trans.__('“%1” was revised.', draft.title));
    }
  }

  /** Copy an article of a farther scope into the notebook, where it can be changed. */
  async copyDown(article: string): Promise<void> {
    const found = this.#article(article);
    if (found) {
      const amendment = { ...revising(found, draftOf(found)), action: 'add' as const, base: null };
      await this.#enact(amendment, this.#context.trans.__('“%1” is in this notebook now.', found.title));
    }
  }

  async repeal(article: string): Promise<void> {
    const found = this.#article(article);
    if (found) {
      await this.#enact(repealing(found), this.#context.trans.__('“%1” was repealed.', found.title));
    }
  }

  /** Bring back an earlier version: the notebook's, or, where the notebook no longer holds it, the journal's. */
  async restore(article: string, revision: string): Promise<void> {
    const { notebooks, store, trans } = this.#context;
    const document = notebooks.current;
    const earlier =
      document &&
      (this.#enacting.held(document, article).find(a => a.revision === revision) ?? this.#recorded(revision));
    if (!document || !earlier) {
      const message = trans.__('That version can no longer be found.');
      const remedy = trans.__('Neither the notebook nor your history holds it.');
      complain(store, { problem: { code: 'not_found', message, remedy } });
      return;
    }
    const newest = this.#enacting.newest(document, article);
    const wanted = earlier.repealed
      ? newest && repealing(newest)
      : newest
        ? revising(newest, draftOf(earlier))
        : { ...revising(earlier, draftOf(earlier)), action: 'add' as const, base: null, order: earlier.order };
    if (wanted) {
      await this.#enact(wanted, trans.__('“%1” reads as it did before.', earlier.title));
    }
  }

  async accept(digest: string, articles: readonly string[], preamble = false): Promise<boolean> {
    const { client, notebooks, store, trans } = this.#context;
    const document = opened(this.#context);
    if (!document) {
      return false;
    }
    try {
      const inForce = await client.call<InForce>('accept', { path: document.path, digest, articles, preamble });
      if (notebooks.current === document) {
        store.update({ inForce });
      }
      this.#context.recorded();
      tell(store, trans._n('%1 article is in use.', '%1 articles are in use.', articles.length));
      return true;
    } catch (error) {
      complain(store, error);
      return false;
    }
  }

  /** Write a change that was ratified before and is not in the notebook: the page was left, or the file was changed. */
  async complete(change: string): Promise<void> {
    const { store, trans } = this.#context;
    const document = opened(this.#context);
    const found = store.value.inForce?.pending.find(p => p.id === change);
    if (document && found) {
      document.write(found.writes, found.removes);
      await this.#context.sync(document);
      tell(store, trans.__('It is in the notebook now. Save it to keep it so.'));
    }
  }

  /** Change one article of the open notebook. */
  async #enact(amendment: Amendment, said: string): Promise<Change | null> {
    const document = opened(this.#context);
    const enacted = document && (await this.#enacting.enact(document, [amendment], said));
    return enacted ? last(enacted).change : null;
  }

  get #articles(): readonly Article[] {
    return this.#context.store.value.inForce?.constitution.articles ?? [];
  }

  #article(id: string): Article | null {
    return this.#articles.find(a => a.id === id) ?? null;
  }

  /** A revision as the history tells it. */
  #recorded(revision: string): Article | null {
    const events = this.#context.store.value.history?.events ?? [];
    const articles = events.map(event => (event.body.change as Change | undefined)?.article);
    return articles.find(article => article?.revision === revision) ?? null;
  }

  readonly #enacting: Enacting;
  readonly #wordings: Wordings;
  /** Pressed, and not answered yet. */
  #ratified = false;
}
