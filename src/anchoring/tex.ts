/**
 * The TeX of a drawn formula.
 *
 * MathJax 3, as JupyterLab uses it, draws glyphs from style sheets and keeps MathML for screen readers; the TeX is not in
 * the page. So every formula is told its TeX, with its delimiters, in the step after typesetting (a render action, part
 * of MathJax' interface). The reading text is then the same before and after typesetting. KaTeX and MathJax 4 keep the
 * TeX in an annotation; where there is none at all, the letters of the MathML are read.
 */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

const TEX = 'reconstTex';
/** Just after MathJax' own state `TYPESET`. */
const TYPESET = 155;

interface IMathItem {
  math: string;
  start: { delim: string };
  end: { delim: string };
  typesetRoot?: HTMLElement;
}

interface IRenderAction {
  id: string;
  renderDoc(document: { math: Iterable<IMathItem> }): boolean;
  renderMath(item: IMathItem): boolean;
  convert: boolean;
}

interface IMathDocument {
  renderActions: { add(action: IRenderAction, priority: number): void };
}

type Typesetter = IRenderMime.ILatexTypesetter & { mathDocument?(): Promise<IMathDocument> };

/** Let every formula that this typesetter draws carry its TeX. */
export function keepTex(typesetter: IRenderMime.ILatexTypesetter): void {
  const host: Typesetter = typesetter;
  if (!host.mathDocument) {
    return;
  }
  const typeset = host.typeset.bind(host);
  let kept: Promise<void> | null = null;
  host.typeset = async (element: HTMLElement) => {
    try {
      kept ??= host.mathDocument!().then(document => document.renderActions.add(ACTION, TYPESET));
      await kept;
      await typeset(element);
    } catch (reason) {
      kept = null;
      console.warn('Formulas stay as they are written, for now.', reason); // MathJax is loaded at the first formula.
    }
  };
}

/** A formula's TeX in one line, with its delimiters. */
export function texOf(formula: Element): string {
  const known = formula.closest<HTMLElement>(`[data-reconst-tex]`)?.dataset[TEX];
  if (known) {
    return known;
  }
  const annotation = formula.querySelector('annotation[encoding="application/x-tex"]')?.textContent;
  const display = formula.getAttribute('display') === 'block' || formula.closest('.katex-display');
  const dollars = display ? '$$' : '$';
  return oneLine(annotation ? dollars + annotation.trim() + dollars : (formula.textContent ?? ''));
}

function keep(item: IMathItem): false {
  if (item.typesetRoot) {
    item.typesetRoot.dataset[TEX] = oneLine(item.start.delim + item.math + item.end.delim);
  }
  return false;
}

function oneLine(text: string): string {
  return text.replace(/[ \t\n\r\f]+/g, ' ').trim();
}

const ACTION: IRenderAction = {
  id: 'reconst-tex',
  renderDoc: document => {
    for (const item of document.math) {
      keep(item);
    }
    return false;
  },
  renderMath: keep,
  convert: false
};
