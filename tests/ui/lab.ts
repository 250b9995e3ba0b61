/**
 * What every browser test starts from: `import { test, expect } from './lab'`.
 *
 * `endpoint` is the scripted model, `server` a JupyterLab of its own (both one per worker), `lab` the page: it opens
 * notebooks, runs cells, switches themes and takes screenshots. A page error fails the test that caused it.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { test as base, expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

import { Endpoint } from './endpoint';
import { Connected, LabServer } from './server';

export { expect };
export type { IRequest, IReply, Script } from './endpoint';

/** A cell in short: its source, or a whole nbformat cell. */
export type Cell = string | { cell_type: string; source: string; [key: string]: unknown };

export type App = 'lab' | 'notebook';

const ARTEFACTS = resolve(__dirname, '..', '..', 'artefacts');
const DOCS = resolve(__dirname, '..', '..', 'docs');
const PICTURES: Record<string, string> = { 'loop-4-impact-light': 'images/loop.png' };
// Notebook 7's own, also without us: it asks for a schema that it does not ship, and where JupyterLab was opened on the
// same server before, for a command of a file browser that its notebook page does not have.
const ALLOWED = [/reading 'schema'/, /Command 'filebrowser:open-path' not registered/];

export class Lab {
  /** Uncaught errors of the page. */
  readonly errors: string[] = [];
  /** Requests that went anywhere but to our server. */
  readonly strayed: string[] = [];

  constructor(
    readonly page: Page,
    readonly server: LabServer,
    readonly endpoint: Endpoint,
    readonly app: App
  ) {
    page.on('pageerror', error => {
      this.errors.push(error.stack ?? error.message);
    });
    page.on('request', request => {
      if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).port !== String(server.port)) {
        this.strayed.push(request.url());
      }
    });
  }

  /** Page errors that are ours to answer for. */
  get faults(): string[] {
    return this.errors.filter(error => !ALLOWED.some(known => known.test(error)));
  }

  /** Write a notebook into the server's root and open it; waits for an idle kernel. */
  async notebook(path: string, cells: Cell[], metadata: object = {}, patience = 60_000): Promise<void> {
    this.write(path, cells, metadata);
    await this.open(path, patience);
  }

  /** Write a notebook without opening it. Cells get ids c0, c1, … unless they bring their own. */
  write(path: string, cells: Cell[], metadata: object = {}): void {
    const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' };
    const whole = cells.map((cell, index) => ({
      id: `c${index}`,
      metadata: {},
      ...(typeof cell === 'string' ? { cell_type: 'code', source: cell } : cell)
    }));
    for (const cell of whole) {
      if (cell.cell_type === 'code') {
        Object.assign(cell, { execution_count: null, outputs: [], ...cell });
      }
    }
    const text = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec, ...metadata }, cells: whole };
    const file = join(this.server.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(text, null, 1));
  }

  /** The notebook as it is on disk. */
  saved(path: string): { metadata: Record<string, unknown>; cells: { metadata: Record<string, unknown> }[] } {
    for (let tries = 0; ; tries++) {
      const text = readFileSync(join(this.server.root, path), 'utf8');
      try {
        return JSON.parse(text);
      } catch (error) {
        if (tries === 20) {
          throw error;
        }
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50); // The server is writing it.
      }
    }
  }

  /** Open a notebook that is there, with a fresh workspace. */
  async open(path: string, patience = 60_000): Promise<void> {
    const place = this.app === 'lab' ? `lab/tree/${path}?reset` : `notebooks/${path}`;
    const sign = place.includes('?') ? '&' : '?';
    await this.page.goto(`${this.server.url}/${place}${sign}token=${this.server.token}`);
    await this.ready(patience);
  }

  /** Reload the page as a person would; the workspace brings the notebook back. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Wait until the notebook is there and its kernel idle. */
  async ready(patience = 60_000): Promise<void> {
    await this.page.waitForFunction(() => 'jupyterapp' in window, null, { timeout: patience });
    await this.page.evaluate(() => (window as unknown as IExposed).jupyterapp.restored);
    // What the page's address names is opened, and so activated, some time later: the file browser is marked until then.
    await this.page.waitForFunction(
      () => !location.pathname.includes('/tree/') || !document.querySelector('.jp-FileBrowser.jp-mod-restoring'),
      null,
      { timeout: patience }
    );
    await this.page.locator('.jp-Notebook .jp-Cell').first().waitFor({ timeout: patience });
    await this.idle(patience);
  }

  /** Wait until the kernel of the current notebook is idle. */
  async idle(timeout = 60_000): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const shell = (window as unknown as IExposed).jupyterapp.shell;
        return shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle';
      },
      null,
      { timeout }
    );
  }

  /** Execute a command of the application. */
  async command(id: string, args: Record<string, unknown> = {}): Promise<void> {
    await this.page.evaluate(
      async ([id, args]) => {
        await (window as unknown as IExposed).jupyterapp.commands.execute(id, args);
      },
      [id, args] as const
    );
  }

  cell(index: number): Locator {
    return this.page.locator('.jp-Notebook .jp-Cell').nth(index);
  }

  /** The output area of a cell. */
  outputs(index: number): Locator {
    return this.cell(index).locator('.jp-Cell-outputArea');
  }

  /** Make a cell the active one, without entering it. */
  async select(index: number): Promise<void> {
    await this.cell(index).locator('.jp-InputPrompt').first().click();
  }

  /** Run one cell and wait for its end. */
  async run(index: number): Promise<void> {
    await this.select(index);
    await this.command('notebook:run-cell');
  }

  async runAll(): Promise<void> {
    await this.command('notebook:run-all-cells');
  }

  async save(): Promise<void> {
    await this.command('docmanager:save');
  }

  async theme(which: 'light' | 'dark'): Promise<void> {
    const theme = which === 'light' ? 'JupyterLab Light' : 'JupyterLab Dark';
    await this.command('apputils:change-theme', { theme });
    await expect(this.page.locator('body')).toHaveAttribute('data-jp-theme-light', String(which === 'light'));
  }

  /** Select words inside an element with the mouse, as a person drags over them: slowly, or in few steps. */
  async drag(within: Locator, words: string, steps = 4): Promise<void> {
    await within.scrollIntoViewIfNeeded();
    const box = await this.#resting(within, words);
    await this.page.mouse.move(box.x0 + 0.5, box.y0);
    await this.page.mouse.down();
    await this.page.mouse.move((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, { steps });
    await this.page.mouse.move(box.x1 - 0.5, box.y1, { steps });
    await this.page.mouse.up();
  }

  /** Where words stand once the page has stopped moving them: a person does not aim at lines that still move. */
  async #resting(within: Locator, words: string): Promise<ILine> {
    for (let tries = 0, before = ''; tries < 50; tries++) {
      const box = await within.evaluate(lineOf, words);
      if (!box) {
        throw new Error(`no text node holds “${words}”`);
      }
      if (JSON.stringify(box) === before) {
        return box;
      }
      before = JSON.stringify(box);
      await this.page.waitForTimeout(100);
    }
    throw new Error(`“${words}” did not come to rest`);
  }

  /** A picture kept as `artefacts/<name>.png`; with PICTURES=1 also where the docs show it. */
  async shot(name: string, of: Page | Locator = this.page): Promise<void> {
    const path = join(ARTEFACTS, `${name}.png`);
    await of.screenshot({ path, animations: 'disabled' });
    if (process.env.PICTURES && name in PICTURES) {
      copyFileSync(path, join(DOCS, PICTURES[name]));
    }
  }

  /** What axe-core finds inside a selector: rule, impact and the first node of each. */
  async axe(within: string): Promise<string[]> {
    const source = join(__dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js');
    if (!existsSync(source)) {
      throw new Error('axe-core is not installed');
    }
    await this.page.addScriptTag({ path: source });
    return this.page.evaluate(async within => {
      const axe = (window as unknown as { axe: { run(where: object, how: object): Promise<IFound> } }).axe;
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
      const found = await axe.run({ include: [within] }, { runOnly: tags });
      return found.violations.map(({ id, impact, nodes }) => `${id} (${impact}): ${nodes[0]?.html ?? ''}`);
    }, within);
  }
}

interface IExposed {
  jupyterapp: {
    restored: Promise<void>;
    commands: { execute(id: string, args: object): Promise<unknown> };
    shell: { currentWidget: { sessionContext?: { session?: { kernel?: { status: string } } } } | null };
  };
}

interface ILine {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** In the page: from the middle of the first line of some words to the middle of their last, away from the edges. */
function lineOf(root: Element, words: string): ILine | null {
  // A drag near the edge of what scrolls makes the browser scroll it, and the words go from under the mouse.
  const awayFromEdges = (notebook: Element | null, top: number) => {
    const edges = notebook?.getBoundingClientRect();
    if (edges && (top < edges.top + 40 || top > edges.bottom - 40)) {
      notebook!.scrollBy(0, top - (edges.top + edges.bottom) / 2);
    }
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.textContent?.indexOf(words) ?? -1;
    if (at >= 0) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      const rects = range.getClientRects();
      const [first, last] = [rects[0], rects[rects.length - 1]];
      awayFromEdges(root.closest('.jp-WindowedPanel-outer'), first.top);
      const middle = (rect: DOMRect) => rect.top + rect.height / 2;
      return { x0: first.left, y0: middle(first), x1: last.right, y1: middle(last) };
    }
  }
  return null;
}

interface IFound {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

export const test = base.extend<
  { app: App; lab: Lab },
  { connected: Connected; config: string; python: string | undefined; endpoint: Endpoint; server: LabServer }
>({
  app: ['lab', { option: true }],
  connected: ['scripted', { option: true, scope: 'worker' }],
  config: ['', { option: true, scope: 'worker' }],
  python: [undefined, { option: true, scope: 'worker' }],
  endpoint: [
    async ({}, use) => {
      const endpoint = await Endpoint.start();
      await use(endpoint);
      await endpoint.stop();
    },
    { scope: 'worker' }
  ],
  server: [
    async ({ endpoint, connected, config, python }, use, { workerIndex }) => {
      const server = await LabServer.start({ connected, config, python, endpoint: endpoint.url });
      await use(server);
      mkdirSync(ARTEFACTS, { recursive: true });
      writeFileSync(join(ARTEFACTS, `server-${workerIndex}.log`), server.log);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 }
  ],
  lab: async ({ page, server, endpoint, app }, use) => {
    endpoint.requests.length = 0;
    endpoint.closed = 0;
    const lab = new Lab(page, server, endpoint, app);
    await use(lab);
    expect(lab.faults, 'errors of the page').toEqual([]);
  }
});
