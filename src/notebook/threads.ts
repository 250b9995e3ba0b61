/** How the turns that a notebook shows continue each other: as a tree, and in words where it is not plain to see. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { TurnRecord } from '../contract';
import type { IThread } from '../tokens';

export interface IShown {
  readonly cell: string;
  readonly label: string;
  readonly record: TurnRecord;
}

/** The turns in the order of their cells. Only branches go deeper: a conversation of a hundred turns is one line down. */
export function threads(shown: readonly IShown[], trans: TranslationBundle): IThread[] {
  const turns = new Map(shown.map(({ record }, at) => [record.turn, at]));
  const cells = new Map(shown.map(({ cell }, at) => [cell, at]));
  const answers = new Map<string, number>();
  shown.forEach(({ record: { parent } }) => parent && answers.set(parent, (answers.get(parent) ?? 0) + 1));
  const seen = new Set<string>();
  const found: IThread[] = [];
  shown.forEach(({ cell, label, record: { parent, follows, prompt } }, at) => {
    const from = turns.get(parent ?? '') ?? -1;
    const then = from < 0 ? (cells.get(follows ?? '') ?? -1) : from;
    const name = shown[then]?.label;
    let said = '';
    if (parent && from < 0) {
      said =
        name && then !== at
          ? trans.__('continues an earlier reply of %1; asked again, it continues the new one', name)
          : trans.__('continues a reply that is not shown here');
    } else if (parent && answers.get(parent)! > 1) {
      said = trans.__('continues %1, beside another answer', name);
    } else if (parent && from !== at - 1) {
      said = trans.__('continues %1', name);
    }
    const depth = parent ? (found[then]?.depth ?? 0) + (seen.has(parent) ? 1 : 0) : 0;
    seen.add(parent ?? '');
    found.push({ cell, label, prompt: prompt.slice(0, 200), said, depth });
  });
  return found;
}
