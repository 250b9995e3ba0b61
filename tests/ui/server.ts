/** A JupyterLab server of its own: own port, own folders, own token; nothing of the person who runs the tests. */
import { ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** Which model the server knows: our scripted endpoint, none at all, or the embedded one. */
export type Connected = 'scripted' | 'none' | 'embedded';

export interface IServerOptions {
  connected: Connected;
  /** The scripted endpoint's address. */
  endpoint: string;
  /** Lines of Python added to the server's configuration. */
  config?: string;
  /** The environment's Python, where it is another than the checkout's. */
  python?: string;
}

/** The environment with jupyter-collaboration, which `run.py` installs beside the first one. */
export const COLLABORATIVE = join(ROOT, '.venv/collaboration/bin/python');

export class LabServer {
  readonly token = 'a-token-for-tests';

  /** Start, and wait until it answers. */
  static async start(options: IServerOptions): Promise<LabServer> {
    const server = new LabServer(await freePort());
    server._spawn(options);
    await server._ready();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Where the notebooks are. */
  get root(): string {
    return join(this.home, 'root');
  }

  /** Where the feedback store, the keys and what was accepted are. */
  get data(): string {
    return join(this.home, 'data');
  }

  /** What it has logged. */
  get log(): string {
    return this._log;
  }

  async stop(): Promise<void> {
    const child = this._child;
    if (child && child.exitCode === null) {
      const gone = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(late);
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 3 });
  }

  private constructor(readonly port: number) {
    this.home = mkdtempSync(join(tmpdir(), 'reconst-ui-'));
  }

  private _spawn(options: IServerOptions): void {
    for (const folder of ['root', 'data', 'config/labconfig', 'runtime', 'workspaces']) {
      mkdirSync(join(this.home, folder), { recursive: true });
    }
    const disabled = { '@jupyterlab/apputils-extension:announcements': true };
    writeFileSync(
      join(this.home, 'config', 'labconfig', 'page_config.json'),
      JSON.stringify({ disabledExtensions: disabled })
    );
    const config = join(this.home, 'server_config.py');
    const base = join(__dirname, 'jupyter_server_config.py');
    writeFileSync(config, `load_subconfig(${JSON.stringify(base)})\nc = get_config()\n${options.config ?? ''}\n`);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      HOME: this.home,
      JUPYTER_CONFIG_DIR: join(this.home, 'config'),
      JUPYTER_DATA_DIR: this.data,
      JUPYTER_RUNTIME_DIR: join(this.home, 'runtime'),
      JUPYTERLAB_WORKSPACES_DIR: join(this.home, 'workspaces'),
      IPYTHONDIR: join(this.home, 'ipython'),
      LAB_PORT: String(this.port),
      LAB_ROOT: this.root,
      LAB_TOKEN: this.token
    };
    delete env.OPENAI_API_KEY;
    delete env.OPENAI_BASE_URL;
    if (options.connected === 'scripted') {
      env.OPENAI_BASE_URL = options.endpoint;
      env.OPENAI_API_KEY = 'sk-scripted';
    }
    this._child = spawn(options.python ?? python(), ['-m', 'jupyterlab', `--config=${config}`], {
      cwd: this.root,
      env
    });
    for (const stream of [this._child.stdout, this._child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this._log += data.toString('utf8');
      });
    }
  }

  private async _ready(): Promise<void> {
    for (let left = 300; left > 0; left--) {
      if (this._child?.exitCode !== null) {
        break;
      }
      const headers = { Authorization: `token ${this.token}` };
      const answer = await fetch(`${this.url}/api/status`, { headers }).catch(() => null);
      if (answer?.ok) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    throw new Error(`JupyterLab did not start:\n${this._log}`);
  }

  readonly home: string;
  private _child: ChildProcess | null = null;
  private _log = '';
}

function python(): string {
  const places = [process.env.PYTHON, join(ROOT, '.venv/bin/python'), join(ROOT, '.venv/Scripts/python.exe')];
  return places.find(place => place && existsSync(place)) ?? 'python3';
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise(resolve => probe.close(resolve));
  return port;
}
