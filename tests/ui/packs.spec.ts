/** The wiki in the sidebar: an article is found by its words, read, taken alone, and sent once it was accepted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LOAD, articlesIn, ask, asked, sidebar } from './acting';
import { expect, test } from './lab';
import { partner } from './partner';

test.beforeEach(({ endpoint }) => {
  endpoint.script = partner;
});

test('an article of a pack is found, adopted alone, and in force', async ({ lab, page, endpoint }) => {
  await lab.notebook('packs.ipynb', [LOAD, ask('Does the lemma of the packs hold?')]);
  const panel = await sidebar(lab);
  await panel.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByText('Browse packs').click();
  await panel.getByRole('searchbox').fill('CITATION checked');
  await panel.getByRole('button', { name: 'No citation without a checked source' }).first().click();
  await expect(panel).toContainText('says it is by The jupyter_reconst authors');
  await expect(panel).toContainText('An invented reference costs an afternoon');
  expect(await lab.axe('#reconst-sidebar')).toEqual([]);
  await panel.getByRole('button', { name: 'Adopt this article' }).click();

  const review = page.locator('#reconst-offer');
  await expect(review.getByRole('checkbox')).toHaveCount(1);
  await expect(review.getByRole('checkbox')).not.toBeChecked();
  await review.getByRole('checkbox').check();
  await review.getByRole('button', { name: 'Use 1 article' }).click();
  await expect(review).toHaveCount(0);
  await lab.save();
  const { metadata } = JSON.parse(readFileSync(join(lab.server.root, 'packs.ipynb'), 'utf8'));
  expect(articlesIn(metadata)).toHaveLength(1);
  const pin = Object.keys(metadata).find(key => key.startsWith('reconst:import:'))!;
  expect(metadata[pin].articles).toHaveLength(1);

  await lab.run(0);
  await asked(lab, 1);
  expect(endpoint.sent).toContain('No citation without a checked source');
  expect(endpoint.sent).not.toContain('Quote what carries the claim');
  await panel.getByRole('button', { name: 'All packs' }).click();
  await expect(panel).toContainText('adopted · 5 articles');
});
