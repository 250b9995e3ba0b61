/** What people who share a notebook can do together before something is law. */
import type { Agreement, Article, Terms, Vote } from '../contract';

export interface IAgreeing {
  /** Put what the preview shows before the others, instead of ratifying it. */
  submit(note: string): Promise<void>;
  /** Put a revision before the others that stands in the file without its votes. */
  propose(short: Article): Promise<void>;
  /** Say what one thinks of a proposal, with a prompt that shows it; true once it is in the notebook. */
  vote(on: Agreement, answer: Vote['answer'], why: string, provocation: string): Promise<boolean>;
  /** Try a proposal on its proposer's prompts and the voters'. This sends it, for these calls alone. */
  impact(on: Agreement): Promise<void>;
  /** Make law what has its votes. */
  ratify(on: Agreement): Promise<void>;
  /** Let other terms hold, or propose them where that takes votes; true once either is in the notebook. */
  govern(terms: Terms): Promise<boolean>;
}
