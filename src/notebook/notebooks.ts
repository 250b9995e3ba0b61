/** The notebooks of the application: which one is open, and what is being selected in it. */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ISignal, Signal } from '@lumino/signaling';

import type { TextFile } from '../contract';
import type { INotebooks, ISelection } from '../tokens';
import type { IPoint } from '../anchoring/dom';
import { ours } from './carried';
import { NotebookDocument } from './document';
import { Painter } from './painter';

export interface INotebooksOptions {
  readonly tracker: INotebookTracker;
  readonly contents: Contents.IManager;
  readonly open: (path: string) => Promise<unknown>;
  readonly trans: TranslationBundle;
  readonly dialogs?: ISessionContextDialogs;
}

/** Milliseconds after which a selection by keyboard or touch counts as settled. */
const SETTLED = 250;

export class Notebooks implements INotebooks {
  readonly #options: INotebooksOptions;

  constructor(options: INotebooksOptions) {
    this.#options = options;
    const { tracker } = options;
    tracker.widgetAdded.connect((_, panel) => void this.#add(panel));
    tracker.forEach(panel => void this.#add(panel));
    tracker.currentChanged.connect(() => this.#turn());
    tracker.activeCellChanged.connect((_, cell) => {
      if (this.#output && !cell?.node.contains(this.#output)) {
        this.#output = null;
      }
    });
    document.addEventListener('mousedown', this.#down, true);
    document.addEventListener('mouseup', this.#up, true);
    document.addEventListener('selectionchange', this.#change);
  }

  get current(): NotebookDocument | null {
    return this.#current;
  }

  get currentChanged(): ISignal<this, NotebookDocument | null> {
    return this.#currentChanged;
  }

  get selected(): ISignal<this, ISelection | null> {
    return this.#selected;
  }

  /** Where the person pressed last in an output, with either button: a place where something may be missing. */
  get caret(): ISelection | null {
    return this.#caret?.node.isConnected ? (this.#documentAt(this.#caret.node)?.point(this.#caret) ?? null) : null;
  }

  get pressed(): { cell: string; output: number } | null {
    return this.#output?.isConnected ? (this.#documentAt(this.#output)?.outputAt(this.#output) ?? null) : null;
  }

  async read(path: string): Promise<TextFile> {
    const { contents } = this.#options;
    const name = PathExt.basename(path);
    if (PathExt.extname(path) !== '.ipynb') {
      return { name, text: String((await contents.get(path, { type: 'file', format: 'text' })).content) };
    }
    const { content } = await contents.get(path, { type: 'notebook' });
    return { name, text: JSON.stringify({ metadata: ours((content as { metadata: object }).metadata) }) };
  }

  async openSample(sample: string, content: object): Promise<void> {
    const { contents, open } = this.#options;
    const made = await contents.newUntitled({ type: 'notebook' });
    await contents.save(made.path, { type: 'notebook', format: 'json', content });
    let path = made.path;
    for (let n = 0; n < 100; n++) {
      const name = PathExt.join(PathExt.dirname(made.path), `${sample}${n ? `-${n}` : ''}.ipynb`);
      try {
        path = (await contents.rename(made.path, name)).path;
        break;
      } catch {
        // That name is taken.
      }
    }
    await open(path);
  }

  dispose(): void {
    document.removeEventListener('mousedown', this.#down, true);
    document.removeEventListener('mouseup', this.#up, true);
    document.removeEventListener('selectionchange', this.#change);
    this.#documents.forEach(notebook => notebook.dispose());
    Signal.clearData(this);
  }

  async #add(panel: NotebookPanel): Promise<void> {
    await panel.context.ready;
    if (panel.isDisposed || this.#documents.has(panel)) {
      return;
    }
    const { trans, dialogs } = this.#options;
    const notebook = new NotebookDocument({ panel, painter: this.#painter, trans, dialogs });
    this.#documents.set(panel, notebook);
    panel.disposed.connect(() => {
      this.#documents.delete(panel);
      this.#turn();
    });
    this.#turn();
  }

  #turn(): void {
    const panel = this.#options.tracker.currentWidget;
    const current = (panel && this.#documents.get(panel)) ?? null;
    if (current !== this.#current) {
      this.#current = current;
      this.#currentChanged.emit(current);
      this.#tell(null);
    }
  }

  #documentAt(node: Node): NotebookDocument | null {
    for (const [panel, notebook] of this.#documents) {
      if (panel.content.node.contains(node)) {
        return notebook;
      }
    }
    return null;
  }

  readonly #down = (event: MouseEvent): void => {
    this.#dragging = true;
    const output = (event.target as Element).closest('.jp-OutputArea-output');
    if (output) {
      this.#output = output;
      const point = pointAt(event.clientX, event.clientY);
      this.#caret = point && output.contains(point.node) ? point : null;
    }
  };

  readonly #up = (): void => {
    this.#dragging = false;
    // The browser settles the selection after this event.
    window.setTimeout(() => this.#look());
  };

  readonly #change = (): void => {
    window.clearTimeout(this.#timer);
    if (!this.#dragging) {
      this.#timer = window.setTimeout(() => this.#look(), SETTLED);
    }
  };

  #look(): void {
    const selection = window.getSelection();
    const range = selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const spelled = range && [range.startContainer, range.startOffset, range.endContainer, range.endOffset];
    if (spelled && this.#looked?.every((part, i) => part === spelled[i])) {
      return;
    }
    this.#looked = spelled;
    this.#tell(range && (this.#documentAt(range.commonAncestorContainer)?.select(range) ?? this.#beside(range)));
  }

  /** A selection that begins in an output and ends outside of the notebook, or the other way round. */
  #beside(range: Range): ISelection | null {
    return (this.#documentAt(range.startContainer) ?? this.#documentAt(range.endContainer))?.select(range) ?? null;
  }

  #tell(selection: ISelection | null): void {
    if (selection || this.#shown) {
      this.#shown = selection !== null;
      this.#selected.emit(selection);
    }
  }

  readonly #painter = new Painter();
  readonly #documents = new Map<NotebookPanel, NotebookDocument>();
  readonly #currentChanged = new Signal<this, NotebookDocument | null>(this);
  readonly #selected = new Signal<this, ISelection | null>(this);
  #current: NotebookDocument | null = null;
  #caret: IPoint | null = null;
  #output: Element | null = null;
  #dragging = false;
  #shown = false;
  #looked: unknown[] | null = null;
  #timer = 0;
}

/** The place between two characters at a point of the viewport; browsers have two names for it. */
function pointAt(x: number, y: number): IPoint | null {
  const page = document as Document & {
    caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null;
  };
  if (page.caretPositionFromPoint) {
    const position = page.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  const range = page.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
