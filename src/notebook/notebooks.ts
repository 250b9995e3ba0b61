/** The notebooks of the application: which one is open, and what is being selected in it. */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ISignal, Signal } from '@lumino/signaling';

import type { INotebooks, ISelection } from '../tokens';
import type { IPoint } from '../anchoring/dom';
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
  constructor(private readonly _options: INotebooksOptions) {
    const { tracker } = _options;
    tracker.widgetAdded.connect((_, panel) => void this._add(panel));
    tracker.forEach(panel => void this._add(panel));
    tracker.currentChanged.connect(() => this._turn());
    tracker.activeCellChanged.connect((_, cell) => {
      if (this._output && !cell?.node.contains(this._output)) {
        this._output = null;
      }
    });
    document.addEventListener('mousedown', this._down, true);
    document.addEventListener('mouseup', this._up, true);
    document.addEventListener('selectionchange', this._change);
  }

  get current(): NotebookDocument | null {
    return this._current;
  }

  get currentChanged(): ISignal<this, NotebookDocument | null> {
    return this._currentChanged;
  }

  get selected(): ISignal<this, ISelection | null> {
    return this._selected;
  }

  /** Where the person pressed last in an output, with either button: a place where something may be missing. */
  get caret(): ISelection | null {
    return this._caret?.node.isConnected ? (this._documentAt(this._caret.node)?.point(this._caret) ?? null) : null;
  }

  get pressed(): { cell: string; output: number } | null {
    return this._output?.isConnected ? (this._documentAt(this._output)?.outputAt(this._output) ?? null) : null;
  }

  async openSample(sample: string, content: object): Promise<void> {
    const { contents, open } = this._options;
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
    document.removeEventListener('mousedown', this._down, true);
    document.removeEventListener('mouseup', this._up, true);
    document.removeEventListener('selectionchange', this._change);
    this._documents.forEach(notebook => notebook.dispose());
    Signal.clearData(this);
  }

  private async _add(panel: NotebookPanel): Promise<void> {
    await panel.context.ready;
    if (panel.isDisposed || this._documents.has(panel)) {
      return;
    }
    const { trans, dialogs } = this._options;
    const notebook = new NotebookDocument({ panel, painter: this._painter, trans, dialogs });
    this._documents.set(panel, notebook);
    panel.disposed.connect(() => {
      this._documents.delete(panel);
      this._turn();
    });
    this._turn();
  }

  private _turn(): void {
    const panel = this._options.tracker.currentWidget;
    const current = (panel && this._documents.get(panel)) ?? null;
    if (current !== this._current) {
      this._current = current;
      this._currentChanged.emit(current);
      this._tell(null);
    }
  }

  private _documentAt(node: Node): NotebookDocument | null {
    for (const [panel, notebook] of this._documents) {
      if (panel.content.node.contains(node)) {
        return notebook;
      }
    }
    return null;
  }

  private readonly _down = (event: MouseEvent): void => {
    this._dragging = true;
    const output = (event.target as Element).closest('.jp-OutputArea-output');
    if (output) {
      this._output = output;
      const point = pointAt(event.clientX, event.clientY);
      this._caret = point && output.contains(point.node) ? point : null;
    }
  };

  private readonly _up = (): void => {
    this._dragging = false;
    // The browser settles the selection after this event.
    window.setTimeout(() => this._look());
  };

  private readonly _change = (): void => {
    window.clearTimeout(this._timer);
    if (!this._dragging) {
      this._timer = window.setTimeout(() => this._look(), SETTLED);
    }
  };

  private _look(): void {
    const selection = window.getSelection();
    const range = selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const spelled = range && [range.startContainer, range.startOffset, range.endContainer, range.endOffset];
    if (spelled && this._looked?.every((part, i) => part === spelled[i])) {
      return;
    }
    this._looked = spelled;
    this._tell(range && (this._documentAt(range.commonAncestorContainer)?.select(range) ?? this._beside(range)));
  }

  /** A selection that begins in an output and ends outside of the notebook, or the other way round. */
  private _beside(range: Range): ISelection | null {
    return (this._documentAt(range.startContainer) ?? this._documentAt(range.endContainer))?.select(range) ?? null;
  }

  private _tell(selection: ISelection | null): void {
    if (selection || this._shown) {
      this._shown = selection !== null;
      this._selected.emit(selection);
    }
  }

  private readonly _painter = new Painter();
  private readonly _documents = new Map<NotebookPanel, NotebookDocument>();
  private readonly _currentChanged = new Signal<this, NotebookDocument | null>(this);
  private readonly _selected = new Signal<this, ISelection | null>(this);
  private _current: NotebookDocument | null = null;
  private _caret: IPoint | null = null;
  private _output: Element | null = null;
  private _dragging = false;
  private _shown = false;
  private _looked: unknown[] | null = null;
  private _timer = 0;
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
