/**
 * Who else has a notebook open, and what they look at: the awareness that collaborating pages share. Each page says who it
 * is, so a name is a claim. Where pages do not collaborate nobody else is there, and what is said goes nowhere.
 */
import type { IAwareness } from '@jupyter/ydoc';
import type { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

import type { IPresent } from '../tokens';

/** Where our part of a page's state stands, beside its `user` and its cursors. */
const FIELD = 'reconst';
const LONGEST = 100;

type State = { user?: { username?: unknown; display_name?: unknown; name?: unknown }; [FIELD]?: { at?: unknown } };

export class Presence implements IDisposable {
  readonly #awareness: IAwareness;

  constructor(awareness: IAwareness) {
    this.#awareness = awareness;
    awareness.on('change', this.#look);
    this.#look();
  }

  /** Each of the others once for every thing that they look at; oneself in another page is nobody else. */
  get others(): readonly IPresent[] {
    return this.#others;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Say what this page looks at. */
  say(at: string | null): void {
    if (at !== this.#said && !this.#disposed) {
      this.#said = at;
      this.#awareness.setLocalStateField(FIELD, { at });
    }
  }

  dispose(): void {
    this.say(null);
    this.#disposed = true;
    this.#awareness.off('change', this.#look);
    Signal.clearData(this);
  }

  /** Cursors move all the time; only what we show is told. */
  readonly #look = (): void => {
    const states = this.#awareness.getStates() as Map<number, State>;
    const { clientID } = this.#awareness;
    const me = states.get(clientID)?.user?.username;
    const found = new Map<string, IPresent>();
    for (const [client, state] of states) {
      const { username, display_name, name } = state.user ?? {};
      const shown = text(display_name) || text(name) || text(username);
      if (client !== clientID && shown && (me === undefined || username !== me)) {
        const present = { name: shown, at: text(state[FIELD]?.at) || null };
        found.set(JSON.stringify([username, present.at]), present);
      }
    }
    const spelled = [...found.keys()].sort().join();
    if (spelled !== this.#spelled) {
      this.#spelled = spelled;
      this.#others = [...found.values()];
      this.#changed.emit();
    }
  };

  readonly #changed = new Signal<this, void>(this);
  #others: readonly IPresent[] = [];
  #spelled = '';
  #said: string | null = null;
  #disposed = false;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, LONGEST) : '';
}
