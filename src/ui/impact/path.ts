/** How the rows led to the verdict on side effects: the path of Wald's sequential test, row by row. Pure. */
import type { Impact } from '../../contract';
import { LEAVE, changed, standing } from './tally';

/** Decided at plus or minus log 19: errors of 5 % both ways. */
export const LIMIT = Math.log(0.95 / 0.05);

/** What one turn adds to the log ratio of 20 % to 5 %. The same steps as the server's, which gives the verdict. */
const CHANGED = Math.log(0.2 / 0.05);
const KEPT = Math.log(0.8 / 0.95);

/** The log ratio after each turn that the wording should leave alone, in order; it starts at 0, before the first. */
export function pathOf(rows: readonly Impact[]): number[] {
  const path = [0];
  for (const row of rows) {
    if (row.verdict !== 'failed' && LEAVE.includes(row.probe.bin)) {
      const moved = changed(row) && standing(row) !== 'intended';
      path.push(path[path.length - 1] + (moved ? CHANGED : KEPT));
    }
  }
  return path;
}

/** Points of a drawing that show what there is to see; more would only be slower. */
const MOST_POINTS = 400;

/** The path in a box of so many units, the two limits at a quarter and three quarters of its height; cut at its edges. */
export function polyline(path: readonly number[], width: number, height: number): string {
  const every = Math.ceil(path.length / MOST_POINTS);
  return path
    .map((ratio, at) => {
      const y = height / 2 - (height / 4) * (ratio / LIMIT);
      return [(width * at) / Math.max(1, path.length - 1), Math.max(0, Math.min(height, y))];
    })
    .filter((_, at) => at % every === 0 || at === path.length - 1)
    .map(point => point.map(n => n.toFixed(1)).join(','))
    .join(' ');
}
