import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';

import { CommandIDs, NO_ARGS } from '../commands';
import { INotebooks, IPanels, IReconst, ISelection } from '../tokens';
import { CardWidget, ChipWidget, LiveWidget, SentencesWidget } from '../ui';

/** What floats at the words: the chip, the card, and the list of sentences for the keyboard. */
export const popovers: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-reconst:plugin',
  description: 'Highlight and correct at the words themselves.',
  autoStart: true,
  requires: [IReconst, INotebooks, IPanels],
  optional: [ITranslator, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    reconst: IReconst,
    notebooks: INotebooks,
    panels: IPanels,
    translator: ITranslator | null,
    settings: ISettingRegistry | null
  ): void => {
    const { commands } = app;
    const trans = (translator ?? nullTranslator).load('jupyter_reconst');
    const keys = (act: 'correct' | 'keep'): string => {
      const command = act === 'keep' ? CommandIDs.keep : CommandIDs.highlight;
      const binding = commands.keyBindings.find(known => known.command === command);
      return binding ? CommandRegistry.formatKeystroke(binding.keys) : '';
    };
    const formalize = (selection: ISelection, weigh: boolean): void => {
      void reconst.arguing.open(selection, weigh);
      panels.argument();
    };
    const chip = new ChipWidget({
      reconst,
      notebooks,
      trans,
      keys,
      formalize: selection => formalize(selection, true)
    });
    const sentences = new SentencesWidget({ reconst, notebooks, trans });
    const card = new CardWidget({ reconst, trans, open: panels });
    for (const widget of [chip, sentences, card, new LiveWidget({ reconst, trans })]) {
      Widget.attach(widget, document.body);
    }
    void settings?.load('jupyter-reconst:plugin').then(loaded => {
      const follow = (): void => void (chip.muted = loaded.composite.chip === false);
      loaded.changed.connect(follow);
      follow();
    });

    const enabled = (): boolean => notebooks.current !== null;
    const choose = (): void => {
      const { cell, output } = notebooks.pressed ?? {};
      const found = notebooks.current?.sentences(cell, output);
      if (found) {
        sentences.open(found);
      } else {
        wordless();
      }
    };
    const wordless = (): void => {
      const text = trans.__('There is nothing to highlight here.');
      const remedy = trans.__('Choose a cell whose output has words.');
      reconst.store.update({ notice: { kind: 'problem', text, remedy, action: null }, announcement: text });
    };
    commands.addCommand(CommandIDs.highlight, {
      label: trans.__('Highlight and correct words of an output'),
      caption: trans.__('Choose words of the active cell’s output with the keyboard, or take the selected ones'),
      isEnabled: enabled,
      describedBy: NO_ARGS,
      execute: () => {
        const selection = chip.take();
        if (selection) {
          void reconst.highlight(selection);
        } else {
          choose();
        }
      }
    });
    commands.addCommand(CommandIDs.keep, {
      label: trans.__('Keep doing this: words of an output are an example'),
      caption: trans.__('Take the selected words, or choose words of the active cell’s output with the keyboard'),
      isEnabled: enabled,
      describedBy: NO_ARGS,
      execute: () => {
        const selection = chip.take();
        if (selection) {
          void reconst.keep(selection);
        } else {
          choose();
        }
      }
    });
    commands.addCommand(CommandIDs.formalize, {
      label: trans.__('Formalise: check an argument of an output'),
      isEnabled: enabled,
      describedBy: NO_ARGS,
      execute: () => {
        const { cell, output } = notebooks.pressed ?? {};
        const selection = chip.take() ?? notebooks.current?.whole(cell, output);
        if (selection) {
          // A button in somebody's notebook can run this: nothing is sent before the page's own button is pressed.
          formalize(selection, false);
        } else {
          wordless();
        }
      }
    });
    commands.addCommand(CommandIDs.missing, {
      label: trans.__('Something is missing here'),
      isEnabled: enabled,
      execute: () => {
        const selection = notebooks.caret;
        if (selection) {
          void reconst.highlight(selection);
        } else {
          wordless();
        }
      }
    });
    commands.addCommand(CommandIDs.whole, {
      label: trans.__('Correct the whole output'),
      isEnabled: enabled,
      describedBy: NO_ARGS,
      execute: () => {
        const { cell, output } = notebooks.pressed ?? {};
        const selection = notebooks.current?.whole(cell, output);
        if (selection) {
          void reconst.highlight(selection);
        } else {
          wordless();
        }
      }
    });
  }
};
