import type { Annotation, Target } from '../../contract';
import type { IPanels, IReconst, IState } from '../../tokens';
import type { IDrafts, TranslationBundle } from '../parts/props';

/** What the sidebar shows, and what it can do. */
export interface ISidebarProps {
  readonly state: IState;
  readonly reconst: IReconst;
  readonly drafts: IDrafts;
  readonly open: IPanels;
  readonly trans: TranslationBundle;
  readonly now: number;
  /** A new id for an amendment. */
  readonly id: () => string;
  /** The notebook's metadata of ours, for the wording of earlier revisions. */
  readonly metadata: Record<string, unknown>;
  /** How many notebooks have been looked at: another number is another notebook. */
  readonly opened: number;
  readonly placing: Annotation | null;
  readonly offer: { readonly quote: string; readonly target: Target } | null;
  readonly onPlacing: (annotation: Annotation | null) => void;
  readonly onGoTo: (annotation: Annotation) => void;
}
