import React from 'react';

import type { Annotation } from '../../contract';
import type { INotebookDocument, ISelection } from '../../tokens';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { quoteOf } from '../parts/words';
import { Sidebar } from './body';

/** The sidebar, for the right area at rank 700. */
export class SidebarWidget extends Panel<IOpeningOptions> {
  constructor(options: IOpeningOptions) {
    super(options);
    this.id = 'reconst-sidebar';
    this.addClass('jp-reconst-panel');
    this.title.icon = reconstIcon;
    this.title.caption = options.trans.__('Reconstitution');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', options.trans.__('Reconstitution'));
    this.node.addEventListener('keydown', event => this._undo(event));
    options.notebooks.selected.connect((_, selection) => this._selected(selection), this);
    options.notebooks.currentChanged.connect(() => void this._opened++, this);
  }

  protected render(): JSX.Element {
    const { reconst, drafts, open, trans, id, notebooks } = this.options;
    return (
      <Sidebar
        state={this.state}
        reconst={reconst}
        drafts={drafts}
        open={open}
        trans={trans}
        now={Date.now()}
        id={id}
        metadata={notebooks.current?.metadata ?? {}}
        opened={this._opened}
        placing={this._placing}
        offer={this._offer && { quote: quoteOf(about(this._offer)), target: this._offer.target }}
        onPlacing={annotation => this._place(annotation)}
        onGoTo={annotation => void this._notebook?.reveal(annotation.id)}
      />
    );
  }

  /** Ctrl+Z takes back what the notice says was done; in a box it is the box's. */
  private _undo(event: KeyboardEvent): void {
    const { notice } = this.state;
    const pressed = event.key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    const text = (event.target as HTMLElement).matches('textarea, input');
    if (pressed && !text && notice?.kind === 'done' && notice.action) {
      event.preventDefault();
      event.stopPropagation();
      this.options.reconst.dismiss();
      notice.action.run();
    }
  }

  private _place(annotation: Annotation | null): void {
    this._placing = annotation;
    this._offer = null;
    this.update();
  }

  private _selected(selection: ISelection | null): void {
    if (this._placing && selection) {
      this._offer = selection;
      this.update();
    }
  }

  private get _notebook(): INotebookDocument | null {
    return this.options.notebooks.current;
  }

  private _opened = 0;
  private _placing: Annotation | null = null;
  private _offer: ISelection | null = null;
}

/** A selection read as if it were annotated, to quote it. */
function about(selection: ISelection): Annotation {
  return { target: selection.target } as Annotation;
}
