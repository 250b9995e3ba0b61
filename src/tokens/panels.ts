/** How one panel opens another. */
import { Token } from '@lumino/coreutils';

import type { Otherwise } from './varying';

import type { AskSent, Draft } from '../contract';
import type { Telling } from './telling';

/** Where the panels live: how one opens another. */
export interface IPanels {
  sidebar(): void;
  impact(): void;
  /** An article in its editor; null writes a new one, from these words if there are any. */
  article(id: string | null, words?: Partial<Draft>): void;
  /** The argument that is being checked. */
  argument(): void;
  acceptance(): void;
  /** What a file brings, to be read. */
  offer(): void;
  compare(): void;
  /** The answers to a turn side by side; asked in these ways at once, if any are given. */
  variants(turn: string, cell: string, ways?: readonly Otherwise[]): void;
  /** The references of a reply. */
  references(turn: string, cell: string): void;
  /** What a model was sent for something that it wrote. */
  sent(of: AskSent): void;
  /** A report for engineers on a turn, a highlight or an article. */
  report(about: Telling): void;
  share(): void;
  /** Ask for the path of a file on the server, in words of its own if it is no notebook; empty for none. */
  ask(title: string, label?: string): Promise<string>;
  library(): void;
  /** Open a file of the server in JupyterLab, a PDF at `#page=4`. */
  file(path: string, fragment?: string): void;
  connect(): void;
  travels(): void;
  settings(): void;
}

export const IPanels = new Token<IPanels>('jupyter-reconst:IPanels', 'The sidebar and the pages of the main area.');
