/**
 * The reading text of a piece of the page: what a person sees, as text.
 *
 * Blocks and rows become lines, cells of a table are parted by tabs, white space is as it is drawn, and a formula is one
 * atom spelled by its TeX. Whatever is marked `data-reconst-ignore` is not read.
 */
import { texOf } from './tex';

/** A stretch of the text that comes from one node: of a text node from some unit on, or a whole formula. */
export interface ISegment {
  readonly node: Text | Element;
  readonly from: number;
  readonly start: number;
  readonly length: number;
}

export interface IWalk {
  readonly text: string;
  readonly segments: readonly ISegment[];
  /** Whether the walk came to the end of the root. */
  readonly complete: boolean;
}

export const ATOMS = 'mjx-container, .katex, math';
const IGNORED =
  '[data-reconst-ignore], [hidden], script, style, template, textarea, select, iframe, .jp-InternalAnchorLink, ' +
  '.jp-OutputArea-prompt, .jp-OutputArea-promptOverlay, .jp-OutputArea-stdin-item';
const BLOCKS = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BR BUTTON CAPTION DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 ' +
    'H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TFOOT THEAD TR UL'
  ).split(' ')
);
/** The tags among the ignored ones and the atoms. */
const TAGS = new Set(['script', 'style', 'template', 'textarea', 'select', 'iframe', 'math', 'mjx-container']);
const CELLS = new Set(['TD', 'TH']);
const NODES = 300_000;

/** Read at most `limit` units of text from the root on, or from some unit of a text node in it. */
export function walk(root: Node, limit: number, first: { node: Text; offset: number } | null = null): IWalk {
  const walker = new Walker(limit);
  return walker.walk(root, first);
}

class Walker {
  #parts: string[] = [];
  #length = 0;
  #segments: ISegment[] = [];
  /** What parts the next text from the last one. */
  #gap: '' | ' ' | '\t' | '\n' = '';
  /** The open elements that keep white space. */
  #keeping: Node[] = [];

  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  walk(root: Node, first: { node: Text; offset: number } | null): IWalk {
    let node: Node = first?.node ?? root;
    let visits = 0;
    for (let above = node.parentNode; first && above && above !== root.parentNode; above = above.parentNode) {
      if (keepsSpace(above)) {
        this.#keeping.unshift(above);
      }
    }
    for (;;) {
      const inner = this.#enter(node, node === first?.node ? first.offset : 0);
      if (this.#length >= this.#limit || visits++ > NODES) {
        return this.#walked(false);
      }
      if (inner) {
        node = inner;
        continue;
      }
      this.#leave(node);
      while (node !== root && !node.nextSibling) {
        node = node.parentNode!;
        this.#leave(node);
      }
      if (node === root) {
        return this.#walked(true);
      }
      node = node.nextSibling!;
    }
  }

  #walked(complete: boolean): IWalk {
    return { text: this.#parts.join(''), segments: this.#segments, complete };
  }

  /** Read a node; its first child if that must be read next. */
  #enter(node: Node, offset: number): Node | null {
    if (node.nodeType === Node.TEXT_NODE) {
      this.#text(node as Text, offset);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const element = node as HTMLElement;
      // Most elements of a long log are plain: nothing to ask of them.
      if (element.attributes.length > 0 || TAGS.has(element.localName)) {
        if (element.matches(IGNORED) || element.style?.display === 'none') {
          return null;
        }
        if (element.matches(ATOMS)) {
          this.#add(element, 0, texOf(element));
          return null;
        }
      }
      if (keepsSpace(element)) {
        this.#keeping.push(element);
      }
      this.#part(element);
      return element.firstChild;
    }
    return null;
  }

  #leave(node: Node): void {
    if (node.nodeType === Node.ELEMENT_NODE) {
      this.#part(node as Element);
      if (this.#keeping[this.#keeping.length - 1] === node) {
        this.#keeping.pop();
      }
    }
  }

  #part({ tagName }: Element): void {
    if (BLOCKS.has(tagName)) {
      this.#gap = '\n';
    } else if (CELLS.has(tagName) && this.#gap !== '\n') {
      this.#gap = '\t';
    }
  }

  #text(node: Text, offset: number): void {
    const room = this.#limit - this.#length;
    const data = node.data.slice(offset, offset + room);
    if (this.#keeping.length > 0) {
      this.#add(node, offset, data);
      return;
    }
    // White space as it is drawn: any run of it is one space.
    const runs = /[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*/g;
    let end = 0;
    for (let run = runs.exec(data); run; run = runs.exec(data)) {
      if (run.index > end) {
        this.#gap ||= ' ';
      }
      this.#add(node, offset + run.index, run[0]);
      end = run.index + run[0].length;
    }
    if (end < data.length) {
      this.#gap ||= ' ';
    }
  }

  #add(node: Text | Element, from: number, text: string): void {
    if (!text) {
      return;
    }
    const last = this.#parts[this.#parts.length - 1] ?? '\n';
    // Text that keeps its white space may bring its own end of line.
    const gap = this.#length === 0 || (this.#gap !== '\t' && last.endsWith('\n')) ? '' : this.#gap;
    this.#gap = '';
    this.#segments.push({ node, from, start: this.#length + gap.length, length: text.length });
    this.#parts.push(gap + text);
    this.#length += gap.length + text.length;
  }
}

function keepsSpace(node: Node): boolean {
  const element = node as HTMLElement;
  return (
    element.tagName === 'PRE' || (element.hasAttribute('style') && /^(pre|break)/.test(element.style?.whiteSpace ?? ''))
  );
}
