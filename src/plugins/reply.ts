import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { keepTex } from '../anchoring/tex';
import { replyFactory } from '../notebook/reply';
import { IReconst } from '../tokens';
import { showMenu } from '../ui/parts/menu';

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
    const cellAt = (element: HTMLElement): string =>
      tracker.currentWidget?.content.widgets.find(widget => widget.node.contains(element))?.model.id ?? '';
    const again = (element: HTMLElement): void => void reconst.again(cellAt(element));
    /** What can be done with a reply. Each act looks its turn up on the server: what an output says is a claim. */
    const acts: readonly [string, (turn: string, cell: string) => void][] = [
      [trans.__('Ask again'), (_, cell) => void reconst.again(cell)]
    ];
    const more = (anchor: HTMLElement, turn: string): void => {
      const cell = cellAt(anchor);
      showMenu(
        anchor,
        acts.map(([label, act]) => ({ label, run: () => act(turn, cell) }))
      );
    };
    rendermime.addFactory(replyFactory({ trans, again, more }));
    if (rendermime.latexTypesetter) {
      keepTex(rendermime.latexTypesetter);
    }
  }
};
