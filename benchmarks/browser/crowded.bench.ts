/**
 * A notebook of 500 cells and 1,000 highlights: how soon the chip stands at a selection, the card at the chip, a
 * correction is saved and an article ratified, and what opening it costs over the same page without our extension.
 * Figures go to the file named by `FIGURES`.
 */
import { writeFileSync } from 'node:fs';

import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../../tests/ui/lab';
import type { Cell, Lab } from '../../tests/ui/lab';
import { partner } from '../../tests/ui/partner';

const CELLS = 500;
const EACH = 2;
const RUNS = Number(process.env.RUNS ?? 15);
const SELECTIONS = Number(process.env.SELECTIONS ?? 60);
const PATH = 'crowded.ipynb';

const ulid = (number: number) => `01JD${number.toString().padStart(22, '0')}`;
const text = (cell: number) =>
  [...Array(8).keys()]
    .map(line => `Claim ${cell}.${line}: an agent unsure of its goal defers to the overseer, claim ${cell}.${line}.`)
    .join('\n');

function annotation(cell: number, which: number): object {
  const reading = text(cell);
  const exact = `Claim ${cell}.${which * 3}: an agent`;
  const start = reading.indexOf(exact);
  const end = start + exact.length;
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    id: ulid(cell * 10 + which),
    motivation: 'editing',
    body: [{ type: 'TextualBody', purpose: 'editing', value: 'Say for which agents this holds.', source: null }],
    target: {
      type: 'SpecificResource',
      cell: `c${cell}`,
      output: 0,
      part: 'words',
      occurrence: 0,
      turn: null,
      selector: [
        {
          type: 'TextQuoteSelector',
          exact,
          prefix: reading.slice(Math.max(0, start - 32), start),
          suffix: reading.slice(end, end + 32)
        },
        { type: 'TextPositionSelector', start, end }
      ]
    },
    created: '2026-11-23T12:00:00Z',
    modified: null,
    creator: { type: 'Person', name: 'Ana Ruiz' }
  };
}

function crowd(): Cell[] {
  return [...Array(CELLS).keys()].map(cell => {
    const kept = [...Array(EACH).keys()].map(which => annotation(cell, which));
    const metadata = Object.fromEntries(
      kept.map((each, which) => [`reconst:annotation:${ulid(cell * 10 + which)}`, each])
    );
    const output = { output_type: 'stream', name: 'stdout', text: text(cell) };
    return { cell_type: 'code', source: `print(claims[${cell}])`, metadata, outputs: [output], execution_count: 1 };
  });
}

/** A page of the application without a document; `ours` false takes our extension out of what the page loads. */
async function empty(lab: Lab, page: Page, ours: boolean): Promise<void> {
  await page.route(/\/lab\?/, async route => {
    const response = await route.fetch();
    const html = await response.text();
    const config = /(<script id="jupyter-config-data"[^>]*>)([\s\S]*?)(<\/script>)/;
    const body = html.replace(config, (_, open: string, json: string, close: string) => {
      const data = JSON.parse(json) as { federated_extensions: { name: string }[] };
      const kept = data.federated_extensions.filter(each => ours || each.name !== 'jupyter-reconst');
      return open + JSON.stringify({ ...data, federated_extensions: kept }) + close;
    });
    await route.fulfill({ response, body });
  });
  await page.goto(`${lab.server.url}/lab?reset&token=${lab.server.token}`);
  await page.waitForFunction(() => 'jupyterapp' in window);
  await page.waitForTimeout(1500);
}

/**
 * What opening takes: milliseconds until the notebook is revealed, and milliseconds that the page's thread works until
 * it rests. The second is the cost; a busy machine stretches the first, but not the second.
 */
async function opened(page: Page): Promise<IOpening> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  const before = await worked();
  const revealed = await page.evaluate(async path => {
    const { commands } = (window as unknown as { jupyterapp: { commands: ICommands } }).jupyterapp;
    const began = performance.now();
    const widget = await commands.execute('docmanager:open', { path, kernel: { name: 'python3' } });
    await widget.revealed;
    return performance.now() - began;
  }, PATH);
  let work = await worked();
  for (let restless = true; restless;) {
    await page.waitForTimeout(2_000);
    const now = await worked();
    restless = now - work > 40;
    work = now;
  }
  await devtools.detach();
  return { revealed, work: work - before, painted: [await painted(page, 0), await painted(page, 1e6)] };
}

/** How many highlights are painted after scrolling somewhere; only those in view are. */
async function painted(page: Page, top: number): Promise<number> {
  return await page.locator('.jp-WindowedPanel-outer').evaluate(async (outer, top) => {
    outer.scrollTo({ top });
    await new Promise(done => setTimeout(done, 500));
    return Array.from(CSS.highlights.values()).reduce((sum, highlight) => sum + highlight.size, 0);
  }, top);
}

interface IOpening {
  revealed: number;
  work: number;
  /** Highlights painted at the top of the notebook, and at its end. */
  painted: number[];
}

interface ICommands {
  execute(id: string, args: object): Promise<{ revealed: Promise<void> }>;
}

test('opening', async ({ lab, browser }) => {
  lab.write(PATH, crowd());
  const figures: Record<'ours' | 'without', IOpening[]> = { ours: [], without: [] };
  for (let round = 0; round < RUNS; round++) {
    for (const name of round % 2 ? (['ours', 'without'] as const) : (['without', 'ours'] as const)) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await empty(lab, page, name === 'ours');
      figures[name].push(await opened(page));
      await context.close();
    }
  }
  expect(figures.ours.every(({ painted }) => painted.every(count => count >= EACH))).toBe(true);
  expect(figures.without.at(-1)?.painted).toEqual([0, 0]);
  writeFileSync(`${process.env.FIGURES}.opening.json`, JSON.stringify(figures));
});

test('the chip', async ({ lab, page }) => {
  await lab.notebook(PATH, crowd());
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { chips: seen });
    const there = () => {
      const chip = document.querySelector<HTMLElement>('.jp-reconst-chip');
      return !!chip && chip.getClientRects().length > 0 && getComputedStyle(chip).visibility !== 'hidden';
    };
    document.addEventListener(
      'mouseup',
      () => {
        const began = performance.now();
        const look = () => {
          if (there()) {
            // After the frame that draws it: that is when a person sees it.
            setTimeout(() => seen.push(performance.now() - began));
          } else if (performance.now() - began < 5_000) {
            requestAnimationFrame(look);
          }
        };
        requestAnimationFrame(look);
      },
      true
    );
  });
  for (let number = 0; number < SELECTIONS; number++) {
    const cell = (number * 37) % CELLS;
    await page.locator('.jp-Notebook .jp-Cell').nth(cell).scrollIntoViewIfNeeded();
    await lab.drag(lab.outputs(cell), `Claim ${cell}.1: an agent unsure of its goal`);
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { chips: number[] }).chips.length))
      .toBe(number + 1);
    await page.evaluate(() => getSelection()?.removeAllRanges());
    await expect(page.locator('.jp-reconst-chip')).toBeHidden();
  }
  const chips = await page.evaluate(() => (window as unknown as { chips: number[] }).chips);
  writeFileSync(`${process.env.FIGURES}.chip.json`, JSON.stringify(chips));
});

/** Milliseconds from a press to the frame that shows what it leads to. */
async function pressed(page: Page, button: Locator, within: string, words: string): Promise<number> {
  await page.evaluate(
    ([within, words]) => {
      const took = new Promise<number>(done => {
        const press = () => {
          const began = performance.now();
          const look = () => {
            const there = Array.from(document.querySelectorAll(within)).some(
              node => node.getClientRects().length > 0 && (node.textContent ?? '').includes(words)
            );
            return there ? setTimeout(() => done(performance.now() - began)) : requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        };
        document.addEventListener('click', press, { capture: true, once: true });
      });
      Object.assign(window, { took });
    },
    [within, words] as const
  );
  await button.click();
  return await page.evaluate(() => (window as unknown as { took: Promise<number> }).took);
}

test('the steps', async ({ lab, page, endpoint }) => {
  endpoint.script = partner;
  await lab.notebook(PATH, crowd());
  const steps: Record<'card' | 'saved' | 'ratified', number[]> = { card: [], saved: [], ratified: [] };
  const card = '.jp-reconst-card';
  const correct = async (cell: number): Promise<Locator> => {
    await page.locator('.jp-Notebook .jp-Cell').nth(cell).scrollIntoViewIfNeeded();
    await lab.drag(lab.outputs(cell), `Claim ${cell}.1: an agent unsure of its goal`);
    const button = page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' });
    await expect(button).toBeVisible();
    steps.card.push(await pressed(page, button, card, `Claim ${cell}.1`));
    await page.locator(card).getByRole('textbox', { name: 'Your words' }).fill(`Claim ${cell} holds for some agents.`);
    return page.locator(card);
  };
  for (let round = 0; round < RUNS; round++) {
    const saved = await correct((round * 74) % CELLS);
    steps.saved.push(await pressed(page, saved.getByRole('button', { name: 'Save only' }), card, 'Saved.'));
    await page.keyboard.press('Escape');
    await expect(saved).toBeHidden();
    const amended = await correct((round * 74 + 37) % CELLS);
    await amended.getByRole('button', { name: 'Next: amend' }).click();
    await amended.getByRole('button', { name: 'Write my own' }).click({ timeout: 60_000 });
    await amended.getByRole('textbox', { name: 'When' }).fill(`claim ${round} is made`);
    await amended.getByRole('textbox', { name: 'Then' }).fill(`say for which agents claim ${round} holds`);
    await amended.getByRole('button', { name: 'Preview' }).click();
    const impact = page.locator('#reconst-impact');
    const ratify = impact.getByRole('button', { name: /^Ratify/ });
    await expect(ratify).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 });
    await expect(impact.getByRole('button', { name: 'Stop' })).toHaveCount(0, { timeout: 60_000 });
    steps.ratified.push(await pressed(page, ratify, '#reconst-impact', 'Ask again with this rule'));
    await lab.command('docmanager:open', { path: PATH });
  }
  writeFileSync(`${process.env.FIGURES}.steps.json`, JSON.stringify(steps));
});
