/** Trying a wording before it is law: on probes, and against the articles that it might clash with. */
import type { Budget, Draft, Tried } from '../contract';

/** What can be done with the preview on screen. */
export interface IPreviewing {
  /** Keep what is written beside the preview; it is not tried yet. */
  readonly edit: (draft: Draft) => void;
  /** Try another wording. */
  readonly reword: (draft: Draft) => Promise<void>;
  readonly addPrompt: (prompt: string) => Promise<void>;
  /** Try it on a past turn too. */
  readonly addTurn: (turn: string) => Promise<void>;
  /** Leave out the probe of a row; what was dropped can be brought back. */
  readonly drop: (probe: string) => Promise<void>;
  readonly bringBack: () => Promise<void>;
  /** Go on with prompts at the edge of WHEN, until the side effects are decided or the budget is spent. */
  readonly harder: () => Promise<void>;
  /** Decide these rows by asking them again; none are all that are likely. */
  readonly repeat: (probes: readonly string[]) => Promise<void>;
  /** Put the rows that changed to a judge; its word is shown beside them, and never becomes a mark. */
  readonly judge: () => Promise<void>;
  /** What one preview in this notebook may take at most. */
  readonly allow: (budget: Budget | null) => void;
  readonly stop: () => Promise<void>;
  /** Look again at a preview of before. */
  readonly open: (tried: Tried) => Promise<void>;
  /** Go on with a preview that was interrupted. */
  readonly goOn: () => Promise<void>;
  /** Let go of the preview; its corrections stay. */
  readonly setAside: () => Promise<void>;
  readonly mark: (probe: string, mark: 'regression' | 'unintended' | 'intended' | null, note?: string) => Promise<void>;
  /** The run as a page that opens anywhere, under this name. */
  readonly print: (name: string) => Promise<string | null>;
}

/** Looking for articles that clash, and for those that change nothing. Every finding is a proposal. */
export interface IClashing {
  /** What looking would take, and what was found before; nobody is asked. */
  readonly estimate: () => Promise<void>;
  /** What was found before, if anything was: shown as it was left. */
  readonly recall: () => Promise<void>;
  readonly find: () => Promise<void>;
  /** Stop looking; what was found stays. */
  readonly stop: () => void;
  /** Put it away. */
  readonly close: () => void;
}
