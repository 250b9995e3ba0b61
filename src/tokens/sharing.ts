/** What is read before it is taken: a file's constitution, an earlier version, a try on one's own turns. */
import type { Brought, Differs, Exports, Impact, Problem, Rehearsal, TextFile } from '../contract';

/** A file of this computer, one on the server by its path, or one that was read already. */
export type Source = File | string | TextFile;

/** What a file brings, to be read. */
export interface IOffer {
  readonly file: TextFile;
  readonly brought: Brought;
}

/** What was ticked of exactly one constitution. */
export interface ITicked {
  readonly digest: string;
  readonly articles: readonly string[];
  readonly preamble: boolean;
}

/** Two constitutions beside each other: the notebook's, and a file's or its own after a revision. */
export interface IComparing {
  readonly differs: Differs;
  readonly file: TextFile | null;
  readonly revision: string | null;
}

/** Ticked articles on the person's own turns. */
export interface IRehearsing {
  readonly ticked: ITicked;
  readonly rehearsal: Rehearsal | null;
  readonly rows: readonly Impact[];
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** What a person can do with constitutions that come and go. Failures are shown as a notice. */
export interface ISharing {
  /** Read what a file would bring; true once it can be reviewed. Nothing of it is written or sent. */
  bring(source: Source): Promise<boolean>;
  /** Put away what was being read or tried. */
  close(): void;
  /** Take what was ticked of the file into the notebook, and into force. */
  adopt(ticked: ITicked): Promise<boolean>;
  /** What trying the ticked articles takes; with `start`, try them. They are sent for these calls alone. */
  rehearse(ticked: ITicked, file: TextFile | null, start: boolean): Promise<void>;
  stop(): void;
  /** Compare with a file or with an earlier version; with neither, list what there is. */
  compare(source: Source | null, revision?: string): Promise<boolean>;
  /** Let the notebook read as the version that it is compared with. */
  rewind(): Promise<boolean>;
  /** The ways to write the constitution for others, and the text of one of them. */
  exports(): Promise<Exports | null>;
  export(format: string): Promise<string | null>;
}
