import type { Annotation } from '../../contract';
import type { INotebookDocument, ISelection } from '../../tokens';
import * as React from '../react';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { quoteOf } from '../parts/words';
import { takeDrops } from '../share/pick';
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
    this.node.addEventListener('keydown', event => this.#undo(event));
    takeDrops(this.node, file => void options.reconst.sharing.bring(file).then(done => done && options.open.offer()));
    options.notebooks.selected.connect((_, selection) => this.#selected(selection), this);
    options.notebooks.currentChanged.connect(() => void this.#opened++, this);
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
        opened={this.#opened}
        placing={this.#placing}
        offer={this.#offer && { quote: quoteOf(about(this.#offer)), target: this.#offer.target }}
        onPlacing={annotation => this.#place(annotation)}
        onGoTo={annotation => void this.#notebook?.reveal(annotation.id)}
      />
    );
  }

  /** Ctrl+Z takes back what the notice says was done; in a box it is the box's. */
  #undo(event: KeyboardEvent): void {
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

  #place(annotation: Annotation | null): void {
    this.#placing = annotation;
    this.#offer = null;
    this.update();
  }

  #selected(selection: ISelection | null): void {
    if (this.#placing && selection) {
      this.#offer = selection;
      this.update();
    }
  }

  get #notebook(): INotebookDocument | null {
    return this.options.notebooks.current;
  }

  #opened = 0;
  #placing: Annotation | null = null;
  #offer: ISelection | null = null;
}

/** A selection read as if it were annotated, to quote it. */
function about(selection: ISelection): Annotation {
  return { target: selection.target } as Annotation;
}
