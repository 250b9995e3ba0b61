/** What the rows of a preview add up to, and whether it may be ratified. Pure. */
import type { Draft, Impact, Preview, Probe } from '../../contract';
import type { IPreviewState } from '../../tokens';

export type Verdict = Impact['verdict'];

/** Bad news first. */
export const ORDER: readonly Verdict[] = ['regression', 'unintended', 'unmarked', 'intended', 'unchanged', 'failed'];

/** Whether a judge's word fills rows that neither code nor the person decides. */
export function judges(preview: Preview | null): boolean {
  return preview?.evidence.judge?.standing === 'counts';
}

/** What a judge whose word counts says of a row that nobody else decides. */
export function judged({ verdict, mark, judgement }: Impact, judge: boolean): Verdict | null {
  return judge && verdict === 'unmarked' && !mark ? (judgement?.says ?? null) : null;
}

/** The person's mark where there is one, otherwise the program's verdict; a pinned row that did not change has not. */
export function standing(row: Impact, judge = false): Verdict {
  return row.verdict === 'unchanged' ? 'unchanged' : (row.mark ?? judged(row, judge) ?? row.verdict);
}

export function byVerdict(rows: readonly Impact[], judge = false): Map<Verdict, Impact[]> {
  const groups = new Map<Verdict, Impact[]>(ORDER.map(verdict => [verdict, []]));
  for (const row of rows) {
    groups.get(standing(row, judge))?.push(row);
  }
  return groups;
}

/** Whether the reply changed by more than noise; a person's mark says what the change is, not whether it is one. */
export function changed(row: Impact): boolean {
  return row.verdict !== 'unchanged' && row.verdict !== 'failed';
}

/** Bins whose turns the rule is for, and bins whose turns it should leave alone. One's own prompts are neither. */
export const SHOULD_CHANGE: readonly Probe['bin'][] = ['source', 'in'];
export const SHOULD_STAY: readonly Probe['bin'][] = ['near', 'out', 'case', 'conflict'];

/** Of these, the turns that the test of side effects counts; cases and clashes have verdicts of their own. */
export const LEAVE: readonly Probe['bin'][] = ['near', 'out'];

export interface IHurdle {
  /** What keeps it from being ratified now, in the order in which it should be dealt with. */
  readonly kind: 'edited' | 'running' | 'interrupted' | 'marks' | 'why' | 'untested';
  readonly count: number;
}

/** Whether the wording on screen is another one than the rows are about: nobody has seen what it does. */
export function edited({ amendment, draft }: IPreviewState): boolean {
  const tried: Draft = amendment.draft ?? draft;
  return (['title', 'when', 'then', 'always'] as const).some(field => tried[field] !== draft[field]);
}

/** What stands between the preview and ratifying. `why` only asks for a line; the others must be dealt with. */
export function hurdle(state: IPreviewState): IHurdle | null {
  const { preview, rows } = state;
  if (edited(state)) {
    return { kind: 'edited', count: 0 };
  }
  if (state.busy || preview?.status === 'running') {
    return { kind: 'running', count: 0 };
  }
  if (preview?.status === 'interrupted') {
    return { kind: 'interrupted', count: 0 };
  }
  const tried = rows.filter(r => r.verdict !== 'failed').length;
  if (!preview || tried === 0) {
    return { kind: 'untested', count: 0 };
  }
  const unmarked = rows.filter(r => r.verdict === 'regression' && r.mark === null).length;
  if (unmarked > 0) {
    return { kind: 'marks', count: unmarked };
  }
  const open = rows.filter(r => r.verdict === 'unintended' && r.mark === null).length;
  return open > 0 ? { kind: 'why', count: open } : null;
}
