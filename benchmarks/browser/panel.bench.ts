/**
 * A constitution of 500 articles in a notebook of 5,000 cells: how soon its articles can be read once the panel is asked
 * for, and what a change costs the page, beside a constitution of one article in the same notebook. Figures go to the
 * files named by `FIGURES`.
 */
import { writeFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { expect, test } from '../../tests/ui/lab';
import { Lab } from '../../tests/ui/lab';
import type { Cell } from '../../tests/ui/lab';
import { article, head } from '../../tests/ui/law';

const ARTICLES = 500;
const CELLS = 5_000;
const RUNS = Number(process.env.RUNS ?? 15);
const PATIENCE = 300_000;

interface IPage {
  jupyterapp: {
    commands: { execute(id: string, args?: object): Promise<unknown> };
    shell: {
      collapseRight(): void;
      currentWidget: { content: { model: { cells: { get(n: number): { sharedModel: ISource } } } } };
    };
    pluginRegistry: { _plugins: Map<string, { service: IService }> };
  };
}

interface ISource {
  setSource(text: string): void;
}

interface IService {
  store: { value: IKnown; update(patch: object): void };
  accept(digest: string, articles: string[]): Promise<boolean>;
}

interface IKnown {
  inForce: { review: { digest: string; constitution: { articles: { id: string }[] } } | null } | null;
}

const law = (count: number) =>
  Object.assign(
    head(count),
    ...[...Array(count).keys()].map(n =>
      article(1_000 + n, {
        title: `Rule ${n}`,
        order: `V${String(n).padStart(4, '0')}`,
        when: `the reply is about the topic ${n} and names a source, an author or a year`,
        then: 'give the source only if it is certain; otherwise write “source not known”',
        why: 'An invented reference costs an afternoon.'
      })
    )
  );

const cells: Cell[] = [...Array(CELLS).keys()].map(n => ({ cell_type: 'code', source: `x = ${n}\nx` }));

/** Open a notebook of so many articles, and accept them as the page of review does. */
async function opened(lab: Lab, page: Page, count: number): Promise<void> {
  page.setDefaultTimeout(PATIENCE);
  await lab.notebook(`panel-${count}.ipynb`, cells, law(count), PATIENCE);
  await page.evaluate(async () => {
    const { pluginRegistry, shell } = (window as unknown as IPage).jupyterapp;
    const { service } = pluginRegistry._plugins.get('jupyter-reconst:service')!;
    for (let tries = 0; tries < 600 && !service.store.value.inForce?.review; tries++) {
      await new Promise(done => setTimeout(done, 100));
    }
    const { digest, constitution } = service.store.value.inForce!.review!;
    await service.accept(
      digest,
      constitution.articles.map(({ id }) => id)
    );
    service.store.update({ tab: 'constitution' });
    shell.collapseRight();
  });
}

/** Milliseconds from the command to the frame after which all articles can be read. */
function shown(page: Page, count: number): Promise<number> {
  return page.evaluate(async count => {
    const { commands, shell } = (window as unknown as IPage).jupyterapp;
    const began = performance.now();
    const there = () => {
      const said = document.querySelector<HTMLElement>('#reconst-sidebar .jp-reconst-count');
      return !!said?.getClientRects().length && said.textContent === `${count} of ${count} in force.`;
    };
    const took = new Promise<number>(done => {
      const look = () => (there() ? setTimeout(() => done(performance.now() - began)) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
    void commands.execute('reconst:open');
    const milliseconds = await took;
    shell.collapseRight();
    return milliseconds;
  }, count);
}

type Worked = () => Promise<number>;

/** How many milliseconds the page's thread has worked until now. */
async function working(page: Page): Promise<Worked> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
}

/** Milliseconds of work that a change in a cell makes, with the panel open. */
async function changed(page: Page, worked: Worked, round: number): Promise<number> {
  await page.evaluate(() => (window as unknown as IPage).jupyterapp.commands.execute('reconst:open'));
  await page.waitForTimeout(1_000);
  const before = await worked();
  await page.evaluate(round => {
    const { currentWidget } = (window as unknown as IPage).jupyterapp.shell;
    currentWidget.content.model.cells.get(0).sharedModel.setSource(`y = ${round}`);
  }, round);
  await page.waitForTimeout(1_500);
  const after = await worked();
  await page.evaluate(() => (window as unknown as IPage).jupyterapp.shell.collapseRight());
  await page.waitForTimeout(500);
  return after - before;
}

/** Only the cells in view are drawn: by default JupyterLab goes on drawing 5,000 of them for minutes. */
async function windowed({ server }: Lab): Promise<void> {
  const answer = await fetch(`${server.url}/lab/api/settings/@jupyterlab/notebook-extension:tracker`, {
    method: 'PUT',
    headers: { Authorization: `token ${server.token}` },
    body: JSON.stringify({ raw: '{"windowingMode": "full"}' })
  });
  expect(answer.ok).toBe(true);
}

test('the panel', async ({ lab, browser }) => {
  await windowed(lab);
  const counts = [ARTICLES, 1];
  const pages: [Page, Worked][] = [];
  for (const count of counts) {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await opened(new Lab(page, lab.server, lab.endpoint, 'lab'), page, count);
    await page.waitForTimeout(15_000);
    pages.push([page, await working(page)]);
  }
  const figures: Record<'opening' | 'change', number[][]> = { opening: [[], []], change: [[], []] };
  for (let round = 0; round < RUNS; round++) {
    for (const which of round % 2 ? [0, 1] : [1, 0]) {
      const [page, worked] = pages[which];
      await page.bringToFront();
      figures.opening[which].push(await shown(page, counts[which]));
      figures.change[which].push(await changed(page, worked, round));
    }
  }
  writeFileSync(`${process.env.FIGURES}.panel.json`, JSON.stringify(figures));
});
