import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { Client } from '../client/client';
import { Drafts } from '../model/drafts';
import { Store } from '../model/store';
import { ulid } from '../service/ids';
import { Reconst } from '../service/reconst';
import { INotebooks, IReconst } from '../tokens';

/** What a person can do, wired to this application's server and notebooks. */
export const service: JupyterFrontEndPlugin<IReconst> = {
  id: 'jupyter-reconst:service',
  description: 'The acts of the loop: ask, highlight, correct, amend, preview, ratify.',
  autoStart: true,
  requires: [INotebooks],
  optional: [ITranslator],
  provides: IReconst,
  activate: (app: JupyterFrontEnd, notebooks: INotebooks, translator: ITranslator | null): IReconst => {
    const reconst = new Reconst({
      client: new Client(app.serviceManager.serverSettings),
      store: new Store(),
      notebooks,
      drafts: new Drafts(window.localStorage),
      trans: (translator ?? nullTranslator).load('jupyter_reconst'),
      id: ulid
    });
    void app.restored.then(() => reconst.refresh());
    return reconst;
  }
};
