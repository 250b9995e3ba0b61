/** The same in Notebook 7. */
import { expose, highlightAtRandom, painted, placesOf, seeAll } from './highlighting';
import { expect, test } from './lab';
import { KINDS } from './outputs';

test.use({ app: 'notebook' });

test.beforeEach(({ page }) => seeAll(page));

test('words come back in Notebook 7', async ({ lab, page }) => {
  await lab.notebook('highlights-seven.ipynb', Object.values(KINDS));
  const drawn = (): Promise<void> => expect(page.locator('.jp-Cell-outputArea mjx-container').nth(12)).toBeAttached();
  await drawn();
  await expose(page);
  const made = await highlightAtRandom(page, 5, 99, 3);
  const attached = async (): Promise<number> => (await placesOf(page)).filter(p => p.place === 'attached').length;
  await expect.poll(attached).toBe(made.length);
  const before = await painted(page);
  expect(before.length).toBeGreaterThan(0);
  await lab.save();
  await lab.reload();
  await drawn();
  await expose(page);
  await expect.poll(attached).toBe(made.length);
  await expect.poll(() => painted(page)).toEqual(before);
});
