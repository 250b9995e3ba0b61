import { ISignal, Signal } from '@lumino/signaling';

import type { IState, IStore } from '../tokens';

const EMPTY: IState = {
  connection: 'starting',
  status: null,
  profiles: null,
  path: null,
  inForce: null,
  placed: [],
  attachable: [],
  below: null,
  tab: 'review',
  card: null,
  preview: null,
  estimate: null,
  clashes: null,
  history: null,
  asking: null,
  notice: null,
  announcement: ''
};

/** Holds what is on screen; a change makes a new state and says so. */
export class Store implements IStore {
  get value(): IState {
    return this._value;
  }

  get changed(): ISignal<this, IState> {
    return this._changed;
  }

  update(patch: Partial<IState>): void {
    this._value = { ...this._value, ...patch };
    this._changed.emit(this._value);
  }

  private _value = EMPTY;
  private _changed = new Signal<this, IState>(this);
}
