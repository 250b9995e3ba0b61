import type { TranslationBundle } from '@jupyterlab/translation';

import type { INotebooks, IPanels, IReconst } from '../../tokens';

/** Words that a person typed and has not sent, kept by key for a week, or for good if it is lasting. */
export interface IDrafts {
  get(key: string): string;
  set(key: string, text: string, lasting?: boolean): void;
}

/** What every panel is given. */
export interface IPanelOptions {
  readonly reconst: IReconst;
  readonly trans: TranslationBundle;
}

/** What the panels that lead on to others are given. */
export interface IOpeningOptions extends IPanelOptions {
  readonly notebooks: INotebooks;
  readonly drafts: IDrafts;
  readonly open: IPanels;
  /** A new id for an amendment. */
  readonly id: () => string;
}

export type { TranslationBundle };
