/** Other answers to one question: asked in other ways, laid side by side, one of them kept. */
import type { Annotation, Problem, TurnRecord, Variants, WayInput } from '../contract';

/** An answer that is there, or on its way; `record` comes with its end. */
export interface IAnswer {
  readonly way: WayInput;
  readonly reply: string;
  readonly record: TurnRecord | null;
  readonly differs: readonly string[];
  readonly seconds: number;
  readonly problem: Problem | null;
}

/** A turn with the other answers to it. */
export interface IVarying {
  readonly turn: string;
  /** The cell that shows it; empty where none is known. */
  readonly cell: string;
  /** The turn as it is recorded; null while it is looked up. */
  readonly shown: TurnRecord | null;
  readonly answers: readonly IAnswer[];
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** What a way says; who asks gives it its id. */
export type Otherwise = Omit<WayInput, 'id'>;

/** What a person can do with the answers to one question. Turns are looked up on the server; an output only names them. */
export interface IVariants {
  /** Lay the answers to a turn side by side. */
  look(turn: string, cell: string): Promise<void>;
  /** What asking in these ways takes; nobody is asked. Null where it cannot be said. */
  weigh(turn: string, ways: readonly Otherwise[]): Promise<Variants | null>;
  /** Ask in these ways; an answer that failed is asked again by its own. */
  ask(ways: readonly Otherwise[]): Promise<void>;
  stop(): void;
  /** Let the cell show this answer. */
  keep(turn: string): Promise<void>;
  /** The reply as it is recorded; null where it is not this person's. */
  source(turn: string): Promise<string | null>;
  /** What was changed in a reply, as corrections in its cell, with what takes them all back; null where that failed. */
  edit(turn: string, cell: string, text: string): Promise<IEdited | null>;
}

export interface IEdited {
  readonly annotations: readonly Annotation[];
  readonly undo: () => void;
}
