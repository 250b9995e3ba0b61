import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIDs, NO_ARGS } from '../commands';
import { answerIn, goTo } from '../notebook/source';
import { followMarks, isTrace } from '../notebook/traces';
import { IReconst } from '../tokens';

/** What is made of the selected cells, in a new cell below them that says so. */
export const organise: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-reconst:organise',
  description: 'Organises the selected cells into an outline, or turns them into mathematics.',
  autoStart: true,
  requires: [INotebookTracker, IReconst],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    reconst: IReconst,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_reconst');
    const add = (command: string, label: string, form: 'outline' | 'mathematics', prompt: string): void => {
      app.commands.addCommand(command, {
        label,
        describedBy: NO_ARGS,
        isEnabled: () => !!tracker.activeCell,
        execute: () => {
          const { content } = tracker.currentWidget!;
          const chosen = content.widgets.filter(cell => content.isSelectedOrActive(cell));
          content.activeCellIndex = content.widgets.indexOf(chosen[chosen.length - 1]);
          void reconst.ask(prompt, { form, attach: chosen.map(cell => cell.model.id) });
        }
      });
      palette?.addItem({ command, category: trans.__('Reconstitution') });
    };
    followMarks(async (mark, to) => {
      const panel = tracker.currentWidget;
      const own = panel?.content.widgets.find(widget => widget.node.contains(mark))?.model.id;
      return !!panel && !!own && (isTrace(to) ? await goTo(panel, to.cell ?? own, to) : answerIn(panel, own, to));
    }, trans);
    const [outline, mathematics] = [trans.__('Organise into an outline'), trans.__('Turn into mathematics')];
    add(CommandIDs.organise, outline, 'outline', trans.__('Organise these notes into an outline.'));
    add(CommandIDs.mathematise, mathematics, 'mathematics', trans.__('Turn these notes into mathematics.'));
  }
};
