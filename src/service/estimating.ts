import type { Amendment, Budget, Draft, Estimate } from '../contract';
import type { IState } from '../tokens';
import { IContext, notebookOf } from './context';

/** Milliseconds that a choice must stand before it is worked out what a preview of it would take. */
const SETTLED = 300;

/** What a preview would take, worked out before anything is asked; and what it may take, remembered per notebook. */
export class Estimating {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
    context.store.changed.connect((_, state) => this.#follow(state));
  }

  /** What one preview in this notebook may take at most. */
  get budget(): Budget | null {
    try {
      return JSON.parse(this.#context.drafts.get(this.#key)) as Budget;
    } catch {
      return null;
    }
  }

  set budget(budget: Budget | null) {
    this.#context.drafts.set(this.#key, budget ? JSON.stringify(budget) : '', true);
  }

  #follow({ card, preview, estimate }: IState): void {
    const wanted = card?.step === 'amend' ? this.#ofCard(card) : preview && !preview.ratified ? request(preview) : null;
    const about = wanted && JSON.stringify([wanted.amendment.id, wanted.prompts, wanted.turns, wanted.without]);
    if (about === this.#about) {
      return;
    }
    this.#about = about;
    clearTimeout(this.#timer);
    if (estimate) {
      this.#context.store.update({ estimate: null });
    }
    if (wanted) {
      this.#timer = setTimeout(() => void this.#ask(wanted, about), SETTLED);
    }
  }

  #ofCard(card: NonNullable<IState['card']>): IWanted | null {
    const { amendment, draft, annotations } = card;
    return amendment && request({ amendment, draft, annotations, prompts: [], turns: [], without: [] });
  }

  async #ask(wanted: IWanted, about: string | null): Promise<void> {
    const { client, notebooks, store, id } = this.#context;
    const path = notebooks.current?.path;
    if (!path) {
      return;
    }
    try {
      const estimate = await client.call<Estimate>('estimate', { id: id(), path, ...wanted });
      if (about === this.#about) {
        store.update({ estimate });
      }
    } catch {
      // Nothing hangs on it: where there is no model, or no such article any more, the preview says so itself.
    }
  }

  get #key(): string {
    return JSON.stringify(['budget', notebookOf(this.#context)]);
  }

  #about: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
}

interface IWanted extends Pick<NonNullable<IState['preview']>, 'annotations' | 'prompts' | 'turns' | 'without'> {
  readonly amendment: Amendment;
}

function request(state: IWanted & { draft: Draft | null }): IWanted {
  const { amendment, draft, annotations, prompts, turns, without } = state;
  return {
    amendment: amendment.draft && draft ? { ...amendment, draft } : amendment,
    annotations,
    prompts,
    turns,
    without
  };
}
