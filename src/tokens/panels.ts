/** How one panel opens another. */
import { Token } from '@lumino/coreutils';

/** Where the panels live: how one opens another. */
export interface IPanels {
  sidebar(): void;
  impact(): void;
  /** An article in its editor; null writes a new one. */
  article(id: string | null): void;
  acceptance(): void;
  connect(): void;
  travels(): void;
  settings(): void;
}

export const IPanels = new Token<IPanels>('jupyter-reconst:IPanels', 'The sidebar and the pages of the main area.');
