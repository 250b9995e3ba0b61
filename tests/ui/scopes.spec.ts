/** A rule that is promoted holds in the next notebook of its folder; what others write into its file does not. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { LOAD, ask, asked, sidebar } from './acting';
import { expect, test } from './lab';
import { article, head } from './law';

test('a rule is promoted with the mouse and sent from the next notebook; its changed file is reviewed, not sent', async ({
  lab,
  page,
  endpoint
}) => {
  endpoint.script = () => 'As it was asked.';
  const cells = [LOAD, ask('Is the first scope sent?'), ask('And once it has changed?')];
  lab.write('lab/deep/two.ipynb', cells, head(91));
  await lab.notebook('lab/one.ipynb', [LOAD], {
    ...head(90),
    ...article(92, { title: 'Doubts', then: 'MARKMINE say what is doubtful' })
  });
  let panel = await sidebar(lab, /Review/);
  await panel.getByRole('button', { name: 'Review', exact: true }).first().click();
  const reading = page.locator('#reconst-acceptance');
  await reading.getByRole('checkbox').first().check();
  await reading.getByRole('button', { name: 'Use 1 article' }).click();
  panel = await sidebar(lab, /Constitution/);
  await panel.getByRole('button', { name: 'Doubts' }).click();
  await panel.getByRole('button', { name: 'More for article 1' }).click();
  await page.getByRole('menuitem', { name: 'Promote to: Project' }).click();
  await expect(panel).toContainText('“Doubts” holds in the project: lab/constitution.md');
  await expect(panel.locator('.jp-reconst-scopehead')).toHaveText('Projectlab/constitution.md');
  await lab.save();

  await lab.open('lab/deep/two.ipynb');
  await lab.run(0);
  await asked(lab, 1);
  expect(endpoint.sent).toContain('MARKMINE');
  const file = join(lab.server.root, 'lab', 'constitution.md');
  writeFileSync(file, readFileSync(file, 'utf8').replace('MARKMINE', 'MARKTHEIRS'));
  endpoint.requests.length = 0;
  await asked(lab, 2);
  expect(endpoint.sent).toContain('MARKMINE');
  expect(endpoint.sent).not.toContain('MARKTHEIRS');
  panel = await sidebar(lab, /Review/);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(panel.getByRole('button', { name: 'Review', exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(reading.locator('ins')).toContainText('MARKTHEIRS');
});
