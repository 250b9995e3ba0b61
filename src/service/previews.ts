/** What a preview is on screen: how one begins, and what becomes of its rows and probes. Pure. */
import type { Amendment, Article, Draft, Impact, Tried, WatchEvent } from '../contract';
import type { IPreviewState } from '../tokens';
import { draftOf } from './wordings';

/** What a person can say about the probes of a run; another run then takes its place. */
export type Wish = Pick<IPreviewState, 'prompts' | 'turns' | 'without' | 'harder'>;

export const FRESH: Omit<IPreviewState, 'amendment' | 'draft' | 'wording' | 'budget'> = {
  annotations: [],
  prompts: [],
  turns: [],
  without: [],
  harder: false,
  preview: null,
  rows: [],
  clashes: null,
  waiting: null,
  ratified: null,
  unconfirmed: false,
  asked: false,
  busy: true,
  problem: null
};

/** For so long a preview that one has left comes back by itself: as long as what was typed is kept. */
const WEEK = 7 * 24 * 3600 * 1000;

/** Whether a decision about a preview can still be made, with these articles in force. */
export function waits({ preview, annotations, ratified }: Tried, articles: readonly Article[], now: number): boolean {
  const { amendment, created } = preview;
  const settled = articles.some(a => a.provenance.words.some(w => w.annotation && w.annotation === annotations[0]?.id));
  const stale = amendment.action !== 'add' && !articles.some(a => a.revision === amendment.base);
  return !ratified && !settled && !stale && Date.parse(created) >= now - WEEK;
}

/** A preview as it was left, with what is being written beside it; its wordings are counted among all previews. */
export function left(
  { preview, annotations, prompts, turns, without }: Tried,
  previews: readonly Tried[],
  draft: Draft
): Omit<IPreviewState, 'budget'> {
  const { amendment, harder } = preview;
  const runs = previews.map(t => t.preview.amendment).filter(a => a.id === amendment.id);
  const wording = new Set(runs.map(a => a.draft && spelled(a.draft))).size || 1;
  return { ...FRESH, amendment, annotations, prompts, turns, without, harder, preview, draft, wording };
}

/** What an event changes. */
export function told(rows: readonly Impact[], event: WatchEvent): Partial<IPreviewState> {
  switch (event.type) {
    case 'row':
      return { rows: merged(rows, [event.row]), waiting: null };
    case 'progress': {
      const { preview } = event;
      return { preview, waiting: null, ...(preview.rows.length > 0 ? { rows: merged(rows, preview.rows) } : {}) };
    }
    case 'waiting':
      return { waiting: { seconds: event.seconds, still: event.still } };
    case 'failed':
      return { problem: event.problem };
  }
}

/** Rows with these in their places, or behind them. */
export function merged(rows: readonly Impact[], more: readonly Impact[]): Impact[] {
  const found = new Map(rows.map(row => [row.probe.id, row]));
  more.forEach(row => found.set(row.probe.id, row));
  return [...found.values()];
}

/** Try one's own prompt as well. */
export function withPrompt({ prompts }: Wish, prompt: string): Partial<Wish> | null {
  const text = prompt.trim();
  return text ? { prompts: [...prompts, text] } : null;
}

/** Try a past turn as well. */
export function withTurn({ turns }: Wish, turn: string): Partial<Wish> | null {
  return turns.includes(turn) ? null : { turns: [...turns, turn] };
}

/** Leave out a probe: what the person added is taken back, what was chosen for them is named by its key. */
export function withoutProbe({ prompts, turns, without, rows }: IPreviewState, id: string): Partial<Wish> | null {
  const probe = rows.find(row => row.probe.id === id)?.probe;
  if (probe?.turn && turns.includes(probe.turn)) {
    return { turns: turns.filter(turn => turn !== probe.turn) };
  }
  if (probe?.bin === 'own' && prompts.includes(probe.prompt)) {
    return { prompts: prompts.filter(prompt => prompt !== probe.prompt) };
  }
  return probe ? { without: [...without, probe.key] } : null;
}

/** The number of a wording: another one than the last counts on. */
export function next({ amendment, wording }: IPreviewState, draft: Draft): number {
  return amendment.draft && spelled(amendment.draft) !== spelled(draft) ? wording + 1 : wording;
}

function spelled(draft: Draft): string {
  return JSON.stringify(draftOf(draft));
}

/** The wording that an amendment is about; null where its article is gone. */
export function worded({ draft, article }: Amendment, articles: readonly Article[]): Draft | null {
  const found = articles.find(a => a.id === article);
  return draft ?? (found ? draftOf(found) : null);
}

/** Which amendments were set aside. */
export function asideKey(amendment: Amendment): string {
  return JSON.stringify(['aside', amendment.id]);
}
