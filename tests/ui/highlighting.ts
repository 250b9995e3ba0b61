/** What the browser tests of highlights do in the page: select, keep, and say what is painted. */
import type { Page } from '@playwright/test';

/** A highlight as the test remembers it. */
export interface IHighlighted {
  readonly cell: number;
  /** What the browser says is selected, without white space. */
  readonly selected: string;
  /** What is quoted, without white space. */
  readonly quoted: string;
  readonly formula: boolean;
}

export interface IPainted {
  readonly cell: number;
  readonly words: string;
  readonly paint: string;
}

export interface IPlacedNow {
  readonly cell: number;
  readonly place: string;
  readonly quote: string;
}

/** Make the open notebook known to the page as `reconstTest`. */
export async function expose(page: Page): Promise<void> {
  await page.evaluate(() => {
    const all = window as unknown as { jupyterapp: IApp; reconstTest: ITested };
    const { service: notebooks } = all.jupyterapp.pluginRegistry._plugins.get('jupyter-reconst:notebooks')!;
    const indexOf = (node: Node): number => {
      const element = node instanceof Element ? node : node.parentElement;
      const cells = all.jupyterapp.shell.currentWidget.content.widgets;
      // The outputs of a cell that is not drawn yet stand outside of it.
      return cells.findIndex(cell => cell.node.contains(element) || cell.outputArea?.node.contains(element));
    };
    let made = 0;
    all.reconstTest = {
      notebooks,
      get document() {
        return notebooks.current!;
      },
      indexOf,
      keep(target) {
        const stamp = `${Date.now() % 1e9}`.padStart(9, '0') + `${made++}`.padStart(5, '0');
        notebooks.current!.annotate({
          '@context': 'http://www.w3.org/ns/anno.jsonld',
          type: 'Annotation',
          id: `01J000000000${stamp}`,
          motivation: 'highlighting',
          body: [],
          target,
          created: '2026-11-23T00:00:00Z',
          modified: null,
          creator: { type: 'Person', name: 'Ana' }
        });
      },
      outputs() {
        const cells = all.jupyterapp.shell.currentWidget.content.widgets;
        return cells.flatMap((cell, index) => {
          const panels = cell.outputArea?.widgets ?? [];
          return panels.flatMap(panel => {
            const root = panel.node.querySelector('.jp-OutputArea-output');
            return root ? [{ index, root }] : [];
          });
        });
      }
    };
  });
}

/** Highlight stretches of every output, from random places of its text on, and keep them. */
export function highlightAtRandom(page: Page, each: number, most: number, seed: number): Promise<IHighlighted[]> {
  return page.evaluate(
    ([each, most, seed]) => {
      const { notebooks, keep, outputs } = (window as unknown as { reconstTest: ITested }).reconstTest;
      let state = seed;
      const below = (n: number): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * n);
      };
      const bare = (text: string): string => text.replace(/\s+/g, '');
      const made: IHighlighted[] = [];
      for (const { index, root } of outputs()) {
        const texts: Text[] = [];
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
          const parent = node.parentElement!;
          const box = document.createRange();
          box.selectNodeContents(node);
          const skipped = parent.closest(
            'style, script, [data-reconst-ignore], .jp-OutputPrompt, .jp-InternalAnchorLink'
          );
          if (node.data.trim() && !skipped && box.getClientRects().length > 0) {
            texts.push(node);
          }
        }
        const total = texts.reduce((sum, node) => sum + node.length, 0);
        for (let n = 0; n < each && total > 4 && made.length < most; n++) {
          const start = below(total - 2);
          const end = Math.min(total, start + 2 + below(below(4) ? 60 : 400));
          const range = document.createRange();
          // No person selects half of a character.
          const whole = (node: Text, offset: number): number =>
            offset - (/[\udc00-\udfff\u0300-\u036f]/.test(node.data[offset] ?? '') ? 1 : 0);
          let at = 0;
          for (const node of texts) {
            if (start >= at && start < at + node.length) {
              range.setStart(node, whole(node, start - at));
            }
            if (end > at && end <= at + node.length) {
              range.setEnd(node, whole(node, end - at));
            }
            at += node.length;
          }
          const selection = window.getSelection()!;
          selection.removeAllRanges();
          selection.addRange(range);
          const said = selection.toString();
          const found = said.trim() ? notebooks.current!.select(range) : null;
          if (!found) {
            continue;
          }
          keep(found.target);
          const quoted = found.target.selector.find(s => s.exact !== undefined)!.exact!;
          const inside = (node: Node): boolean => node.parentElement?.closest('mjx-container') !== null;
          const formula =
            inside(range.startContainer) ||
            inside(range.endContainer) ||
            range.cloneContents().querySelector('mjx-container') !== null;
          made.push({ cell: index, selected: bare(said), quoted: bare(quoted), formula });
        }
        window.getSelection()!.removeAllRanges();
      }
      return made;
    },
    [each, most, seed] as const
  );
}

/** Only outputs in view are painted. Before the page is opened: outputs that are scrolled out count as in view too. */
export async function seeAll(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.IntersectionObserver = class extends IntersectionObserver {
      readonly #told: IntersectionObserverCallback;

      constructor(told: IntersectionObserverCallback, options?: IntersectionObserverInit) {
        super(told, options);
        this.#told = told;
      }

      override observe(target: Element): void {
        if (target.matches('.jp-Cell-outputArea')) {
          queueMicrotask(() => this.#told([{ target, isIntersecting: true } as IntersectionObserverEntry], this));
        } else {
          super.observe(target);
        }
      }
    };
  });
}

/** The words under every painted highlight, as the browser has them. */
export function painted(page: Page): Promise<IPainted[]> {
  return page.evaluate(() => {
    const { indexOf } = (window as unknown as { reconstTest: ITested }).reconstTest;
    const found: IPainted[] = [];
    for (const [name, highlight] of CSS.highlights as unknown as Map<string, Set<StaticRange>>) {
      for (const range of name.startsWith('reconst-') ? highlight : []) {
        const live = document.createRange();
        try {
          live.setStart(range.startContainer, range.startOffset);
          live.setEnd(range.endContainer, range.endOffset);
        } catch {
          // The page has just changed; the browser does not paint this one.
          continue;
        }
        const words = live.toString().replace(/\s+/g, '');
        found.push({ cell: indexOf(range.startContainer), words, paint: name.slice('reconst-'.length) });
      }
    }
    return found.sort((a, b) => a.cell - b.cell || (a.words < b.words ? -1 : 1));
  });
}

/** Where the annotations are now. */
export function placesOf(page: Page): Promise<IPlacedNow[]> {
  return page.evaluate(() => {
    const test = (window as unknown as { reconstTest: ITested }).reconstTest;
    const ids = test.document.cells.map(c => c.cell);
    return test.document.placed.map(({ annotation, cell, place }) => ({
      cell: ids.indexOf(cell),
      place,
      quote: annotation.target.selector.find(s => s.exact !== undefined)?.exact ?? ''
    }));
  });
}

/** Highlight the first occurrence of some words of a cell's last output, and keep it. */
export async function highlight(page: Page, cell: number, words: string): Promise<void> {
  await page.evaluate(
    ([cell, words]) => {
      const { document: notebook, keep } = (window as unknown as { reconstTest: ITested }).reconstTest;
      const sentences = notebook.sentences(notebook.cells[cell].cell)!;
      const start = sentences.text.indexOf(words);
      if (start < 0) {
        throw new Error(`“${words}” is not in: ${sentences.text}`);
      }
      keep(sentences.select(start, start + words.length).target);
    },
    [cell, words] as const
  );
}

interface ITarget {
  selector: { type: string; exact?: string }[];
}

interface IFoundSelection {
  target: ITarget;
  reading: string;
  box(): object | null;
}

export interface ITested {
  notebooks: {
    current: ITested['document'] | null;
    selected: { connect(slot: (sender: unknown, selection: IFoundSelection | null) => void): void };
  };
  readonly document: {
    cells: { cell: string; turn: string | null }[];
    placed: { annotation: { id: string; target: ITarget }; cell: string; place: string }[];
    records: { turn: string; reply: string; status: string }[];
    metadata: Record<string, unknown>;
    clicked: { connect(slot: (sender: unknown, clicked: { annotation: { target: ITarget } }) => void): void };
    select(range: AbstractRange): IFoundSelection | null;
    sentences(cell: string): { text: string; select(start: number, end: number): IFoundSelection } | null;
    whole(cell: string): IFoundSelection | null;
    annotate(annotation: object): void;
    unannotate(id: string): { dispose(): void };
    write(writes: object, removes?: string[]): void;
    strip(): void;
    reveal(id: string): IFoundSelection | null;
    activate(target: ITarget | null): void;
    settle(annotations: ReadonlySet<string>): void;
    ask(prompt: string, options: object): Promise<{ cell: string; ran: boolean }>;
    askAgain(cell: string): Promise<{ cell: string; ran: boolean; prompt: string }>;
    output(cell: string, record: object): void;
  };
  indexOf(node: Node): number;
  keep(target: ITarget): void;
  outputs(): { index: number; root: Element }[];
}

interface IApp {
  pluginRegistry: { _plugins: Map<string, { service: ITested['notebooks'] }> };
  shell: {
    currentWidget: {
      content: { widgets: { node: Element; outputArea?: { node: Element; widgets: { node: Element }[] } }[] };
    };
  };
}
