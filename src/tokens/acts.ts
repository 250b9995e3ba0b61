/** What a person can do. */
import { Token } from '@lumino/coreutils';

import type {
  Amendment,
  Annotation,
  AttachmentInput,
  Composed,
  Draft,
  Manifest,
  Probed,
  Problem,
  ProfileInput,
  Target,
  WhenScore
} from '../contract';
import type { IAgreeing } from './agreeing';
import type { IArguing } from './arguing';
import type { ILibrary } from './library';
import type { IAskOptions, ISelection } from './notebooks';
import type { IClashing, IPreviewing } from './previewing';
import type { ISharing } from './sharing';
import type { IStore, Tab } from './state';
import type { ITelling } from './telling';
import type { ICiting } from './citing';
import type { IVariants } from './varying';
import type { IWiki } from './wiki';

/** What a person can do. Every act reports its failure as a notice or a problem on the card; none throws. */
export interface IReconst {
  readonly store: IStore;
  readonly agreeing: IAgreeing;
  readonly arguing: IArguing;
  readonly previewing: IPreviewing;
  /** Clashes of what is in force, and of the draft in preview. */
  readonly clashing: IClashing;
  readonly drafted: IClashing;
  readonly wiki: IWiki;
  readonly library: ILibrary;
  readonly sharing: ISharing;
  readonly telling: ITelling;
  readonly citing: ICiting;
  readonly variants: IVariants;
  refresh(): Promise<void>;
  show(tab: Tab): void;
  /** An article, a highlight or a proposal is looked at, by its id; colleagues in the same notebook see it. */
  look(at: string | null): void;

  /** Insert a prompt cell and run it; true once it stands there. */
  ask(prompt: string, options: IAskOptions): Promise<boolean>;
  /** What asking would send, without sending it. */
  compose(prompt: string, options: IAskOptions, attachments: AttachmentInput[]): Promise<Composed | null>;
  cancel(): Promise<void>;
  askAgain(annotation: Annotation): Promise<void>;
  /** Ask a prompt cell anew. */
  again(cell: string): Promise<void>;
  /** Answer what a cell asks, in a cell below it. */
  answer(cell: string, text: string): Promise<void>;
  /** Ask a prompt cell with less of its conversation. */
  leaveOut(cell: string, keep: string): Promise<void>;
  goTo(cell: string): void;
  /** Ask in this notebook in a style, by its name; in none with an empty one. */
  restyle(style: string): Promise<void>;
  askWhy(selection: ISelection): Promise<void>;

  /** Open the card on a selection and fetch candidates. */
  highlight(selection: ISelection): Promise<void>;
  /** Keep doing this: saved at once. */
  keep(selection: ISelection): Promise<void>;
  /** Open the card on an annotation that exists. */
  reopen(annotation: Annotation, step?: 'correct' | 'amend'): Promise<void>;
  pick(slot: number): void;
  write(own: string): void;
  /** Stop one candidate, or all that are not there yet. */
  stopCandidates(slot?: number): void;
  saveCorrection(): Promise<boolean>;
  place(annotation: Annotation, target: Target): Promise<void>;
  /** Keep it as a note that asks for no rule. */
  note(annotation: Annotation): void;
  discard(annotation: string): Promise<void>;
  closeCard(): void;

  /** Candidate amendments for the card's corrections (or for these): of how to work, or of what is so. */
  amend(annotations?: readonly Annotation[], fact?: boolean): Promise<void>;
  choose(slot: number | null): void;
  reword(draft: Partial<Draft>): void;
  backToCorrect(): void;

  /** Try the card's draft, or revise an article directly. */
  preview(amendment?: Amendment): Promise<void>;
  ratify(note: string): Promise<boolean>;
  /** Ask the server once more whether what was ratified is in force. */
  confirm(): Promise<void>;

  toggle(article: string): Promise<void>;
  move(article: string, before: string | null): Promise<void>;
  /** Move an article of the notebook to its project, or to all notebooks of this person. */
  promote(article: string, to: 'user' | 'project'): Promise<void>;
  /** Copy an article of a farther scope into the notebook. */
  copyDown(article: string): Promise<void>;
  revise(article: string, draft: Draft): Promise<void>;
  repeal(article: string): Promise<void>;
  /** Bring back an earlier revision's wording as a new revision. */
  restore(article: string, revision: string): Promise<void>;
  /** Put what was ticked in force; a notebook's preamble is ticked like an article. */
  accept(digest: string, articles: readonly string[], preamble?: boolean): Promise<boolean>;
  /** How each WHEN in force does against the person's own marks; nobody is asked. */
  scores(): Promise<readonly WhenScore[] | null>;
  /** Write a ratified change that has not reached the notebook, or was lost from it. */
  complete(change: string): Promise<void>;

  connect(profile: ProfileInput, key: string | null): Promise<Problem | null>;
  probeEndpoint(baseUrl: string, key: string | null, profile: string | null): Promise<Probed | null>;
  disconnect(profile: string): Promise<void>;
  chooseModel(profile: string, model: string | null): Promise<void>;
  name(name: string): Promise<void>;

  moreHistory(): Promise<void>;
  forget(turn: string): Promise<void>;
  retain(days: number | null): Promise<void>;
  travels(): Promise<Manifest | null>;
  strip(): Promise<void>;
  openSample(): Promise<void>;
  dismiss(): void;
}

export const IReconst = new Token<IReconst>(
  'jupyter-reconst:IReconst',
  'What a person can do, and the state it leads to.'
);
