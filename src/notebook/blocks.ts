/**
 * Markdown in blocks, for a reply that grows: a block that is finished is never drawn again.
 *
 * Blocks end at blank lines outside fences and display formulas. A list stays one block, and so does what is indented
 * under it, because its items decide together how they are spaced and numbered.
 */
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]/;
const INDENTED = /^(?: {2,}|\t)\S/;

export function blocks(markdown: string): string[] {
  const found: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  let formula = false;
  const lines = markdown.split('\n');
  lines.forEach((line, index) => {
    block.push(line);
    const mark = FENCE.exec(line)?.[1] ?? null;
    if (fence) {
      fence = mark && mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark ? null : fence;
    } else if (mark) {
      fence = mark;
    } else if (line.split('$$').length % 2 === 0) {
      formula = !formula;
    }
    const blank = line.trim() === '';
    if (
      blank &&
      !fence &&
      !formula &&
      !continues(
        block,
        lines.slice(index + 1).find(next => next.trim() !== '')
      )
    ) {
      push(found, block);
      block = [];
    }
  });
  push(found, block);
  return found;
}

/** Whether what comes next belongs to the list that a block is. */
function continues(block: readonly string[], next: string | undefined): boolean {
  return ITEM.test(block[0]) && (next === undefined || ITEM.test(next) || INDENTED.test(next));
}

function push(found: string[], block: readonly string[]): void {
  if (block.some(line => line.trim() !== '')) {
    found.push(block.join('\n').replace(/\s+$/, ''));
  }
}
