/** Checking an argument: a passage as premises and a claim, and what a prover says of them. */
import type { Formalized, Problem, Target } from '../contract';
import type { ISelection } from './notebooks';

/** The argument on screen. */
export interface IArgument {
  /** Where the passage lies. */
  readonly target: Target;
  readonly passage: string;
  /** What there is so far, with the person's edits; an edit takes the verdict away. */
  readonly found: Formalized | null;
  /** Since when the model or the prover is at it; null while neither is. */
  readonly since: number | null;
  readonly problem: Problem | null;
}

/** What a person can do with it. Sentences are named by their place; the claim is the last. */
export interface IArguing {
  /** Show a passage, as it was left; `weigh` asks the model whether a new one is worth it. */
  open(selection: ISelection, weigh: boolean): Promise<void>;
  /** Ask whether it is worth it. */
  readonly weigh: () => Promise<void>;
  /** Have it formalised and judged, whatever the model said of its worth. */
  readonly formalize: () => Promise<void>;
  readonly stop: () => void;
  edit(at: number, words: { readonly said?: string; readonly formal?: string }): void;
  /** Have what is written judged; no model is asked. */
  readonly judge: () => Promise<void>;
  /** Scroll the notebook to the words that a sentence comes from. */
  show(at: number): void;
  /** Keep the verdict as a case in the notebook, or take that case out again. */
  readonly pin: () => Promise<void>;
  /** What it must stay, where it is pinned. */
  readonly pinned: string | null;
}
