import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISessionContextDialogs } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { Notebooks } from '../notebook/notebooks';
import { INotebooks } from '../tokens';

/** The open notebooks, their highlights, and what is selected in them. */
export const notebooks: JupyterFrontEndPlugin<INotebooks> = {
  id: 'jupyter-reconst:notebooks',
  description: 'Highlights in outputs: selecting, placing and painting them.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator, ISessionContextDialogs],
  provides: INotebooks,
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    dialogs: ISessionContextDialogs | null
  ): INotebooks =>
    new Notebooks({
      tracker,
      contents: app.serviceManager.contents,
      open: path => app.commands.execute('docmanager:open', { path, factory: 'Notebook' }),
      trans: (translator ?? nullTranslator).load('jupyter_reconst'),
      dialogs: dialogs ?? undefined
    })
};
