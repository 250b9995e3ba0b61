import { expect, test } from './lab';
import { BODY, PRAISE, PROMPT, partner } from './partner';

const CELLS = ['%load_ext jupyter_reconst', `%%reconst\n${PROMPT}`];

test.beforeEach(({ endpoint }) => {
  endpoint.script = partner;
});

test('the whole loop by mouse: ask, highlight, correct, amend, preview, ratify, ask again', async ({ lab, page }) => {
  await lab.notebook('mouse.ipynb', CELLS);
  await lab.run(0);
  await lab.run(1);
  const reply = lab.outputs(1);
  await expect(reply).toContainText('leave the switch alone');
  await expect(reply.locator('mjx-container').first()).toBeVisible();
  await lab.command('reconst:open');

  await lab.drag(reply, 'What a brilliant and deeply insightful question!');
  const chip = page.locator('.jp-reconst-chip');
  await expect(chip).toBeVisible();
  await lab.shot('loop-1-chip-light');
  await chip.getByRole('button', { name: 'Correct' }).click();

  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  await expect(card).toBeVisible();
  await expect(card.locator('[data-reconst-list]')).toContainText('brilliant', { timeout: 20_000 });
  await lab.shot('loop-2-correct-light');
  await card.getByRole('radio').first().click();
  await card.getByRole('button', { name: 'Next: amend' }).click();

  const amend = page.getByRole('dialog', { name: 'Amend the constitution' });
  await expect(amend.getByRole('textbox', { name: 'Then' })).toBeVisible({ timeout: 30_000 });
  await lab.shot('loop-3-amend-light');
  await amend.getByRole('button', { name: 'Preview' }).click();

  const impact = page.locator('#reconst-impact');
  await expect(impact).toBeVisible();
  await expect(impact.getByText('Corrected turn').first()).toBeVisible({ timeout: 60_000 });
  const ratify = impact.getByRole('button', { name: /^Ratify/ });
  await expect(ratify).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 });
  await lab.shot('loop-4-impact-light');
  await ratify.click();

  const again = impact.getByRole('button', { name: 'Ask again with this rule' });
  await expect(again).toBeVisible({ timeout: 20_000 });
  await lab.shot('loop-5-ratified-light');
  const before = lab.endpoint.requests.length;
  await again.click();
  await lab.command('application:activate-previous-tab');
  await expect.poll(() => lab.endpoint.requests.length).toBeGreaterThan(before);
  await expect(reply).toContainText('1 article in force', { timeout: 30_000 });
  await expect(reply).not.toContainText(PRAISE);
  await expect(reply).toContainText(BODY.slice(0, 40));
  await lab.shot('loop-6-asked-again-light');
  expect(lab.strayed).toEqual([]);
});

test('the whole loop by keyboard, in the dark theme, and everything back after a reload', async ({ lab, page }) => {
  await lab.notebook('keys.ipynb', CELLS);
  await lab.theme('dark');
  await lab.run(0);
  await lab.run(1);
  const reply = lab.outputs(1);
  await expect(reply).toContainText('leave the switch alone');
  await expect(reply).toContainText('articles in force');
  await lab.command('reconst:open');
  await lab.select(1);

  await page.keyboard.press('Control+Alt+m');
  const sentences = page.getByRole('listbox');
  await expect(sentences).toBeFocused();
  await lab.shot('keys-1-sentences-dark');
  await page.keyboard.press('Enter');

  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  const list = card.locator('[data-reconst-list]');
  await expect(list).toBeFocused();
  await expect(list.getByRole('radio').first()).toContainText('brilliant', { timeout: 20_000 });
  await page.keyboard.press('1');
  await expect(list.getByRole('radio').first()).toHaveAttribute('aria-checked', 'true');
  await lab.shot('keys-2-correct-dark');
  await page.keyboard.press('Control+Enter');

  const amend = page.getByRole('dialog', { name: 'Amend the constitution' });
  await expect(amend.getByRole('textbox', { name: 'Then' })).toBeVisible({ timeout: 30_000 });
  await lab.shot('keys-3-amend-dark');
  await page.keyboard.press('Control+Enter');

  const impact = page.locator('#reconst-impact');
  const ratify = impact.getByRole('button', { name: /^Ratify/ });
  await expect(ratify).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 });
  await lab.shot('keys-4-impact-dark');
  await page.keyboard.press('Control+Enter');
  await expect(impact.getByRole('button', { name: 'Ask again with this rule' })).toBeVisible({ timeout: 20_000 });
  await lab.shot('keys-5-ratified-dark');
  expect(await lab.axe('#reconst-impact'), 'impact').toEqual([]);

  await lab.command('application:activate-previous-tab');
  await lab.save();
  const saved = lab.saved('keys.ipynb');
  const keys = Object.keys(saved.metadata).filter(key => key.startsWith('reconst'));
  expect(keys).toContain('reconst');
  expect(keys.filter(key => key.startsWith('reconst:article:'))).toHaveLength(1);
  expect(Object.keys(saved.cells[1].metadata).filter(key => key.startsWith('reconst:annotation:'))).toHaveLength(1);

  await lab.reload();
  await lab.command('reconst:open');
  const sidebar = page.locator('#reconst-sidebar');
  await sidebar.getByRole('tab', { name: /Constitution/ }).click();
  await expect(sidebar).toContainText('No praise');
  await expect(lab.outputs(1)).toContainText('leave the switch alone');
  const painted = () => page.evaluate(() => [...CSS.highlights.values()].reduce((sum, paint) => sum + paint.size, 0));
  await expect.poll(painted).toBeGreaterThan(0);
  await lab.shot('keys-6-reloaded-dark');
  expect(await lab.axe('#reconst-sidebar'), 'sidebar').toEqual([]);
});
