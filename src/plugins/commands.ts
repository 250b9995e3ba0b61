import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, ICommandPalette, showDialog } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIDs, NO_ARGS } from '../commands';
import { INotebooks, IPanels, IReconst } from '../tokens';

/**
 * The commands of the palette. None ratifies, accepts or sends: that is done on a panel, or in a dialog, that a person
 * looks at, for a button in somebody's notebook can run any command.
 */
export const commands: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-reconst:commands',
  description: 'Opens the sidebar and its pages from the palette.',
  autoStart: true,
  requires: [IReconst, INotebooks, IPanels, INotebookTracker],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    reconst: IReconst,
    notebooks: INotebooks,
    panels: IPanels,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_reconst');
    const category = trans.__('Reconstitution');
    const add = (id: string, label: string, execute: () => void, isEnabled = (): boolean => true): void => {
      app.commands.addCommand(id, { label, execute, isEnabled, describedBy: NO_ARGS });
      palette?.addItem({ command: id, category });
    };
    const opened = (): boolean => notebooks.current !== null;
    add(CommandIDs.open, trans.__('Show the sidebar'), () => panels.sidebar());
    add(CommandIDs.connect, trans.__('Connect a model'), () => panels.connect());
    add(CommandIDs.preview, trans.__('Show the impact of the draft'), () => panels.impact());
    add(CommandIDs.sample, trans.__('Try it on a recorded answer'), () => void reconst.openSample());
    add(CommandIDs.library, trans.__('Open the library'), () => panels.library());
    add(CommandIDs.travels, trans.__('What travels with this notebook'), () => panels.travels(), opened);
    add(
      CommandIDs.cancel,
      trans.__('Stop the reply'),
      () => void reconst.cancel(),
      () => !!reconst.store.value.asking
    );
    const make = (id: string, label: string, form: 'outline' | 'mathematics'): void => {
      const run = async (): Promise<void> => {
        const { content } = tracker.currentWidget!;
        const chosen = content.widgets.filter(cell => content.isSelectedOrActive(cell));
        const model = reconst.store.value.status?.model?.model ?? trans.__('the model');
        const body = trans._n('%1 cell is sent to %2.', '%1 cells are sent to %2.', chosen.length, model);
        const buttons = [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Send') })];
        if ((await showDialog({ title: label, body, buttons })).button.accept) {
          content.activeCellIndex = content.widgets.indexOf(chosen[chosen.length - 1]);
          void reconst.ask(`${label}.`, { form, attach: chosen.map(cell => cell.model.id) });
        }
      };
      add(
        id,
        label,
        () => void run(),
        () => !!tracker.activeCell
      );
    };
    make(CommandIDs.organise, trans.__('Organise into an outline'), 'outline');
    make(CommandIDs.mathematise, trans.__('Turn into mathematics'), 'mathematics');
    palette?.addItem({ command: CommandIDs.highlight, category });
    palette?.addItem({ command: CommandIDs.keep, category });
    palette?.addItem({ command: CommandIDs.whole, category });
    palette?.addItem({ command: CommandIDs.formalize, category });
  }
};
