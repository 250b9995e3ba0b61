import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { commands } from './plugins/commands';
import { notebooks } from './plugins/notebooks';
import { panels } from './plugins/panels';
import { popovers } from './plugins/popovers';
import { reply } from './plugins/reply';
import { service } from './plugins/service';
import { status } from './plugins/status';

const plugins: JupyterFrontEndPlugin<unknown>[] = [notebooks, service, reply, panels, popovers, commands, status];

export default plugins;
