/** What a model was sent, and telling those who tune it. */
import type { AskSent, Tell, Told, WasSent } from '../contract';

/** What a report is about, and how it is wanted; the notebook is the open one. */
export type Telling = Omit<Tell, 'path' | 'annotations'>;

export interface ITelling {
  /** What was sent for something; null where that cannot be shown, and a notice says why. */
  sent(of: AskSent): Promise<WasSent | null>;
  /** What a report would say. Nothing is sent anywhere. */
  tell(about: Telling): Promise<Told | null>;
  /** The same as a text to save. */
  report(about: Telling): Promise<string | null>;
}
