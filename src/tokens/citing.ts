/** The references of a reply. */
import type { Cited, MarkedReference } from '../contract';

export interface ICiting {
  /** They, beside the library; null where they cannot be had, and a notice says why. Nobody else is asked. */
  cite(turn: string): Promise<Cited | null>;
  /** Look them up where the operator allows it, one after the other. Aborting stops it. */
  lookUp(turn: string, each: (marked: MarkedReference) => void, signal: AbortSignal): Promise<void>;
  /** Mark one wrong, with what is right where that is known; `undo` takes that back. */
  wrong(turn: string, cell: string, start: number, right: string, undo?: boolean): Promise<MarkedReference | null>;
}
