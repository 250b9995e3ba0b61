/** Words in the source of a cell: going there, and adding some. */
import { MarkdownCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { Question, Trace } from '../contract';
import { readingOf } from '../anchoring/dom';
import { match } from '../anchoring/quote';
import { unitsOf } from '../anchoring/points';

const FLASH = 'jp-mod-reconst-flash';

/** Show the words that a trace quotes, selected; where they have changed, their cell all the same. False then. */
export async function goTo({ content }: NotebookPanel, id: string, trace: Trace): Promise<boolean> {
  const index = content.widgets.findIndex(widget => widget.model.id === id);
  const cell = content.widgets[index];
  if (!cell) {
    return false;
  }
  const source = cell.model.sharedModel.getSource();
  const told = unitsOf(source, trace.start);
  const start = source.startsWith(trace.quote, told) ? told : source.indexOf(trace.quote);
  content.activeCellIndex = index;
  content.deselectAll();
  await content.scrollToItem(index, 'smart').catch(() => undefined);
  await cell.ready;
  content.activate();
  cell.removeClass(FLASH);
  void cell.node.offsetWidth; // So that it flashes again.
  cell.addClass(FLASH);
  if (start < 0) {
    return false;
  }
  const drawn = cell instanceof MarkdownCell && cell.rendered && cell.node.querySelector('.jp-MarkdownOutput');
  if (drawn) {
    const reading = readingOf(drawn);
    const found = match(reading.text, { selector: [{ type: 'TextQuoteSelector', exact: trace.quote }] } as never, 0);
    const range = found && reading.rangeOf(found.start, found.end);
    if (range) {
      window
        .getSelection()
        ?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
      range.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    }
  } else if (cell.editor) {
    const [from, to] = [start, start + trace.quote.length].map(at => cell.editor!.getPositionAt(at)!);
    cell.editor.setSelection({ start: from, end: to });
    cell.editor.revealPosition(from);
  }
  return true;
}

/** Put a question under a cell's words, and the caret where its answer goes: the cell is then run again by hand. */
export function answerIn({ content }: NotebookPanel, id: string, { text, options }: Question): boolean {
  const index = content.widgets.findIndex(widget => widget.model.id === id);
  const cell = content.widgets[index];
  if (!cell) {
    return false;
  }
  const { sharedModel } = cell.model;
  const asked = options?.length ? `${text} (${options.join(' / ')})` : text;
  sharedModel.setSource(`${sharedModel.getSource().trimEnd()}\n\n${asked}\n→ `);
  content.activeCellIndex = index;
  content.mode = 'edit';
  cell.editor?.setCursorPosition(cell.editor.getPositionAt(sharedModel.getSource().length)!);
  return true;
}
