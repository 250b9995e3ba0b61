/** The first 90 seconds: no key, no model, a recorded answer, every step of the loop. */
import { expect, test } from './lab';

test.use({ connected: 'none', config: 'c.Reconst.embedded = False' });

test('the sample plays the whole loop without a model, badged as a recording', async ({ lab, page }) => {
  await lab.notebook('mine.ipynb', ['1 + 1']);
  await lab.command('reconst:open');
  const sidebar = page.locator('#reconst-sidebar');
  await lab.shot('sample-0-empty-light');
  const begun = Date.now();
  let acts = 0;
  const act = async (what: Promise<unknown>): Promise<void> => {
    acts += 1;
    await what;
  };
  await act(sidebar.getByRole('button', { name: 'Try it on this answer' }).click());
  await expect(page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook')).toContainText('A recording', {
    timeout: 20_000
  });
  await lab.idle();
  await act(lab.runAll());
  const reply = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-reconst-reply');
  await expect(reply).toContainText('leave the switch alone', { timeout: 30_000 });
  await expect(reply.locator('.jp-reconst-turn')).toContainText('recording');
  await act(lab.drag(reply, 'Marchetti and Osei (2018) prove that'));
  await act(page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click());
  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  const first = card.getByRole('radio').first();
  await expect(first).toContainText(/cannot confirm/i, { timeout: 20_000 });
  await act(first.click());
  await act(card.getByRole('button', { name: 'Next: amend' }).click());
  const amend = page.getByRole('dialog', { name: 'Amend the constitution' });
  await expect(amend.getByRole('textbox', { name: 'Then' })).toBeVisible({ timeout: 30_000 });
  await lab.shot('sample-1-amend-light');
  await act(amend.getByRole('button', { name: 'Preview' }).click());
  const impact = page.locator('#reconst-impact');
  const ratify = impact.getByRole('button', { name: /^Ratify/ });
  await expect(impact).toContainText('of 18', { timeout: 30_000 });
  await expect(impact).toContainText('Ended:', { timeout: 90_000 });
  await lab.shot('sample-2-impact-light');
  const note = impact.locator('#reconst-impact-note');
  if (await note.isVisible()) {
    await note.fill('A line more does no harm there.');
  }
  await act(ratify.click());
  await expect(impact.getByRole('button', { name: 'Ask again with this rule' })).toBeVisible({ timeout: 20_000 });
  const seconds = (Date.now() - begun) / 1000;
  console.log(`sample: ${acts} acts, ${seconds.toFixed(0)} s`);
  expect(acts).toBeLessThanOrEqual(8);
  await impact.getByRole('button', { name: 'Ask again with this rule' }).click();
  await lab.command('application:activate-previous-tab');
  await expect(reply).toContainText('No source found', { timeout: 30_000 });
  expect(lab.endpoint.requests, 'nothing is sent').toHaveLength(0);
  expect(lab.strayed).toEqual([]);
});
