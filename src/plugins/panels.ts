import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, InputDialog, Notification, showDialog } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import { Drafts } from '../model/drafts';
import { ulid } from '../service/ids';
import { INotebooks, IPanels, IReconst } from '../tokens';
import { IOpeningOptions, SidebarWidget } from '../ui';
import type * as Pages from '../ui/pages';

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
    // The files of another version may lie on the server by now.
    const gone = (): unknown =>
      Notification.error(trans.__('This page could not be fetched. Nothing is lost: reload JupyterLab.'));
    const fetched = (use: (from: typeof Pages) => void): void =>
      void import(/* webpackChunkName: 'pages' */ '../ui/pages').then(use, gone);
    const show = (
      name: string,
      make: (from: typeof Pages) => Widget,
      mode: 'tab-after' | 'split-right' = 'tab-after'
    ): void =>
      fetched(from => {
        const known = pages.get(name);
        const page = known && !known.isDisposed ? known : make(from);
        pages.set(name, page);
        if (!page.isAttached) {
          app.shell.add(page, 'main', { mode });
        }
        app.shell.activateById(page.id);
      });
    const dialog = (title: string, make: (from: typeof Pages) => Widget): void =>
      fetched(from => {
        void showDialog({ title, body: make(from), buttons: [Dialog.okButton({ label: trans.__('Close') })] });
      });
    const open: IPanels = {
      sidebar: () => app.shell.activateById(sidebar.id),
      impact: () => show('impact', from => new from.ImpactWidget(options)),
      article: (article, words) =>
        show(`article-${words ? ulid() : article}`, from => new from.ArticleWidget({ ...options, article, words })),
      // Beside the notebook: each sentence leads to its words there.
      argument: () => show('argument', from => new from.ArgumentWidget(options), 'split-right'),
      acceptance: () => show('acceptance', from => new from.AcceptanceWidget(options)),
      offer: () => show('offer', from => new from.AcceptanceWidget({ ...options, offered: true })),
      compare: () => show('compare', from => new from.CompareWidget(options)),
      variants: (turn, cell, ways) => {
        show('variants', from => new from.VariantsWidget(options));
        void reconst.variants.look(turn, cell).then(() => ways && reconst.variants.ask(ways));
      },
      references: (turn, cell) =>
        show(`references-${turn}`, from => new from.ReferencesWidget({ reconst, trans, turn, cell })),
      sent: of => show(`sent-${Object.values(of).join('-')}`, from => new from.SentWidget({ reconst, trans, of })),
      report: about =>
        show(`report-${Object.values(about).join('-')}`, from => new from.ReportWidget({ ...options, about })),
      ask: async (title, label = trans.__('Path of a notebook, or of a constitution')) => {
        const text = notebooks.current?.path.replace(/[^/]*$/, '') ?? '';
        return (await InputDialog.getText({ title, label, text })).value ?? '';
      },
      library: () => show('library', from => new from.LibraryWidget(options)),
      file: (path, fragment = '') =>
        void app.commands.execute('docmanager:open', { path }).then(page => page?.setFragment?.(fragment)),
      share: () => dialog(trans.__('Share this constitution'), from => new from.ShareWidget({ reconst, trans })),
      connect: () => show('connect', from => new from.ConnectWidget({ reconst, trans })),
      travels: () =>
        dialog(trans.__('What travels with this notebook'), from => new from.TravelsWidget({ reconst, trans })),
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
