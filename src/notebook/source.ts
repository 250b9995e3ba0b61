/** Words in the source of a cell: going there, and adding some. False where that is not possible. */
import type { Cell, MarkdownCell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';

import type { Question, Target, Trace } from '../contract';
import { placed } from '../anchoring/place';
import { unitsOf } from '../anchoring/points';

/** Select the words that a trace quotes, and let their cell flash; also where they are not there any more. */
export async function goTo(notebook: Notebook, id: string, { quote, start }: Trace): Promise<boolean> {
  const cell = await activated(notebook, id);
  const source = cell?.model.sharedModel.getSource() ?? '';
  const told = unitsOf(source, start);
  const at = source.startsWith(quote, told) ? told : source.indexOf(quote);
  void cell?.node.animate({ backgroundColor: ['var(--jp-warn-color3)', 'transparent'] }, 2_000);
  if (!cell || at < 0) {
    return false;
  }
  const { editor } = cell;
  const selection = window.getSelection()!;
  selection.removeAllRanges();
  if ((cell as MarkdownCell).rendered) {
    const words = {
      selector: [{ type: 'TextQuoteSelector', exact: quote, prefix: '', suffix: '' }]
    } as unknown as Target;
    const found = placed(cell.node.querySelector('.jp-MarkdownOutput')!, words);
    const range = found?.reading.rangeOf(found.start, found.end);
    if (range) {
      const { startContainer, startOffset, endContainer, endOffset } = range;
      selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
      startContainer.parentElement!.scrollIntoView({ block: 'nearest' });
    }
  } else if (editor) {
    const [from, to] = [at, at + quote.length].map(place => editor.getPositionAt(place)!);
    editor.setSelection({ start: from, end: to });
    editor.revealPosition(from);
  }
  return true;
}

/** Put a question under a cell's words, and the caret where its answer goes: the cell is then run again by hand. */
export async function answerIn(notebook: Notebook, id: string, { text, options }: Question): Promise<boolean> {
  const cell = await activated(notebook, id);
  if (cell) {
    const { sharedModel } = cell.model;
    const asked = options?.length ? `${text} (${options.join(' / ')})` : text;
    sharedModel.setSource(`${sharedModel.getSource().trimEnd()}\n\n${asked}\n→ `);
    notebook.mode = 'edit';
    cell.editor?.setCursorPosition(cell.editor.getPositionAt(sharedModel.getSource().length)!);
  }
  return !!cell;
}

async function activated(notebook: Notebook, id: string): Promise<Cell | undefined> {
  const index = notebook.widgets.findIndex(widget => widget.model.id === id);
  if (index >= 0) {
    notebook.activeCellIndex = index;
    await notebook.scrollToItem(index, 'smart').catch(() => undefined);
    await notebook.widgets[index].ready;
    notebook.activate();
  }
  return notebook.widgets[index];
}
