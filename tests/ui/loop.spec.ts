/** The whole loop on a scripted model: by mouse and by keyboard, in both themes. */
import type { Locator, Page } from '@playwright/test';

import { Lab, expect, test } from './lab';
import { BODY, PRAISE, PROMPT, partner } from './partner';

const CELLS = ['%load_ext jupyter_reconst', `%%reconst\n${PROMPT}`];
const THEMES = ['light', 'dark'] as const;

test.beforeEach(({ endpoint }) => {
  endpoint.script = partner;
});

const cardOf = (page: Page) => page.getByRole('dialog', { name: 'Correct the highlighted words' });
const amendOf = (page: Page) => page.getByRole('dialog', { name: 'Amend the constitution' });

/** The reply that the new article shaped. */
async function governed(lab: Lab, reply: Locator): Promise<void> {
  await expect(reply).toContainText('1 article in force', { timeout: 30_000 });
  await expect(reply).not.toContainText(PRAISE);
  await expect(reply).toContainText(BODY.slice(0, 40));
  expect(lab.strayed).toEqual([]);
}

for (const theme of THEMES) {
  test(`the whole loop by mouse, ${theme}: ask, highlight, correct, amend, preview, ratify, ask again`, async ({
    lab,
    page
  }) => {
    await lab.notebook(`mouse-${theme}.ipynb`, CELLS);
    await lab.theme(theme);
    const run = page.locator('[data-command="notebook:run-cell-and-select-next"], [data-jp-item-name="run"] button');
    await lab.select(0);
    await run.first().click();
    await lab.idle();
    await lab.select(1);
    await run.first().click();
    const reply = lab.outputs(1);
    await expect(reply).toContainText('leave the switch alone');
    await expect(reply.locator('mjx-container').first()).toBeVisible();
    await page.getByRole('tab', { name: 'Reconstitution' }).click();

    await lab.drag(reply, 'What a brilliant and deeply insightful question!');
    const chip = page.locator('.jp-reconst-chip');
    await expect(chip).toBeVisible();
    await lab.shot(`loop-1-chip-${theme}`);
    await chip.getByRole('button', { name: 'Correct' }).click();

    const card = cardOf(page);
    await expect(card).toBeVisible();
    await expect(card.locator('[data-reconst-list]')).toContainText('brilliant', { timeout: 20_000 });
    await lab.shot(`loop-2-correct-${theme}`);
    await card.getByRole('radio').first().click();
    await card.getByRole('button', { name: 'Next: amend' }).click();

    const amend = amendOf(page);
    await expect(amend.getByRole('textbox', { name: 'Then' })).toBeVisible({ timeout: 30_000 });
    await lab.shot(`loop-3-amend-${theme}`);
    await amend.getByRole('button', { name: 'Preview' }).click();

    const impact = page.locator('#reconst-impact');
    await expect(impact).toBeVisible();
    await expect(impact.getByText('Corrected turn').first()).toBeVisible({ timeout: 60_000 });
    const ratify = impact.getByRole('button', { name: /^Ratify/ });
    await expect(ratify).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 });
    await lab.shot(`loop-4-impact-${theme}`);
    await ratify.click();

    const again = impact.getByRole('button', { name: 'Ask again with this rule' });
    await expect(again).toBeVisible({ timeout: 20_000 });
    await lab.shot(`loop-5-ratified-${theme}`);
    const before = lab.endpoint.requests.length;
    await again.click();
    await page.locator('.lm-TabBar-tab', { hasText: 'mouse-' }).first().click();
    await expect.poll(() => lab.endpoint.requests.length).toBeGreaterThan(before);
    await governed(lab, reply);
    await lab.shot(`loop-6-asked-again-${theme}`);
  });
}

/** Go on with Tab until something has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let steps = 0; steps < 80; steps++) {
    if (await wanted.evaluate(node => node === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not come there');
}

for (const theme of THEMES) {
  test(`the whole loop by keyboard, ${theme}, and everything back after a reload`, async ({ lab, page }) => {
    const name = `keys-${theme}`;
    await lab.notebook(`${name}.ipynb`, CELLS);
    await lab.theme(theme);
    // Nothing below touches the mouse, or a command that no key is bound to.
    await page.evaluate(() =>
      (
        window as unknown as { jupyterapp: { shell: { currentWidget: { activate(): void } } } }
      ).jupyterapp.shell.currentWidget.activate()
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Enter');
    await lab.idle();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    const reply = lab.outputs(1);
    await expect(reply).toContainText('leave the switch alone');
    await expect(reply).toContainText('articles in force');

    await page.keyboard.press('Control+Alt+m');
    const sentences = page.getByRole('listbox');
    await expect(sentences).toBeFocused();
    await lab.shot(`keys-1-sentences-${theme}`);
    await page.keyboard.press('Enter');

    const card = cardOf(page);
    const list = card.locator('[data-reconst-list]');
    await expect(list).toBeFocused();
    await expect(list.getByRole('radio').first()).toContainText('brilliant', { timeout: 20_000 });
    await page.keyboard.press('1');
    await expect(list.getByRole('radio').first()).toHaveAttribute('aria-checked', 'true');
    await lab.shot(`keys-2-correct-${theme}`);
    await page.keyboard.press('Control+Enter');

    await expect(amendOf(page).getByRole('textbox', { name: 'Then' })).toBeVisible({ timeout: 30_000 });
    await lab.shot(`keys-3-amend-${theme}`);
    await page.keyboard.press('Control+Enter');

    const impact = page.locator('#reconst-impact');
    const ratify = impact.getByRole('button', { name: /^Ratify/ });
    await expect(ratify).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 });
    await lab.shot(`keys-4-impact-${theme}`);
    await page.keyboard.press('Control+Enter');
    const again = impact.getByRole('button', { name: 'Ask again with this rule' });
    await expect(again).toBeVisible({ timeout: 20_000 });
    await lab.shot(`keys-5-ratified-${theme}`);
    expect(await lab.axe('#reconst-impact'), 'impact').toEqual([]);
    await tabTo(page, again);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Shift+BracketLeft');
    await governed(lab, reply);

    await page.keyboard.press('Control+s');
    const articles = () =>
      Object.keys(lab.saved(`${name}.ipynb`).metadata).filter(key => /^reconst:article:/.test(key));
    await expect.poll(articles).toHaveLength(1);
    const [, cell] = lab.saved(`${name}.ipynb`).cells;
    expect(Object.keys(cell.metadata).filter(key => key.startsWith('reconst:annotation:'))).toHaveLength(1);

    await lab.reload();
    await lab.command('reconst:open');
    const sidebar = page.locator('#reconst-sidebar');
    await sidebar.getByRole('tab', { name: /Constitution/ }).focus();
    await page.keyboard.press('Enter');
    await expect(sidebar).toContainText('No praise');
    await expect(lab.outputs(1)).toContainText('leave the switch alone');
    await lab.shot(`keys-6-reloaded-${theme}`);
    expect(await lab.axe('#reconst-sidebar'), 'sidebar').toEqual([]);
  });
}
