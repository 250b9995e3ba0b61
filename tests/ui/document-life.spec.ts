/** An open document in bad weather: reloads, an overwritten file, no network, moved cells, stripping, no server part. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { LOAD, articlesIn, ask, asked, inForce, revert, sidebar } from './acting';
import { expect, test } from './lab';
import { annotation, article, head, id } from './law';
import { PROMPT, partner } from './partner';

const PRINT = { cell_type: 'code', source: 'print(1)' };
const printed = (text: string) => [{ output_type: 'stream', name: 'stdout', text }];

test.beforeEach(({ endpoint }) => {
  endpoint.script = partner;
});

test('reload at each of the six steps: what was typed comes back, nothing is ratified twice', async ({ lab, page }) => {
  await lab.notebook('reload.ipynb', [LOAD, ask(PROMPT)]);
  // 1 ask: a question that was typed.
  const panel = page.locator('#reconst-sidebar');
  await lab.run(0);
  await asked(lab, 1);
  await lab.save();
  await lab.command('reconst:open');
  const composer = panel.getByRole('textbox', { name: 'Prompt' });
  await composer.fill('A question that I have not sent');
  await lab.reload();
  await lab.command('reconst:open');
  await expect(composer).toHaveValue('A question that I have not sent');

  // 2 and 3 highlight, correct: words of one's own.
  const reply = lab.outputs(1);
  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  const own = card.getByRole('textbox', { name: 'Your words' });
  const choose = async () => {
    await lab.drag(reply, 'What a brilliant and deeply insightful question!');
    await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click();
  };
  await choose();
  await own.fill('Begin with the condition under which it fails');
  await lab.reload();
  await choose();
  await expect(own).toHaveValue('Begin with the condition under which it fails');
  await card.getByRole('button', { name: 'Next: amend' }).click();

  // 4 amend: the wording of a rule.
  const amend = page.getByRole('dialog', { name: 'Amend the constitution' });
  const then = amend.getByRole('textbox', { name: 'Then' });
  await expect(then).toBeVisible({ timeout: 30_000 });
  await then.fill('open with the answer, then its condition');
  await lab.save();
  await lab.reload();
  await lab.command('reconst:open');
  await panel.getByRole('button', { name: 'Amend' }).first().click();
  await expect(then).toHaveValue('open with the answer, then its condition', { timeout: 30_000 });

  // 5 preview: it goes on in the server, and is there again.
  const press = amend.getByRole('button', { name: 'Preview' });
  await expect(press).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
  await press.click();
  const impact = page.locator('#reconst-impact');
  await expect(impact).toBeVisible();
  await lab.command('docmanager:open', { path: 'reload.ipynb' });
  await lab.save();
  await lab.reload();
  await lab.command('reconst:open');
  await panel.getByRole('button', { name: 'Open impact' }).first().click();
  const tried = impact.getByRole('textbox', { name: 'Then' });
  await expect(tried).toHaveValue('open with the answer, then its condition', { timeout: 30_000 });

  // 6 ratify: twice pressed, and the page reloaded.
  const ratify = impact.getByRole('button', { name: /^Ratify/ });
  await expect(ratify).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 });
  await ratify.dblclick();
  await expect.poll(async () => JSON.stringify(await inForce(page))).toContain('then its condition');
  await lab.command('docmanager:open', { path: 'reload.ipynb' });
  await lab.save();
  await lab.reload();
  await lab.command('reconst:open');
  await panel.getByRole('tab', { name: /Constitution/ }).click();
  await expect(panel.locator('.jp-reconst-name')).toHaveCount(1);
  expect(articlesIn(lab.saved('reload.ipynb').metadata)).toHaveLength(1);
});

test('the file is overwritten, or the network goes: what was typed stays', async ({ lab, page, context, server }) => {
  const cell = { ...PRINT, id: 'c1', outputs: printed('the robot defers to the human') };
  await lab.notebook('beside.ipynb', [LOAD, cell]);
  await lab.drag(lab.outputs(1), 'the robot defers');
  await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click();
  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  const own = card.getByRole('textbox', { name: 'Your words' });
  await own.fill('it defers only while it is unsure');
  const file = join(server.root, 'beside.ipynb');
  writeFileSync(file, readFileSync(file, 'utf8').replace('print(1)', 'print(2)'));
  await revert(page);
  await expect(lab.cell(1)).toContainText('print(2)');
  await expect(own).toHaveValue('it defers only while it is unsure');

  await context.setOffline(true);
  await card.getByRole('button', { name: 'Save only' }).click();
  await expect(card).toContainText('The Jupyter server does not answer.');
  await expect(own).toHaveValue('it defers only while it is unsure');
  await context.setOffline(false);
  await card.getByRole('button', { name: 'Save only' }).click();
  await expect(card).toContainText('Saved.');
  await lab.save();
  const keys = Object.keys(lab.saved('beside.ipynb').cells[1].metadata).filter(key => key.startsWith('reconst:'));
  expect(keys).toHaveLength(1);
});

test('highlights follow cells that are moved, cut, pasted and merged, in notebooks without cell ids', async ({
  lab,
  page,
  server
}) => {
  const file = join(server.root, 'old.ipynb');
  const code = (text: string, metadata: object = {}) => ({
    cell_type: 'code',
    execution_count: 1,
    metadata,
    outputs: printed(text),
    source: 'print(1)'
  });
  const old = {
    nbformat: 4,
    nbformat_minor: 4,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: [code('one one'), code('the robot defers', annotation(500, 'gone', 'robot')), code('three three')]
  };
  writeFileSync(file, JSON.stringify(old));
  await lab.open('old.ipynb');
  const panel = await sidebar(lab, /Review/);
  await expect(panel).toContainText('robot');
  const painted = () => page.evaluate(() => [...CSS.highlights.values()].reduce((sum, paint) => sum + paint.size, 0));
  await expect.poll(painted).toBe(1);
  await lab.select(1);
  await lab.command('notebook:move-cell-up');
  await expect.poll(painted).toBe(1);
  await lab.command('notebook:cut-cell');
  await expect.poll(painted).toBe(0);
  await lab.command('notebook:paste-cell-below');
  await expect.poll(painted).toBe(1);
  await lab.command('notebook:copy-cell');
  await lab.command('notebook:paste-cell-below');
  await expect(panel.locator('.jp-reconst-next, li').filter({ hasText: 'robot' })).toHaveCount(1);
  await lab.command('notebook:delete-cell');
  await expect.poll(painted).toBe(1);
  await lab.save();
  const saved = lab.saved('old.ipynb');
  expect(saved.cells.every(cell => !('id' in cell) || typeof cell.id === 'string')).toBe(true);
  expect(JSON.stringify(saved)).toContain(id(500));
  valid(file);
  await lab.reload();
  await expect.poll(painted).toBe(1);
});

/** What nbformat says of a file. */
function valid(file: string): void {
  const python = resolve(__dirname, '../../.venv/bin/python');
  const check = 'import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT))';
  execFileSync(existsSync(python) ? python : 'python3', ['-c', check, file], { stdio: 'pipe' });
}

test('stripping takes everything of ours, and what is left is a notebook', async ({ lab, page, server }) => {
  await lab.notebook('strip.ipynb', [LOAD, ask(PROMPT), 'print("mine")'], {
    ...head(600),
    ...article(601, { title: 'Theirs', then: 'be brief' }),
    'reconst:article:damaged': { x: 1 },
    'reconst:pact:later': { y: 2 },
    mine: { z: 3 }
  });
  await lab.run(0);
  await asked(lab, 1);
  await lab.drag(lab.outputs(1), 'What a brilliant and deeply insightful question!');
  await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Keep' }).click();
  await lab.save();
  valid(join(server.root, 'strip.ipynb'));
  await lab.command('reconst:travels');
  const dialog = page.locator('.jp-Dialog');
  for (const said of ['Theirs', 'brilliant', 'The robot is sure', 'cannot read']) {
    await expect(dialog).toContainText(said);
  }
  await lab.shot('document-travels-light');
  await dialog.getByRole('button', { name: 'Strip it all' }).click();
  await dialog.getByRole('button', { name: 'Strip', exact: true }).click();
  await page.keyboard.press('Escape');
  await expect
    .poll(async () =>
      JSON.stringify(
        await page.evaluate(() => {
          const { jupyterapp } = window as unknown as {
            jupyterapp: { shell: { currentWidget: { context: { model: { toJSON(): object } } } } };
          };
          return jupyterapp.shell.currentWidget.context.model.toJSON();
        })
      )
    )
    .not.toContain('"reconst');
  await lab.save();
  const text = readFileSync(join(server.root, 'strip.ipynb'), 'utf8');
  expect(text).not.toMatch(/"reconst|vnd\.reconst/);
  expect(text).toContain('brilliant');
  expect(lab.saved('strip.ipynb').metadata.mine).toEqual({ z: 3 });
  valid(join(server.root, 'strip.ipynb'));
});

test('without the server part the notebook opens, its articles can be read, and a card says what is missing', async ({
  lab,
  page
}) => {
  await page.route('**/reconst/**', route => route.fulfill({ status: 404, body: 'Not Found' }));
  await lab.notebook('alone.ipynb', [LOAD, PRINT], {
    ...head(700),
    ...article(701, { title: 'Still readable', when: 'always', then: 'be brief' })
  });
  await lab.command('reconst:open');
  const panel = page.locator('#reconst-sidebar');
  await expect(panel).toContainText('The server part of Reconstitution does not answer.');
  await expect(panel).toContainText('Still readable');
  await expect(panel).toContainText('be brief');
  await lab.run(1);
  await expect(lab.outputs(1)).toContainText('1');
  await lab.save();
  await lab.shot('document-missing-light');
  expect(await lab.axe('#reconst-sidebar')).toEqual([]);
  await page.unroute('**/reconst/**');
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel).toContainText('1 article came with this notebook.');
});
