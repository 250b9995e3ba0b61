/** What the panels show. */
import type { ISignal } from '@lumino/signaling';

import type {
  Amendment,
  Annotation,
  Article,
  Budget,
  Clash,
  DeadWeight,
  Disagrees,
  Draft,
  Estimate,
  History,
  Impact,
  InForce,
  Opposed,
  Preview,
  Problem,
  Profiles,
  Searched,
  Source,
  Status,
  Trial,
  Weighed
} from '../contract';
import type { IArgument } from './arguing';
import type { IAttachable, IPlaced, IPresent, ISelection, IThread } from './notebooks';
import type { IComparing, IOffer, IRehearsing } from './sharing';
import type { IVarying } from './varying';

export type Tab = 'review' | 'constitution' | 'history' | 'packs';

/** One candidate correction. Only a ready one can be picked. */
export interface ICandidate {
  readonly slot: number;
  readonly source: Source;
  readonly status: 'waiting' | 'writing' | 'ready' | 'failed';
  readonly text: string;
  readonly failure: string;
  readonly why: string;
  readonly seconds: number;
  readonly problem: Problem | null;
  /** What the model was sent for it is kept under this. */
  readonly call?: string | null;
}

/** One candidate amendment with what its trial showed. */
export interface IProposal {
  readonly slot: number;
  readonly source: Source;
  readonly amendment: Amendment | null;
  readonly trial: Trial;
  readonly seconds: number;
  readonly problem: Problem | null;
  readonly call?: string | null;
}

/** The open card: from a highlight to an amendment. */
export interface ICard {
  readonly step: 'correct' | 'amend';
  /** Where it points; null when it was opened from the sidebar for words that are out of sight. */
  readonly selection: ISelection | null;
  /** The corrections it is about; the first one is being edited. */
  readonly annotations: readonly Annotation[];
  readonly own: string;
  readonly picked: number | null;
  readonly candidates: readonly ICandidate[];
  readonly disagrees: Disagrees | null;
  /** It asks what is so, rather than how to work. */
  readonly fact?: boolean;
  readonly proposals: readonly IProposal[];
  readonly chosen: number | null;
  /** What the draft would do: the chosen proposal, what one left off with, or words of one's own. */
  readonly amendment: Amendment | null;
  /** The wording being edited; starts as the amendment's. */
  readonly draft: Draft | null;
  readonly busy: boolean;
  readonly cost: number | null;
  readonly saved: boolean;
  readonly problem: Problem | null;
}

/** What has happened, whether the text is safe, and one thing to press. Plain text. */
export interface INotice {
  readonly kind: 'done' | 'problem';
  readonly text: string;
  readonly remedy: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** The preview on screen. */
export interface IPreviewState {
  /** What is tried. */
  readonly amendment: Amendment;
  readonly annotations: readonly Annotation[];
  /** The wording being edited beside it, which nothing shows the effect of until it is tried. */
  readonly draft: Draft;
  readonly prompts: readonly string[];
  /** Past turns that the person picked, and the keys of probes that they dropped. */
  readonly turns: readonly string[];
  readonly without: readonly string[];
  readonly harder: boolean;
  /** What a run may take at most. */
  readonly budget: Budget | null;
  readonly preview: Preview | null;
  readonly rows: readonly Impact[];
  readonly wording: number;
  /** The search for articles in force that clash with it. */
  readonly clashes: IClashes | null;
  /** How long no call has brought a word, while that is so. */
  readonly waiting: { readonly seconds: number; readonly still: boolean } | null;
  /** The revision that this has become, once the server has confirmed it. */
  readonly ratified: Article | null;
  /** Ratified and kept, but not confirmed by the server, so not known to be in force. */
  readonly unconfirmed: boolean;
  /** The corrected turn was asked again with it. */
  readonly asked: boolean;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** The search for articles that clash, and for those that change nothing. */
export interface IClashes {
  /** The digest of what was searched. */
  readonly law: string;
  readonly weighed: Weighed | null;
  readonly searched: Searched | null;
  readonly found: readonly (Clash | Opposed | DeadWeight)[];
  /** How long no call has brought a word, while that is so. */
  readonly waiting: { readonly seconds: number; readonly still: boolean } | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

/** Everything on screen. Immutable: a change makes a new one. */
export interface IState {
  readonly connection: 'starting' | 'ready' | 'missing';
  readonly status: Status | null;
  readonly profiles: Profiles | null;
  readonly path: string | null;
  readonly inForce: InForce | null;
  readonly placed: readonly IPlaced[];
  /** Who else has the notebook open. */
  readonly present: readonly IPresent[];
  readonly attachable: readonly IAttachable[];
  readonly threads: readonly IThread[];
  readonly below: string | null;
  readonly tab: Tab;
  readonly card: ICard | null;
  readonly preview: IPreviewState | null;
  /** What a preview would take, of the card's amendment or of the one on screen; null while that is not known. */
  readonly estimate: Estimate | null;
  readonly clashes: IClashes | null;
  readonly history: History | null;
  /** What a file brings, while it is being read. */
  readonly offer: IOffer | null;
  readonly comparing: IComparing | null;
  /** The argument that is being checked. */
  readonly argument: IArgument | null;
  readonly rehearsing: IRehearsing | null;
  /** Answers to one question, side by side. */
  readonly varying: IVarying | null;
  readonly asking: { readonly turn: string | null; readonly since: number } | null;
  readonly notice: INotice | null;
  /** Said to screen readers, politely. */
  readonly announcement: string;
}

/** Holds the state; does nothing. */
export interface IStore {
  readonly value: IState;
  readonly changed: ISignal<IStore, IState>;
  update(patch: Partial<IState>): void;
}
