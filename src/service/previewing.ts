import type {
  Amendment,
  Annotation,
  Budget,
  Draft,
  Impact,
  Marked,
  Preview,
  Previews,
  Tried,
  WatchEvent
} from '../contract';
import type { INotebookDocument, IPreviewState } from '../tokens';
import { IContext, complain, opened, problemOf, tell } from './context';
import { Estimating } from './estimating';
import { FRESH, Wish, asideKey, merged, next, spelled, waits } from './previews';
import { Wordings, aboutOf, draftOf } from './wordings';

/** Step 5: try a wording on probes, and mark what it changed. */
export class Previewing {
  constructor(private readonly _context: IContext) {
    this._wordings = new Wordings(_context.drafts);
    this._estimating = new Estimating(_context);
  }

  async start(amendment: Amendment, annotations: readonly Annotation[]): Promise<void> {
    const draft = this._draftOf(amendment);
    if (!opened(this._context) || !draft) {
      return;
    }
    const before = this._state;
    const again = before?.amendment.id === amendment.id ? before : null;
    this._context.drafts.set(asideKey(amendment), '');
    this._wordings.keep(aboutOf(annotations, amendment), amendment);
    this._context.store.update({
      preview: {
        ...FRESH,
        amendment,
        annotations,
        draft,
        prompts: again?.prompts ?? [],
        turns: again?.turns ?? [],
        without: again?.without ?? [],
        budget: this._estimating.budget,
        wording: again ? next(again, draft) : 1
      }
    });
    await this._run(before);
  }

  /** What is being written beside the preview; kept at once, and tried when the person says so. */
  edit(draft: Draft): void {
    const state = this._state;
    if (state) {
      this._wordings.keep(aboutOf(state.annotations, state.amendment), { ...state.amendment, draft });
      this._update({ draft });
    }
  }

  /** Another wording of the same amendment; what does not change comes from the cache. */
  async reword(draft: Draft): Promise<void> {
    const before = this._state;
    if (before) {
      const amendment = before.amendment.draft ? { ...before.amendment, draft } : before.amendment;
      this._wordings.keep(aboutOf(before.annotations, amendment), amendment);
      this._update({ amendment, draft, harder: false, wording: next(before, draft) });
      await this._run(before);
    }
  }

  /** Other probes, or a harder look: another run; nothing that was recorded is paid for again. */
  async wish(changes: (state: IPreviewState) => Partial<Wish> | null): Promise<void> {
    const before = this._state;
    const wish = before && changes(before);
    if (before && wish) {
      this._update(wish);
      await this._run(before);
    }
  }

  /** What one preview in this notebook may take at most, from the next run on. */
  allow(budget: Budget | null): void {
    this._estimating.budget = budget;
    this._update({ budget });
  }

  /** Decide these rows by asking them again, or all that are likely; they change where they stand. */
  async repeat(probes: readonly string[]): Promise<void> {
    const { client, store } = this._context;
    const [state, run] = [this._state, this._latest];
    if (!state?.preview) {
      return;
    }
    this._update({ busy: true, problem: null, waiting: null });
    try {
      const { id } = state.preview;
      const preview = await client.call<Preview>('repeat', { preview: id, probes, budget: state.budget });
      if (this._latest === run) {
        this._update({ preview });
        await this._watch(id);
      }
    } catch (error) {
      if (this._latest === run) {
        this._update({ busy: false });
      }
      complain(store, error);
    }
  }

  /** Go on with one that was interrupted; nothing that was recorded is paid for again. */
  async goOn(): Promise<void> {
    const preview = this._state?.preview;
    if (preview?.status === 'interrupted') {
      await this._run(null, preview.id);
    }
  }

  async stop(): Promise<void> {
    const { client, store } = this._context;
    const preview = this._state?.preview;
    try {
      if (preview) {
        await client.call('stop', { id: preview.id });
        if (preview.status === 'interrupted') {
          await this._watch(preview.id);
        }
      }
    } catch (error) {
      complain(store, error);
    }
  }

  /** Let go of the preview: it does not come back by itself. */
  async setAside(): Promise<void> {
    const { client, drafts, notebooks, store, trans } = this._context;
    const [state, document] = [this._state, notebooks.current];
    if (!state) {
      return;
    }
    const key = asideKey(state.amendment);
    this.leave();
    drafts.set(key, 'aside');
    store.update({ preview: null });
    const undo = (): void => {
      drafts.set(key, '');
      if (notebooks.current === document) {
        void this.resume();
      }
    };
    tell(store, trans.__('Set aside.'), { label: trans.__('Undo'), run: undo });
    try {
      if (state.preview?.status === 'running') {
        await client.call('stop', { id: state.preview.id });
      }
    } catch (error) {
      complain(store, error);
    }
  }

  async mark(probe: string, mark: Impact['mark'], note = ''): Promise<void> {
    const { client, store, trans } = this._context;
    const preview = this._state?.preview;
    if (!preview) {
      return;
    }
    try {
      const { row, evidence } = await client.call<Marked>('mark', { preview: preview.id, probe, mark, note });
      const now = this._state?.preview;
      if (now?.id === preview.id) {
        this._update({ preview: { ...now, evidence }, ...this._rows([row]) });
      }
      store.update({ announcement: mark ? trans.__('Marked') : trans.__('Mark taken back') });
    } catch (error) {
      complain(store, error);
    }
  }

  /** The corrected turn was asked again: once what was ratified is law, that was the last step. */
  asked(annotation: Annotation): void {
    if (this._state?.ratified && this._state.annotations.some(a => a.id === annotation.id)) {
      this._update({ asked: true });
    }
  }

  /** Show the newest preview of the notebook that is not law, where it was left. Looking at it pays for nothing. */
  async resume(): Promise<void> {
    if (!this._state) {
      await this._show(previews => previews.find(tried => this._waits(tried)));
    }
  }

  /** Show a preview of before in the place of what is on screen. */
  async open(tried: Tried): Promise<void> {
    this.leave();
    this._context.drafts.set(asideKey(tried.preview.amendment), '');
    this._context.store.update({ preview: null });
    await this._show(() => tried);
  }

  private async _show(choose: (previews: readonly Tried[]) => Tried | undefined): Promise<void> {
    const { client, store, notebooks, trans } = this._context;
    const document = notebooks.current;
    if (!document) {
      return;
    }
    try {
      const { previews } = await client.call<Previews>('previews', { path: document.path });
      const found = notebooks.current === document && !this._state ? choose(previews) : undefined;
      if (!found) {
        return;
      }
      const { preview, annotations, prompts, turns, without } = found;
      const { amendment } = preview;
      const draft = this._draftOf(amendment);
      if (!draft) {
        return tell(store, trans.__('The article that it was about is gone.'));
      }
      const { last } = this._wordings.of(aboutOf(annotations, amendment));
      const edited = amendment.draft && last?.id === amendment.id ? last.draft : null;
      const runs = previews.map(t => t.preview.amendment).filter(a => a.id === amendment.id);
      const wording = new Set(runs.map(a => a.draft && spelled(a.draft))).size || 1;
      store.update({
        preview: {
          ...FRESH,
          amendment,
          annotations,
          prompts,
          turns,
          without,
          harder: preview.harder,
          budget: this._estimating.budget,
          preview,
          draft: edited ?? draft,
          wording
        }
      });
      this._latest = { id: preview.id, document };
      await this._watch(preview.id);
    } catch (error) {
      complain(store, error);
    }
  }

  /** Stop following; the run goes on in the server. */
  leave(): void {
    this._abort.abort();
    this._latest = null;
  }

  /** Whether a preview still waits for a decision that can be made. */
  private _waits(tried: Tried): boolean {
    const articles = this._context.store.value.inForce?.constitution.articles ?? [];
    return waits(tried, articles, Date.now()) && !this._context.drafts.get(asideKey(tried.preview.amendment));
  }

  /** Run what the state says, in the place of the run before it; or with an id, go on with that one. */
  private async _run(before: IPreviewState | null, id?: string): Promise<void> {
    const { client, store, notebooks } = this._context;
    const [document, state] = [notebooks.current, this._state];
    if (!state || !document) {
      return;
    }
    this._abort.abort();
    const run: IRun = (this._latest = { id: id ?? this._context.id(), document });
    this._update({ busy: true, problem: null, waiting: null, ...(id ? {} : { rows: [], preview: null }) });
    const { amendment, annotations, prompts, turns, without, harder, budget } = state;
    try {
      if (before?.preview?.status === 'running') {
        await client.call('stop', { id: before.preview.id });
      }
      await this._context.sync(document);
      if (this._latest !== run) {
        return;
      }
      const wish = { prompts, turns, without, harder, budget };
      const request = { id: run.id, path: document.path, amendment, annotations, ...wish };
      const preview = await client.call<Preview>('preview', request);
      if (this._latest === run) {
        this._update({ preview });
        await this._watch(preview.id);
      } else if (this._latest?.document === document) {
        // Another run has taken its place: nobody looks at this one, so nothing more is paid for it.
        await client.call('stop', { id: run.id });
      }
    } catch (error) {
      if (this._latest === run) {
        this._update({ busy: false, problem: problemOf(error) });
      } else {
        complain(store, error);
      }
    }
  }

  private async _watch(preview: string): Promise<void> {
    const abort = (this._abort = new AbortController());
    try {
      for await (const event of this._context.client.stream<WatchEvent>('watch', { preview }, abort.signal)) {
        if (abort.signal.aborted) {
          return;
        }
        this._take(event);
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this._update({ problem: problemOf(error) });
      }
    }
    if (!abort.signal.aborted) {
      this._update({ busy: false, waiting: null });
    }
  }

  private _take(event: WatchEvent): void {
    switch (event.type) {
      case 'row':
        this._update({ waiting: null, ...this._rows([event.row]) });
        break;
      case 'progress':
        this._update({ preview: event.preview, waiting: null, ...this._rows(event.preview.rows) });
        break;
      case 'waiting':
        this._update({ waiting: { seconds: event.seconds, still: event.still } });
        break;
      case 'failed':
        this._update({ problem: event.problem });
    }
  }

  private _rows(more: readonly Impact[]): Partial<IPreviewState> {
    return more.length > 0 ? { rows: merged(this._state?.rows ?? [], more) } : {};
  }

  /** The wording that an amendment is about; null where its article is gone. */
  private _draftOf({ draft, article }: Amendment): Draft | null {
    const found = this._context.store.value.inForce?.constitution.articles.find(a => a.id === article);
    return draft ?? (found ? draftOf(found) : null);
  }

  private get _state(): IPreviewState | null {
    return this._context.store.value.preview;
  }

  private _update(patch: Partial<IPreviewState>): void {
    if (this._state) {
      this._context.store.update({ preview: { ...this._state, ...patch } });
    }
  }

  private readonly _wordings: Wordings;
  private readonly _estimating: Estimating;
  private _abort = new AbortController();
  /** The run that the state is about: what comes back to another one is late. */
  private _latest: IRun | null = null;
}

interface IRun {
  readonly id: string;
  readonly document: INotebookDocument;
}
