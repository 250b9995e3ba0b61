/** Words highlighted in any output come back after save and reload: the same words, in every kind of output. */
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expose, highlightAtRandom, painted, placesOf, seeAll } from './highlighting';
import type { IHighlighted, IPainted, IPlacedNow } from './highlighting';
import { expect, test } from './lab';
import type { Lab } from './lab';
import { KINDS, holding } from './outputs';

const SHARED = process.env.RECONST_NOTEBOOKS ?? resolve(__dirname, '..', '..', '..', 'shared', 'notebooks');
const EACH = 32;
/** In the outputs of `KINDS`, without our reply's. */
const FORMULAS = 7;

const WIDGET = `import ipywidgets
from IPython.display import HTML, display
out = ipywidgets.Output()
with out:
    print('printed inside of a widget, on a line of its own')
    display(HTML('<p>and a <b>paragraph</b> of HTML that stands under it</p>'))
display(out)`;

interface IFigures {
  highlighted: number;
  quoted: number;
  attached: number;
  same: number;
}

/** What became of the highlights of each kind. */
function figures(
  kinds: string[],
  made: IHighlighted[],
  places: IPlacedNow[],
  before: IPainted[],
  after: IPainted[]
): Map<string, IFigures> {
  return new Map(
    kinds.map((kind, cell) => {
      const mine = <T extends { cell: number }>(of: T[]): T[] => of.filter(one => one.cell === cell);
      const left = mine(after).map(p => p.words);
      const same = mine(before).filter(({ words }) => {
        const at = left.indexOf(words);
        return at >= 0 && left.splice(at, 1).length > 0;
      });
      return [
        kind,
        {
          highlighted: mine(made).length,
          quoted: mine(made).filter(h => h.formula || h.quoted === h.selected).length,
          attached: mine(places).filter(p => p.place === 'attached').length,
          same: same.length
        }
      ];
    })
  );
}

function report(title: string, table: Map<string, IFigures>): void {
  const rows = Array.from(table, ([kind, f]) => [kind.padEnd(32), f.highlighted, f.quoted, f.attached, f.same]);
  const line = (row: (string | number)[]): string =>
    row.map(v => (typeof v === 'number' ? String(v).padStart(12) : v)).join('');
  const head = `${''.padEnd(32)} highlighted quoted right    attached  same words`;
  process.stdout.write(`\n${title}\n${[head, ...rows.map(line)].join('\n')}\n`);
}

async function settled(lab: Lab, count: number): Promise<void> {
  await expose(lab.page);
  await expect
    .poll(async () => (await placesOf(lab.page)).filter(p => p.place === 'attached').length, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(count);
}

test.beforeEach(({ page }) => seeAll(page));

test('words come back, in every kind of output', async ({ lab, page }) => {
  const kinds = Object.keys(KINDS);
  await lab.notebook('kinds.ipynb', Object.values(KINDS));
  const drawn = (): Promise<void> =>
    expect(lab.page.locator('.jp-Cell-outputArea mjx-container:not(.jp-reconst-reply *)')).toHaveCount(FORMULAS);
  await drawn();
  await expose(page);

  const made = await highlightAtRandom(page, EACH, Infinity, 3);
  expect(made.length).toBeGreaterThanOrEqual(300);
  await settled(lab, made.length);
  const before = await painted(page);

  await lab.save();
  await lab.reload();
  await drawn();
  await settled(lab, made.length);
  const after = await painted(page);

  const table = figures(kinds, made, await placesOf(page), before, after);
  report('Highlights after save and reload', table);
  for (const [kind, f] of table) {
    expect(f, kind).toEqual({
      highlighted: f.highlighted,
      quoted: f.highlighted,
      attached: f.highlighted,
      same: f.highlighted
    });
    expect(f.highlighted, kind).toBeGreaterThanOrEqual(25);
  }
});

test('words come back in a nested Output widget, whose words come from the kernel', async ({ lab, page }) => {
  await lab.notebook('widget.ipynb', [holding(WIDGET)]);
  await lab.run(0);
  await expect(lab.outputs(0)).toContainText('stands under it');
  await expose(page);
  const made = await highlightAtRandom(page, EACH, Infinity, 9);
  await settled(lab, made.length);
  const before = await painted(page);
  await lab.save();
  await lab.reload();
  await expect(lab.outputs(0)).toContainText('stands under it');
  await settled(lab, made.length);
  const table = figures(['nested Output widget'], made, await placesOf(page), before, await painted(page));
  report('Highlights in a widget after save and reload', table);
  const [f] = table.values();
  expect(f).toEqual({
    highlighted: f.highlighted,
    quoted: f.highlighted,
    attached: f.highlighted,
    same: f.highlighted
  });
  expect(f.highlighted).toBeGreaterThanOrEqual(25);
});

test('words come back in real notebooks, with and without ids of cells', async ({ lab, page }) => {
  test.skip(!existsSync(SHARED), 'the shared notebooks are not on this machine (RECONST_NOTEBOOKS says where)');
  test.setTimeout(300_000);
  const table = new Map<string, IFigures>();
  for (const name of readdirSync(SHARED).filter(n => n.endsWith('.ipynb'))) {
    copyFileSync(join(SHARED, name), join(lab.server.root, name));
    await lab.open(name);
    await page.waitForTimeout(1500);
    await expose(page);
    const made = await highlightAtRandom(page, 3, 50, 17);
    await settled(lab, made.length);
    const before = await painted(page);
    await lab.save();
    await lab.reload();
    await settled(lab, made.length);
    const one = <T extends { cell: number }>(of: T[]): T[] =>
      of.map(o => ({
        ...o,
        cell: 0,
        words: undefined,
        ...('words' in o ? { words: `${o.cell}:${String(o.words)}` } : {})
      }));
    table.set(
      name,
      figures([name], one(made), one(await placesOf(page)), one(before), one(await painted(page))).get(name)!
    );
  }
  report('Highlights in real notebooks after save and reload', table);
  for (const [name, f] of table) {
    expect(f, name).toEqual({
      highlighted: f.highlighted,
      quoted: f.highlighted,
      attached: f.highlighted,
      same: f.highlighted
    });
  }
  expect(Array.from(table.values()).reduce((sum, f) => sum + f.highlighted, 0)).toBeGreaterThanOrEqual(100);
});
