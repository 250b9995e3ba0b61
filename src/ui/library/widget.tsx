import * as React from '../react';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { Library } from './body';

/** What a person brought to read; a tab of the main area. */
export class LibraryWidget extends Panel<IOpeningOptions> {
  constructor(options: IOpeningOptions) {
    super(options);
    this.id = 'reconst-library';
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Library');
    this.title.closable = true;
  }

  protected render(): JSX.Element {
    const { reconst, open, trans } = this.options;
    return (
      <Library
        library={reconst.library}
        trans={trans}
        onAdd={() => open.ask(trans.__('Add to the library'), trans.__('Path of a file or folder on the server'))}
        onOpen={open.file}
      />
    );
  }
}
