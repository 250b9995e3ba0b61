import type { Amendment, Annotation, Draft, Impact, Preview, Previews, WatchEvent } from '../contract';
import type { IPreviewState } from '../tokens';
import { draftKey } from './amending';
import { IContext, complain, opened, problemOf } from './context';

/** Step 5: try a wording on probes, and mark what it changed. */
export class Previewing {
  constructor(private readonly _context: IContext) {}

  async start(amendment: Amendment, annotations: readonly Annotation[]): Promise<void> {
    const before = this._state;
    const again = before && before.amendment.id === amendment.id ? before : null;
    const draft = amendment.draft ?? (this._draftOf(amendment.article) as Draft);
    this._context.store.update({
      preview: {
        amendment,
        annotations,
        draft,
        prompts: again?.prompts ?? [],
        preview: null,
        rows: [],
        wording: (again?.wording ?? 0) + 1,
        ratified: null,
        busy: true,
        problem: null
      }
    });
    await this._run();
  }

  /** Another wording of the same amendment; what does not change comes from the cache. */
  async reword(draft: Draft): Promise<void> {
    const state = this._state;
    if (state) {
      if (state.annotations.length > 0) {
        this._context.drafts.set(draftKey(state.annotations[0]), JSON.stringify(draft));
      }
      await this._leave();
      this._update({ amendment: { ...state.amendment, draft }, draft, wording: state.wording + 1 });
      await this._run();
    }
  }

  async addPrompt(prompt: string): Promise<void> {
    const state = this._state;
    if (state && prompt.trim()) {
      await this._leave();
      this._update({ prompts: [...state.prompts, prompt.trim()] });
      await this._run();
    }
  }

  async stop(): Promise<void> {
    const { client, store } = this._context;
    const id = this._state?.preview?.id;
    try {
      if (id) {
        await client.call('stop', { id });
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
      const row = await client.call<Impact>('mark', { preview: preview.id, probe, mark, note });
      this._row(row);
      store.update({ announcement: mark ? trans.__('Marked') : trans.__('Mark taken back') });
    } catch (error) {
      complain(store, error);
    }
  }

  /** A preview that is still running, or the newest one, after the page was left. */
  async resume(): Promise<void> {
    const { client, store, notebooks } = this._context;
    const document = notebooks.current;
    if (!document || this._state) {
      return;
    }
    try {
      const { previews } = await client.call<Previews>('previews', { path: document.path });
      const running = previews.map(p => p.preview).find(p => p.status === 'running');
      if (running && notebooks.current === document && !this._state) {
        const { amendment } = running;
        const annotations = document.placed.map(p => p.annotation).filter(a => amendment.annotations.includes(a.id));
        const draft = amendment.draft ?? (this._draftOf(amendment.article) as Draft);
        store.update({
          preview: {
            amendment,
            annotations,
            draft,
            prompts: [],
            preview: running,
            rows: [],
            wording: 1,
            ratified: null,
            busy: true,
            problem: null
          }
        });
        await this._watch(running.id);
      }
    } catch (error) {
      complain(store, error);
    }
  }

  /** Stop following; the run goes on in the server. */
  leave(): void {
    this._abort.abort();
  }

  private async _leave(): Promise<void> {
    this._abort.abort();
    if (this._state?.preview?.status === 'running') {
      await this.stop();
    }
  }

  private async _run(): Promise<void> {
    const state = this._state;
    const document = opened(this._context);
    if (!state || !document) {
      return;
    }
    this._abort.abort();
    this._update({ busy: true, problem: null, rows: [], preview: null });
    const request = {
      id: this._context.id(),
      path: document.path,
      amendment: state.amendment,
      annotations: state.annotations,
      prompts: state.prompts
    };
    try {
      await this._context.sync();
      const preview = await this._context.client.call<Preview>('preview', request);
      this._update({ preview });
      await this._watch(preview.id);
    } catch (error) {
      this._update({ busy: false, problem: problemOf(error) });
    }
  }

  private async _watch(preview: string): Promise<void> {
    const abort = (this._abort = new AbortController());
    try {
      for await (const event of this._context.client.stream<WatchEvent>('watch', { preview }, abort.signal)) {
        if (abort.signal.aborted) {
          return;
        }
        if (event.type === 'row') {
          this._row(event.row);
        } else if (event.type === 'progress') {
          event.preview.rows.forEach(row => this._row(row));
          this._update({ preview: event.preview });
        } else if (event.type === 'failed') {
          this._update({ problem: event.problem });
        }
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this._update({ problem: problemOf(error) });
      }
    }
    if (!abort.signal.aborted) {
      this._update({ busy: false });
    }
  }

  private _row(row: Impact): void {
    const rows = [...(this._state?.rows ?? [])];
    const at = rows.findIndex(r => r.probe.id === row.probe.id);
    rows.splice(at < 0 ? rows.length : at, at < 0 ? 0 : 1, row);
    this._update({ rows });
  }

  private _draftOf(article: string | null): Draft | null {
    const found = this._context.store.value.inForce?.constitution.articles.find(a => a.id === article);
    return found ? draftOf(found) : null;
  }

  private get _state(): IPreviewState | null {
    return this._context.store.value.preview;
  }

  private _update(patch: Partial<IPreviewState>): void {
    if (this._state) {
      this._context.store.update({ preview: { ...this._state, ...patch } });
    }
  }

  private _abort = new AbortController();
}

/** The wording of an article alone. */
export function draftOf({ title, when, then, why, kind, always, enabled }: Draft): Draft {
  return { title, when, then, why, kind, always, enabled };
}
