import { ISignal, Signal } from '@lumino/signaling';

import type { IState, IStore } from '../tokens';

const EMPTY: IState = {
  connection: 'starting',
  status: null,
  profiles: null,
  path: null,
  inForce: null,
  placed: [],
  present: [],
  attachable: [],
  threads: [],
  below: null,
  tab: 'review',
  card: null,
  preview: null,
  estimate: null,
  clashes: null,
  history: null,
  offer: null,
  comparing: null,
  argument: null,
  rehearsing: null,
  varying: null,
  asking: null,
  notice: null,
  announcement: ''
};

/** Holds what is on screen; a change makes a new state and says so. */
export class Store implements IStore {
  get value(): IState {
    return this.#value;
  }

  get changed(): ISignal<this, IState> {
    return this.#changed;
  }

  update(patch: Partial<IState>): void {
    this.#value = { ...this.#value, ...patch };
    this.#changed.emit(this.#value);
  }

  #value = EMPTY;
  #changed = new Signal<this, IState>(this);
}
