/**
 * A preview of 10,000 rows, as it was left: how soon all of it is on the page once it is asked for, and the longest task
 * of the page's thread while a person scrolls. Figures go to the files named by `FIGURES`.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Browser, Page } from '@playwright/test';

import { expect, test } from '../../tests/ui/lab';
import { head, id } from '../../tests/ui/law';

const ROWS = 10_000;
const RUNS = Number(process.env.RUNS ?? 5);
const PATH = 'rows.ipynb';
const ROOT = resolve(__dirname, '..', '..');

interface IPage {
  jupyterapp: { pluginRegistry: { _plugins: Map<string, { service: IService }> } };
}

interface IService {
  store: { value: { preview: { rows: unknown[] } | null } };
  openPreview(tried: unknown): Promise<void>;
}

/** Open it in the place of what is on screen: milliseconds until there are rows to read, and until all are counted. */
function opened(page: Page, tried: unknown): Promise<{ first: number; all: number }> {
  return page.evaluate(
    async ([tried, rows]) => {
      const { jupyterapp } = window as unknown as IPage;
      const { service } = jupyterapp.pluginRegistry._plugins.get('jupyter-reconst:service')!;
      const began = performance.now();
      let first = 0;
      const look = () =>
        [...document.querySelectorAll('.jp-reconst-counts b')]
          .map(each => Number(/\d+$/.exec(each.textContent ?? '')?.[0]))
          .reduce((sum, each) => sum + each, 0);
      const whole = new Promise<number>(done => {
        let gone = false; // What was open before is taken away first.
        const frame = () => {
          const seen = look();
          gone ||= seen < rows;
          first ||= gone && seen > 0 ? performance.now() - began : 0;
          if (gone && seen === rows) {
            // After the frame that draws it: that is when a person sees it.
            setTimeout(() => done(performance.now() - began));
          } else {
            requestAnimationFrame(frame);
          }
        };
        void service.openPreview(tried);
        requestAnimationFrame(frame);
      });
      const all = await whole;
      return { first, all };
    },
    [tried, ROWS] as const
  );
}

/** The longest task of the page's thread meanwhile: milliseconds that it worked, however busy the machine is. */
async function longest(browser: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await act();
  await page.waitForTimeout(300);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: ITraced[] };
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = new Set(mains.map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid }) => /RunTask$/.test(name) && threads.has(`${pid} ${tid}`));
  expect(tasks.length).toBeGreaterThan(0);
  return Math.max(...tasks.map(({ tdur }) => (tdur ?? 0) / 1000));
}

interface ITraced {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args: { name?: string };
}

test('ten thousand rows', async ({ browser, lab, page, server }) => {
  const env = { ...process.env, JUPYTER_DATA_DIR: server.data, JUPYTER_CONFIG_DIR: join(server.home, 'config') };
  const python = join(ROOT, '.venv', 'bin', 'python');
  execFileSync(python, [join(ROOT, 'benchmarks', '_stored.py'), id(1), String(ROWS)], { env });
  await lab.notebook(PATH, ['1'], head(1));
  await lab.command('reconst:preview');
  const counts = page.locator('.jp-reconst-counts');
  await expect(counts).toContainText('Unchanged 2000', { timeout: 60_000 });
  const headers = { Authorization: `token ${server.token}` };
  const listed = await page.request.post(`${server.url}/reconst/previews`, { data: { path: PATH }, headers });
  const [tried] = ((await listed.json()) as { previews: unknown[] }).previews;

  const figures: Record<'opening' | 'all' | 'scrolling' | 'more', number[]> = {
    opening: [],
    all: [],
    scrolling: [],
    more: []
  };
  for (let round = 0; round < RUNS; round++) {
    const { first, all } = await opened(page, tried);
    figures.opening.push(first);
    figures.all.push(all);
  }
  const more = page.getByRole('button', { name: /^Show 20 more/ });
  const place = await page.locator('.jp-reconst-imp').first().boundingBox();
  await page.mouse.move((place?.x ?? 600) + 200, (place?.y ?? 400) + 20);
  for (let round = 0; round < RUNS; round++) {
    figures.more.push(await longest(browser, page, () => more.first().click()));
    const down = round % 2 === 0 ? 1 : -1;
    const scrolled = longest(browser, page, async () => {
      for (let step = 0; step < 60; step++) {
        await page.mouse.wheel(0, down * 400);
        await page.waitForTimeout(16);
      }
    });
    figures.scrolling.push(await scrolled);
  }
  for (const [name, values] of Object.entries(figures)) {
    writeFileSync(`${process.env.FIGURES}.${name}.json`, JSON.stringify(values));
  }
});
