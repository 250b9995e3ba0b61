import type { Amendment, Budget, Draft, Estimate } from '../contract';
import type { IState } from '../tokens';
import type { IContext } from './context';

/** Milliseconds that a choice must stand before it is worked out what a preview of it would take. */
const SETTLED = 300;

/** What a preview would take, worked out before anything is asked; and what it may take, remembered per notebook. */
export class Estimating {
  constructor(private readonly _context: IContext) {
    _context.store.changed.connect((_, state) => this._follow(state));
  }

  /** What one preview in this notebook may take at most. */
  get budget(): Budget | null {
    try {
      return JSON.parse(this._context.drafts.get(this._key)) as Budget;
    } catch {
      return null;
    }
  }

  set budget(budget: Budget | null) {
    this._context.drafts.set(this._key, budget ? JSON.stringify(budget) : '', true);
  }

  private _follow({ card, preview, estimate }: IState): void {
    const wanted = card?.step === 'amend' ? this._ofCard(card) : preview && !preview.ratified ? request(preview) : null;
    const about = wanted && JSON.stringify([wanted.amendment.id, wanted.prompts, wanted.turns, wanted.without]);
    if (about === this._about) {
      return;
    }
    this._about = about;
    clearTimeout(this._timer);
    if (estimate) {
      this._context.store.update({ estimate: null });
    }
    if (wanted) {
      this._timer = setTimeout(() => void this._ask(wanted, about), SETTLED);
    }
  }

  private _ofCard(card: NonNullable<IState['card']>): IWanted | null {
    const { amendment, draft, annotations } = card;
    return amendment && request({ amendment, draft, annotations, prompts: [], turns: [], without: [] });
  }

  private async _ask(wanted: IWanted, about: string | null): Promise<void> {
    const { client, notebooks, store, id } = this._context;
    const path = notebooks.current?.path;
    if (!path) {
      return;
    }
    try {
      const estimate = await client.call<Estimate>('estimate', { id: id(), path, ...wanted });
      if (about === this._about) {
        store.update({ estimate });
      }
    } catch {
      // Nothing hangs on it: where there is no model, or no such article any more, the preview says so itself.
    }
  }

  private get _key(): string {
    const { notebooks, store } = this._context;
    return JSON.stringify(['budget', store.value.inForce?.notebook ?? notebooks.current?.path ?? '']);
  }

  private _about: string | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
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
