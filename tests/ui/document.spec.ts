/** The law in an open document: nothing of it is lost or doubled, whatever happens to pages and files. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { IPage, LOAD, articlesIn, ask, asked, autosave, enact, inForce, revert, sidebar } from './acting';
import { Lab, expect, test } from './lab';
import { id } from './law';
import { PROMPT, partner } from './partner';

const printed = (text: string) => [{ output_type: 'stream', name: 'stdout', text }];

test.beforeEach(({ endpoint }) => {
  endpoint.script = partner;
});

test('ratify then ask at once, with autosave off: 50 of 50 carry the rule', async ({ lab, page, endpoint }) => {
  test.setTimeout(240_000);
  await lab.notebook('fifty.ipynb', [LOAD, ask(PROMPT)]);
  await autosave(page, false);
  await lab.run(0);
  await lab.idle();
  let carried = 0;
  for (let n = 0; n < 50; n++) {
    await enact(page, 1000 + n, { title: `Rule ${n}`, when: 'always', then: `MARKRULE${n}X` });
    await page.evaluate(async prompt => {
      const { jupyterapp } = window as unknown as IPage;
      await jupyterapp.pluginRegistry._plugins.get('jupyter-reconst:service')!.service.ask(prompt, { new: true });
    }, `Question number ${n}, please?`);
    const asked = () => endpoint.requests.find(request => request.last.includes(`Question number ${n},`));
    await expect.poll(asked, { intervals: [50] }).toBeTruthy();
    carried += asked()!.raw.includes(`MARKRULE${n}X`) ? 1 : 0;
  }
  console.log(`ratify then ask at once: ${carried} of 50 carry the rule`);
  expect(carried).toBe(50);
  expect(articlesIn(lab.saved('fifty.ipynb').metadata)).toHaveLength(0);
});

test('the sidebar switches, moves, edits, repeals, restores and undoes articles', async ({ lab, page }) => {
  await lab.notebook('acts.ipynb', [LOAD]);
  await lab.command('reconst:open');
  await enact(page, 100, { title: 'First rule', when: 'always', then: 'be brief' });
  await enact(page, 101, { title: 'Second rule', when: 'always', then: 'be exact' });
  const panel = await sidebar(lab, /Constitution/);
  const names = panel.locator('.jp-reconst-name');
  await expect(names).toHaveText(['First rule', 'Second rule']);

  await panel.getByRole('switch', { name: 'In force: First rule' }).click();
  await expect(panel).toContainText('1 of 2 in force.');
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(panel).toContainText('2 of 2 in force.');

  await names.first().focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(names).toHaveText(['Second rule', 'First rule']);
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(names).toHaveText(['First rule', 'Second rule']);

  await names.first().click();
  await panel.getByRole('button', { name: 'More for article 1' }).click();
  await page.getByRole('menuitem', { name: 'Repeal' }).click();
  await panel.getByRole('button', { name: 'Repeal', exact: true }).click();
  await expect(names).toHaveText(['Second rule']);
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(names).toHaveText(['First rule', 'Second rule']);

  // Editing goes through the preview; its row is still open.
  await panel.getByRole('button', { name: 'Edit', exact: true }).click();
  const editor = page.locator('.jp-Activity[id^="reconst-article-"]');
  await editor.getByRole('textbox', { name: /^Then/ }).fill('be very brief');
  await editor.getByRole('button', { name: 'Preview' }).click();
  const impact = page.locator('#reconst-impact');
  const why = impact.getByPlaceholder('one line, kept with the article');
  const ratify = impact.getByRole('button', { name: /^Ratify/ });
  await expect(ratify.first()).toBeVisible({ timeout: 30_000 });
  await expect(impact.getByRole('button', { name: 'Stop' })).toHaveCount(0, { timeout: 60_000 });
  if ((await why.count()) > 0) {
    await why.fill('It is only shorter.');
  }
  await expect(ratify.first()).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
  await ratify.first().click();
  await expect(panel.locator('.jp-reconst-notices')).toContainText('applies from the next answer', { timeout: 20_000 });
  await lab.command('docmanager:open', { path: 'acts.ipynb' });
  const wording = async () => JSON.stringify(await inForce(page));
  expect(await wording()).toContain('be very brief');

  // An earlier revision comes back from the history.
  await panel.getByRole('tab', { name: /History/ }).click();
  await panel.getByRole('button', { name: 'Restore' }).first().click();
  await expect.poll(wording).not.toContain('be very brief');
  await lab.save();
  const saved = articlesIn(lab.saved('acts.ipynb').metadata);
  expect(new Set(saved).size).toBe(saved.length);
  expect(saved.length).toBeGreaterThanOrEqual(10);
});

test('two revise one article at once: both versions stay, the conflict is shown, and a choice settles it', async ({
  lab,
  page
}) => {
  await lab.notebook('conflict.ipynb', [LOAD]);
  await enact(page, 700, { title: 'Sources', when: 'always', then: 'name a source' });
  // A colleague revises the same revision; the two notebooks are merged key by key.
  await page.evaluate(theirs => {
    type Shared = { metadata: Record<string, object>; setMetadata(key: string, value: object): void };
    type Shell = { currentWidget: { context: { model: { sharedModel: Shared } } } };
    const { sharedModel } = (window as unknown as { jupyterapp: { shell: Shell } }).jupyterapp.shell.currentWidget
      .context.model;
    const [, first] = Object.entries(sharedModel.metadata).find(([key]) => key.startsWith('reconst:article:'))!;
    const { id, revision } = first as { id: string; revision: string };
    for (const [n, then] of Object.entries({
      [theirs]: 'name two sources',
      [revision.replace(/.$/, 'Z')]: 'name none'
    })) {
      const value = { ...first, revision: n, parents: [revision], then };
      sharedModel.setMetadata(`reconst:article:${id}:${n}`, value);
    }
  }, id(990));
  const panel = await sidebar(lab, /Constitution/);
  const conflict = panel.getByRole('region', { name: 'Article 1 has 2 versions.' });
  await expect(conflict).toContainText('name two sources');
  await expect(conflict).toContainText('name none');
  await lab.shot('document-conflict-light');
  await conflict.getByRole('button', { name: 'Take this one' }).click();
  await expect(conflict).toHaveCount(0);
  await lab.save();
  // Nothing was thrown away: both versions are in the file, and the choice is a revision of both.
  const { metadata } = lab.saved('conflict.ipynb');
  const revisions = articlesIn(metadata).map(key => metadata[key] as { parents: string[]; then: string });
  expect(revisions).toHaveLength(4);
  expect(revisions.map(r => r.parents.length).sort()).toEqual([0, 1, 1, 2]);
});

test('a second tab on the same notebook neither loses nor doubles anything', async ({
  lab,
  page,
  context,
  endpoint,
  server
}) => {
  const cell = { cell_type: 'code', source: 'print(1)', outputs: printed('the robot defers') };
  await lab.notebook('tabs.ipynb', [LOAD, cell, ask(PROMPT)]);
  await lab.run(0);
  const page2 = await context.newPage();
  const lab2 = new Lab(page2, server, endpoint, 'lab');
  await page2.goto(`${server.url}/lab/workspaces/second/tree/tabs.ipynb?reset`);
  await lab2.ready();
  await page.bringToFront();
  await enact(page, 200, { title: 'Ours', when: 'always', then: 'MARKTAB be brief' });
  await lab.save();
  // The other tab still has the old file; what is looked at counts.
  await page2.bringToFront();
  await page2.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await asked(lab, 2);
  expect(endpoint.sent).toContain('MARKTAB');

  await page2.bringToFront();
  await revert(page2);
  await page2.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect.poll(async () => JSON.stringify(await inForce(page2))).toContain('MARKTAB');
  await enact(page2, 201, { title: 'Theirs', when: 'always', then: 'MARKTWO be exact' });
  await lab2.save();
  await page.bringToFront();
  await revert(page);
  await expect.poll(async () => JSON.stringify(await inForce(page))).toContain('MARKTWO');
  const saved = articlesIn(lab.saved('tabs.ipynb').metadata);
  expect(saved).toHaveLength(2);
  expect(lab2.faults).toEqual([]);
  await page2.close();
});

test('a copy has its own identity, knows its origin, and its articles are still accepted', async ({
  lab,
  page,
  server
}) => {
  await lab.notebook('origin.ipynb', [LOAD]);
  await enact(page, 300, { title: 'Kept', when: 'always', then: 'be brief' });
  await lab.save();
  const first = (await inForce(page))!;
  copyFileSync(join(server.root, 'origin.ipynb'), join(server.root, 'copy.ipynb'));
  await lab.open('copy.ipynb');
  await expect.poll(async () => (await inForce(page))?.origin).toBe(first.notebook);
  const copy = (await inForce(page))!;
  expect(copy.notebook).not.toBe(first.notebook);
  expect(copy.digest).toBe(first.digest);
  expect(JSON.stringify(copy)).toContain('be brief');
  await lab.save();
  expect(lab.saved('copy.ipynb').metadata.reconst).toMatchObject({ id: copy.notebook, origin: first.notebook });
  const panel = await sidebar(lab, /History/);
  await expect(panel).toContainText('Nothing yet.');
  await lab.open('origin.ipynb');
  await expect.poll(async () => (await inForce(page))?.notebook).toBe(first.notebook);
  await expect(await sidebar(lab, /History/)).toContainText('Kept');
});

test('what was ratified and not saved is offered again, and nothing is ratified twice', async ({ lab, page }) => {
  await lab.notebook('unsaved.ipynb', [LOAD]);
  await autosave(page, false);
  await enact(page, 400, { title: 'Unsaved', when: 'always', then: 'be brief' });
  page.once('dialog', dialog => void dialog.accept());
  await lab.open('unsaved.ipynb');
  const panel = await sidebar(lab, /Constitution/);
  await expect(panel).toContainText('Ratified, not in the notebook.');
  await expect(panel).toContainText('“Unsaved”: in force for you meanwhile.');
  await lab.shot('document-pending-light');
  await panel.getByRole('button', { name: 'Put it in' }).click();
  await expect(panel).not.toContainText('Ratified, not in the notebook.');
  await expect(panel.locator('.jp-reconst-name')).toHaveText(['Unsaved']);
  await lab.save();
  expect(articlesIn(lab.saved('unsaved.ipynb').metadata)).toHaveLength(1);
});
