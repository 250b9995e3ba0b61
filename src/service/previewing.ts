import type {
  Amendment,
  Annotation,
  Article,
  Budget,
  Draft,
  Impact,
  Marked,
  Preview,
  Previews,
  Tried,
  WatchEvent
} from '../contract';
import type { INotebookDocument, IPreviewState, IPreviewing } from '../tokens';
import { IContext, complain, opened, problemOf, tell } from './context';
import { Estimating } from './estimating';
import {
  FRESH,
  Wish,
  asideKey,
  left,
  merged,
  next,
  told,
  waits,
  withPrompt,
  withTurn,
  withoutProbe,
  worded
} from './previews';
import { Wordings, aboutOf } from './wordings';

/** Step 5: try a wording on probes, and mark what it changed. */
export class Previewing implements IPreviewing {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
    this.#wordings = new Wordings(context.drafts);
    this.#estimating = new Estimating(context);
  }

  /** `prompts` are tried beside what is chosen: a proposer's, or those that votes came with. */
  async start(
    amendment: Amendment,
    annotations: readonly Annotation[],
    prompts: readonly string[] = []
  ): Promise<void> {
    const draft = worded(amendment, this.#articles);
    if (!opened(this.#context) || !draft) {
      return;
    }
    const before = this.#state;
    const again = before?.amendment.id === amendment.id ? before : null;
    this.#context.drafts.set(asideKey(amendment), '');
    this.#wordings.keep(aboutOf(annotations, amendment), amendment);
    this.#context.store.update({
      preview: {
        ...FRESH,
        amendment,
        annotations,
        draft,
        prompts: prompts.length > 0 ? prompts : (again?.prompts ?? []),
        turns: again?.turns ?? [],
        without: again?.without ?? [],
        budget: this.#estimating.budget,
        wording: again ? next(again, draft) : 1
      }
    });
    await this.#run(before);
  }

  /** What is being written beside the preview; kept at once, and tried when the person says so. */
  edit = (draft: Draft): void => {
    const state = this.#state;
    if (state) {
      this.#wordings.keep(aboutOf(state.annotations, state.amendment), { ...state.amendment, draft });
      this.#update({ draft });
    }
  };

  /** Another wording of the same amendment; what does not change comes from the cache. */
  reword = async (draft: Draft): Promise<void> => {
    const before = this.#state;
    if (before) {
      const amendment = before.amendment.draft ? { ...before.amendment, draft } : before.amendment;
      this.#wordings.keep(aboutOf(before.annotations, amendment), amendment);
      this.#update({ amendment, draft, harder: false, wording: next(before, draft) });
      await this.#run(before);
    }
  };

  addPrompt = (prompt: string): Promise<void> => this.#wish(state => withPrompt(state, prompt));
  addTurn = (turn: string): Promise<void> => this.#wish(state => withTurn(state, turn));
  drop = (probe: string): Promise<void> => this.#wish(state => withoutProbe(state, probe));
  bringBack = (): Promise<void> => this.#wish(() => ({ without: [] }));
  harder = (): Promise<void> => this.#wish(() => ({ harder: true }));
  repeat = (probes: readonly string[]): Promise<void> => this.#more('repeat', { probes });
  judge = (): Promise<void> => this.#more('judge');

  /** Other probes, or a harder look: another run; nothing that was recorded is paid for again. */
  async #wish(changes: (state: IPreviewState) => Partial<Wish> | null): Promise<void> {
    const before = this.#state;
    const wish = before && changes(before);
    if (before && wish) {
      this.#update(wish);
      await this.#run(before);
    }
  }

  /** What one preview in this notebook may take at most, from the next run on. */
  allow = (budget: Budget | null): void => {
    this.#estimating.budget = budget;
    this.#update({ budget });
  };

  /** Do more with the rows of a preview that has ended; they change where they stand. */
  async #more(verb: 'repeat' | 'judge', wish: object = {}): Promise<void> {
    const { client, store } = this.#context;
    const [state, run] = [this.#state, this.#latest];
    if (!state?.preview) {
      return;
    }
    this.#update({ busy: true, problem: null, waiting: null });
    try {
      const { id } = state.preview;
      const preview = await client.call<Preview>(verb, { preview: id, ...wish, budget: state.budget });
      if (this.#latest === run) {
        this.#update({ preview });
        await this.#watch(id);
      }
    } catch (error) {
      if (this.#latest === run) {
        this.#update({ busy: false });
      }
      complain(store, error);
    }
  }

  /** Go on with one that was interrupted; nothing that was recorded is paid for again. */
  goOn = async (): Promise<void> => {
    const preview = this.#state?.preview;
    if (preview?.status === 'interrupted') {
      await this.#run(null, preview.id);
    }
  };

  stop = async (): Promise<void> => {
    const { client, store } = this.#context;
    const preview = this.#state?.preview;
    try {
      if (preview) {
        await client.call('stop', { id: preview.id });
        if (preview.status === 'interrupted') {
          await this.#watch(preview.id);
        }
      }
    } catch (error) {
      complain(store, error);
    }
  };

  /** Let go of the preview: it does not come back by itself. */
  setAside = async (): Promise<void> => {
    const { client, drafts, notebooks, store, trans } = this.#context;
    const [state, document] = [this.#state, notebooks.current];
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
  };

  mark = async (probe: string, mark: Impact['mark'], note = ''): Promise<void> => {
    const { client, store, trans } = this.#context;
    const preview = this.#state?.preview;
    if (!preview) {
      return;
    }
    try {
      const { row, evidence } = await client.call<Marked>('mark', { preview: preview.id, probe, mark, note });
      const now = this.#state?.preview;
      if (now?.id === preview.id) {
        this.#update({ preview: { ...now, evidence }, rows: merged(this.#state?.rows ?? [], [row]) });
      }
      store.update({ announcement: mark ? trans.__('Marked') : trans.__('Mark taken back') });
    } catch (error) {
      complain(store, error);
    }
  };

  /** The run as a page to keep, under this name and with the wording that it tried. */
  print = async (name: string): Promise<string | null> => {
    const { client, store } = this.#context;
    const state = this.#state;
    try {
      return await client.text('print', {
        preview: state?.preview?.id,
        name,
        draft: state?.amendment.draft ?? state?.draft
      });
    } catch (error) {
      return complain(store, error);
    }
  };

  /** The corrected turn was asked again: once what was ratified is law, that was the last step. */
  asked(annotation: Annotation): void {
    if (this.#state?.ratified && this.#state.annotations.some(a => a.id === annotation.id)) {
      this.#update({ asked: true });
    }
  }

  /** Show the newest preview of the notebook that is not law, where it was left. Looking at it pays for nothing. */
  async resume(): Promise<void> {
    if (!this.#state) {
      await this.#show(previews => previews.find(tried => this.#waits(tried)));
    }
  }

  /** Show a preview of before in the place of what is on screen. */
  open = async (tried: Tried): Promise<void> => {
    this.leave();
    this.#context.drafts.set(asideKey(tried.preview.amendment), '');
    this.#context.store.update({ preview: null });
    await this.#show(() => tried);
  };

  async #show(choose: (previews: readonly Tried[]) => Tried | undefined): Promise<void> {
    const { client, store, notebooks, trans } = this.#context;
    const document = notebooks.current;
    if (!document) {
      return;
    }
    try {
      const { previews } = await client.call<Previews>('previews', { path: document.path });
      const found = notebooks.current === document && !this.#state ? choose(previews) : undefined;
      if (!found) {
        return;
      }
      const { preview, annotations } = found;
      const { amendment } = preview;
      const draft = worded(amendment, this.#articles);
      if (!draft) {
        return tell(store, trans.__('The article that it was about is gone.'));
      }
      const { last } = this.#wordings.of(aboutOf(annotations, amendment));
      const edited = amendment.draft && last?.id === amendment.id ? last.draft : null;
      store.update({ preview: { ...left(found, previews, edited ?? draft), budget: this.#estimating.budget } });
      this.#latest = { id: preview.id, document };
      await this.#watch(preview.id);
    } catch (error) {
      complain(store, error);
    }
  }

  /** Stop following; the run goes on in the server. */
  leave(): void {
    this.#abort.abort();
    this.#latest = null;
  }

  /** Whether a preview still waits for a decision that can be made. */
  #waits(tried: Tried): boolean {
    return waits(tried, this.#articles, Date.now()) && !this.#context.drafts.get(asideKey(tried.preview.amendment));
  }

  /** Run what the state says, in the place of the run before it; or with an id, go on with that one. */
  async #run(before: IPreviewState | null, id?: string): Promise<void> {
    const { client, store, notebooks } = this.#context;
    const [document, state] = [notebooks.current, this.#state];
    if (!state || !document) {
      return;
    }
    this.#abort.abort();
    const run = (this.#latest = { id: id ?? this.#context.id(), document });
    this.#update({ busy: true, problem: null, waiting: null, ...(id ? {} : { rows: [], preview: null }) });
    const { amendment, annotations, prompts, turns, without, harder, budget } = state;
    try {
      if (before?.preview?.status === 'running') {
        await client.call('stop', { id: before.preview.id });
      }
      await this.#context.sync(document);
      if (this.#latest !== run) {
        return;
      }
      const wish = { prompts, turns, without, harder, budget };
      const request = { id: run.id, path: document.path, amendment, annotations, ...wish };
      const preview = await client.call<Preview>('preview', request);
      if (this.#latest === run) {
        this.#update({ preview });
        await this.#watch(preview.id);
      } else if (this.#latest?.document === document) {
        // Another run has taken its place: nobody looks at this one, so nothing more is paid for it.
        await client.call('stop', { id: run.id });
      }
    } catch (error) {
      if (this.#latest === run) {
        this.#update({ busy: false, problem: problemOf(error) });
      } else {
        complain(store, error);
      }
    }
  }

  async #watch(preview: string): Promise<void> {
    const abort = (this.#abort = new AbortController());
    try {
      for await (const event of this.#context.client.stream<WatchEvent>('watch', { preview }, abort.signal)) {
        if (abort.signal.aborted) {
          return;
        }
        this.#update(told(this.#state?.rows ?? [], event));
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this.#update({ problem: problemOf(error) });
      }
    }
    if (!abort.signal.aborted) {
      this.#update({ busy: false, waiting: null });
      this.#context.recorded();
    }
  }

  get #articles(): readonly Article[] {
    return this.#context.store.value.inForce?.constitution.articles ?? [];
  }

  get #state(): IPreviewState | null {
    return this.#context.store.value.preview;
  }

  #update(patch: Partial<IPreviewState>): void {
    if (this.#state) {
      this.#context.store.update({ preview: { ...this.#state, ...patch } });
    }
  }

  readonly #wordings: Wordings;
  readonly #estimating: Estimating;
  #abort = new AbortController();
  /** The run that the state is about: what comes back to another one is late. */
  #latest: { readonly id: string; readonly document: INotebookDocument } | null = null;
}
