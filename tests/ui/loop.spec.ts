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
  const chip = page.locator('.jp-reconst.chip');
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
