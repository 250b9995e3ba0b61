/** Which rows are only likely, and what it takes to decide them. Pure. */
import type { Impact, TurnRecord } from '../../contract';
import type { IPreviewState } from '../../tokens';

/** Replies under each law that decide a row: all ways to part twelve replies in two halves can then tell one in 462. */
const REPLIES = 6;

/** Calls that deciding so many rows takes at most; replies that are recorded are not asked for again. */
export function callsToDecide(rows: number): number {
  return 2 * REPLIES * rows;
}

export function likely(rows: readonly Impact[]): Impact[] {
  return rows.filter(row => row.certainty === 'likely');
}

/** Whether a run has ended and nothing has been made of it yet: other probes and repeats can be asked for. */
export function settled({ busy, preview, ratified, unconfirmed }: IPreviewState): boolean {
  const ended = preview !== null && preview.status !== 'running' && preview.status !== 'interrupted';
  return !busy && ended && !ratified && !unconfirmed;
}

/** A turn of this notebook that a rule can be tried on. */
export interface IPastTurn {
  readonly turn: string;
  readonly prompt: string;
}

/** The notebook's complete turns that are not tried yet, last first, each prompt once. */
export function pastTurns(records: readonly TurnRecord[], { turns, rows }: IPreviewState): IPastTurn[] {
  const tried = new Set([...turns, ...rows.map(row => row.probe.turn)]);
  const prompts = new Set(rows.map(row => row.probe.prompt));
  const found: IPastTurn[] = [];
  for (const { turn, prompt, status } of [...records].reverse()) {
    if (status === 'complete' && !tried.has(turn) && !prompts.has(prompt)) {
      prompts.add(prompt);
      found.push({ turn, prompt });
    }
  }
  return found;
}
