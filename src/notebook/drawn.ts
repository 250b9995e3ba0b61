/** Cells and outputs as they are drawn: from a model to its part of the page, and back. */
import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { Target, TurnRecord } from '../contract';
import { IFound, Readings, placed } from '../anchoring/place';
import { recordIn } from './keys';
import { isCode } from './outputs';

/** One output as it is drawn. A nested `Output` widget is part of the output that it stands in. */
export interface IDrawn {
  readonly index: number;
  readonly root: Element;
  readonly record: TurnRecord | null;
}

/** Where a target is now. */
export interface ILocated extends IFound {
  readonly output: IDrawn;
  /** The same words, but another turn or another output that says them less surely. */
  readonly elsewhere: boolean;
}

/** From this score on, the same words in another output of the cell are the same words. */
const SURE = 0.97;

/** The code cell with an id. */
export function cellOf(panel: NotebookPanel, id: string): CodeCell | null {
  const cell = panel.content.widgets.find(w => w.model.id === id);
  return cell && isCode(cell.model) ? (cell as CodeCell) : null;
}

/** The code cell that a node of the page stands in. */
export function cellAt(panel: NotebookPanel, node: Node): CodeCell | null {
  const element = (node instanceof Element ? node : node.parentElement)?.closest('.jp-CodeCell');
  const cell = element && panel.content.widgets.find(w => w.node.contains(element));
  return cell && isCode(cell.model) ? (cell as CodeCell) : null;
}

/** The outputs of a cell that are drawn, in order. */
export function drawnIn(cell: CodeCell): IDrawn[] {
  if (cell.isDisposed || cell.outputArea.isDisposed) {
    return [];
  }
  const { outputs } = cell.model;
  return cell.outputArea.widgets.flatMap((widget, index) => {
    const root = widget.node.querySelector('.jp-OutputArea-output');
    return root && index < outputs.length ? [{ index, root, record: recordIn(outputs.get(index).data) }] : [];
  });
}

/** Whether a cell has outputs that are not drawn (yet), or is being run. */
export function isPending(cell: CodeCell, outputs: readonly IDrawn[]): boolean {
  return (
    cell.model.executionState === 'running' ||
    outputs.some(o => o.record?.status === 'streaming' || !o.root.hasChildNodes()) ||
    outputs.length < cell.model.outputs.length
  );
}

/**
 * Find a target in a cell's outputs: first in the output that it names, then in the others. A turn's words are never
 * taken to be another turn's.
 */
export function located(outputs: readonly IDrawn[], target: Target, readings: Readings): ILocated | null {
  const own = target.turn ? outputs.find(o => o.record?.turn === target.turn) : undefined;
  const named = own ?? outputs.find(o => o.index === target.output);
  const order = named ? [named, ...outputs.filter(o => o !== named)] : outputs;
  let best: ILocated | null = null;
  for (const output of order) {
    const found = placed(output.root, target, readings);
    if (found && found.score > (best?.score ?? 0)) {
      const other = Boolean(target.turn) && output.record?.turn !== target.turn;
      const elsewhere = other || (output !== named && found.score < SURE);
      best = { ...found, output, elsewhere, place: elsewhere ? 'moved' : found.place };
      if (best.place === 'attached') {
        break;
      }
    }
  }
  return best;
}
