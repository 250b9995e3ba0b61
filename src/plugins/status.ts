import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IPanels, IReconst } from '../tokens';
import { StatusWidget } from '../ui';

/** How many articles are in force, in the status bar. */
export const status: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-reconst:status',
  description: 'Says in the status bar how many articles are in force.',
  autoStart: true,
  requires: [IReconst, IPanels],
  optional: [IStatusBar, ITranslator],
  activate: (
    _: JupyterFrontEnd,
    reconst: IReconst,
    panels: IPanels,
    bar: IStatusBar | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_reconst');
    const item = new StatusWidget({ reconst, trans, onOpen: () => panels.sidebar() });
    bar?.registerStatusItem('jupyter-reconst:status', { item, align: 'right', rank: 100 });
  }
};
