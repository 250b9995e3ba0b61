/** What a notebook's kernel can do for a prompt cell. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';

/** ready: knows the magics. unloaded: has the package. none: another language, without the package, or busy. */
export type Ability = 'ready' | 'unloaded' | 'none';

/** A busy kernel answers when it is done; by then the server has asked. */
const PATIENCE = 2_000;
const PROBE =
  "['reconst' in get_ipython().magics_manager.magics['cell'], " +
  "__import__('importlib.util', fromlist=['util']).find_spec('jupyter_reconst') is not None]";
export const LOAD = '%load_ext jupyter_reconst';

/** Whether the kernel speaks another language than Python. */
export async function isForeign(session: ISessionContext): Promise<boolean> {
  const info = await inTime(session.session?.kernel?.info ?? Promise.resolve(null));
  return !!info && info.language_info.name !== 'python';
}

/** Ask the kernel itself, quietly. */
export async function abilityOf(session: ISessionContext): Promise<Ability> {
  const kernel = session.session?.kernel;
  if (!kernel || kernel.isDisposed) {
    return 'none';
  }
  try {
    const info = await inTime(kernel.info);
    if (info?.language_info.name !== 'python') {
      return 'none';
    }
    const reply = await quietly(kernel, '', PROBE);
    const said = reply?.status === 'ok' ? JSON.stringify(reply.user_expressions) : '';
    return said.includes('[True,') ? 'ready' : said.includes(', True]') ? 'unloaded' : 'none';
  } catch {
    return 'none';
  }
}

/** Load the magics without leaving a trace in the notebook. */
export async function load(session: ISessionContext): Promise<void> {
  const kernel = session.session?.kernel;
  if (kernel) {
    await quietly(kernel, LOAD);
  }
}

async function quietly(
  kernel: Kernel.IKernelConnection,
  code: string,
  expression?: string
): Promise<KernelMessage.IExecuteReplyMsg['content'] | null> {
  const future = kernel.requestExecute(
    {
      code,
      silent: true,
      store_history: false,
      allow_stdin: false,
      user_expressions: expression ? { reconst: expression } : {}
    },
    true
  );
  const reply = await inTime(future.done);
  future.dispose();
  return reply && reply.content;
}

function inTime<T>(promise: Promise<T>): Promise<T | null> {
  const late = new Promise<null>(resolve => setTimeout(() => resolve(null), PATIENCE));
  promise.catch(() => null);
  return Promise.race([promise, late]);
}
