import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { keepTex } from '../anchoring/tex';
import { replyFactory } from '../notebook/reply';
import { IReconst } from '../tokens';

/** Replies are drawn by us wherever outputs are; formulas keep their TeX, so that they can be quoted. */
export const reply: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-reconst:reply',
  description: 'Draws replies in outputs as text that fetches nothing.',
  autoStart: true,
  requires: [IRenderMimeRegistry, INotebookTracker, IReconst],
  optional: [ITranslator],
  activate: (
    _: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    tracker: INotebookTracker,
    reconst: IReconst,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_reconst');
    const again = (element: HTMLElement): void => {
      const cell = tracker.currentWidget?.content.widgets.find(widget => widget.node.contains(element));
      if (cell) {
        void reconst.again(cell.model.id);
      }
    };
    rendermime.addFactory(replyFactory({ trans, again }));
    if (rendermime.latexTypesetter) {
      keepTex(rendermime.latexTypesetter);
    }
  }
};
