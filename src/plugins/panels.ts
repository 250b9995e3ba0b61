import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, InputDialog, showDialog } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import { Drafts } from '../model/drafts';
import { ulid } from '../service/ids';
import { INotebooks, IPanels, IReconst } from '../tokens';
import {
  AcceptanceWidget,
  ArticleWidget,
  CompareWidget,
  ConnectWidget,
  ImpactWidget,
  IOpeningOptions,
  ShareWidget,
  SidebarWidget,
  TravelsWidget
} from '../ui';

/** The sidebar, and the pages that it leads to. */
export const panels: JupyterFrontEndPlugin<IPanels> = {
  id: 'jupyter-reconst:panels',
  description: 'The sidebar and the pages of the main area.',
  autoStart: true,
  requires: [IReconst, INotebooks],
  optional: [ITranslator, ILayoutRestorer],
  provides: IPanels,
  activate: (
    app: JupyterFrontEnd,
    reconst: IReconst,
    notebooks: INotebooks,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null
  ): IPanels => {
    const trans = (translator ?? nullTranslator).load('jupyter_reconst');
    const pages = new Map<string, Widget>();
    const show = (name: string, make: () => Widget): void => {
      const known = pages.get(name);
      const page = known && !known.isDisposed ? known : make();
      pages.set(name, page);
      if (!page.isAttached) {
        app.shell.add(page, 'main', { mode: 'tab-after' });
      }
      app.shell.activateById(page.id);
    };
    const dialog = (title: string, body: Widget): void =>
      void showDialog({ title, body, buttons: [Dialog.okButton({ label: trans.__('Close') })] });
    const open: IPanels = {
      sidebar: () => app.shell.activateById(sidebar.id),
      impact: () => show('impact', () => new ImpactWidget(options)),
      article: article => show(`article-${article}`, () => new ArticleWidget({ ...options, article })),
      acceptance: () => show('acceptance', () => new AcceptanceWidget({ reconst, trans })),
      offer: () => show('offer', () => new AcceptanceWidget({ reconst, trans, offered: true })),
      compare: () => show('compare', () => new CompareWidget(options)),
      ask: async title => {
        const text = notebooks.current?.path.replace(/[^/]*$/, '') ?? '';
        const label = trans.__('Path of a notebook, or of a constitution');
        return (await InputDialog.getText({ title, label, text })).value ?? '';
      },
      share: () => dialog(trans.__('Share this constitution'), new ShareWidget({ reconst, trans })),
      connect: () => show('connect', () => new ConnectWidget({ reconst, trans })),
      travels: () => dialog(trans.__('What travels with this notebook'), new TravelsWidget({ reconst, trans })),
      settings: () => void app.commands.execute('settingeditor:open', { query: 'Reconstitution' })
    };
    const drafts = new Drafts(window.localStorage);
    const options: IOpeningOptions = { reconst, notebooks, trans, drafts, open, id: ulid };
    const sidebar = new SidebarWidget(options);
    app.shell.add(sidebar, 'right', { rank: 700, type: 'Reconstitution' });
    restorer?.add(sidebar, sidebar.id);
    return open;
  }
};
