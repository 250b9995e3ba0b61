/** The browser sleeps (R13): frozen and without a network while something streams, it wakes to all of it, paid once. */
import type { Page } from '@playwright/test';

import { LOAD, ask, chosen } from './acting';
import { expect, test } from './lab';
import type { IRequest } from './lab';
import { PRAISE, PROMPT, partner } from './partner';

/** As a closed lid does it: the network goes, no script runs; then both come back. */
async function sleep(page: Page, seconds: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.context().setOffline(true);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise(done => setTimeout(done, seconds * 1000));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await page.context().setOffline(false);
  await session.detach();
}

/** How often each call was made. A prompt is asked twice under the same law where noise is measured, never more. */
function most(requests: readonly IRequest[]): number {
  const times = new Map<string, number>();
  requests.forEach(({ raw }) => times.set(raw, (times.get(raw) ?? 0) + 1));
  return Math.max(...times.values());
}

test(
  'a reply and a preview that stream while the browser sleeps are whole afterwards, and paid once',
  { tag: '@measured' },
  async ({ lab, page, endpoint }) => {
    test.setTimeout(180_000);
    // JupyterLab says that its server was away.
    await page.addLocatorHandler(page.getByRole('dialog', { name: /Server Connection Error/ }), dialog =>
      dialog.getByRole('button').last().click()
    );
    const slow = (pace: number) => (request: IRequest) => {
      const told = partner(request);
      return typeof told === 'string' ? { text: told, pace } : { ...told, pace };
    };
    await lab.notebook('asleep.ipynb', [LOAD, ask(`${PROMPT} Think it over.`)]);
    await lab.run(0);
    await lab.idle();
    endpoint.script = slow(60);
    await lab.run(1);
    await expect(lab.outputs(1)).not.toBeEmpty({ timeout: 20_000 });
    await sleep(page, 5);
    await expect(lab.outputs(1)).toContainText(/articles? in force/, { timeout: 60_000 });
    await expect(lab.outputs(1)).toContainText('Marchetti and Osei (2018)');
    expect(endpoint.requests).toHaveLength(1);
    expect(endpoint.closed).toBe(0);

    endpoint.script = partner;
    await chosen(lab.outputs(1), PRAISE);
    await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click();
    const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
    await card.getByRole('radio').first().click();
    await card.getByRole('button', { name: 'Next: amend' }).click();
    const amend = page.getByRole('dialog', { name: 'Amend the constitution' });
    await expect(amend.getByRole('textbox', { name: 'Then' })).toBeVisible({ timeout: 30_000 });
    endpoint.script = slow(40);
    await amend.getByRole('button', { name: 'Preview' }).click();
    const impact = page.locator('#reconst-impact');
    await expect(impact.getByText('Corrected turn').first()).toBeVisible({ timeout: 60_000 });
    await expect(impact.getByRole('button', { name: 'Stop' })).toBeVisible();
    const closed = endpoint.closed;
    await sleep(page, 5);
    await expect(impact.getByRole('button', { name: 'Stop' })).toHaveCount(0, { timeout: 90_000 });
    await expect(impact).not.toContainText('does not answer');
    await expect(impact.getByRole('button', { name: 'Ratify' })).toBeEnabled();
    expect(endpoint.closed, 'no call was stopped').toBe(closed);
    expect(most(endpoint.requests)).toBeLessThanOrEqual(2);
    const calls = endpoint.requests.length;
    await lab.reload();
    await page.waitForTimeout(2000);
    expect(endpoint.requests, 'nothing is asked again').toHaveLength(calls);
  }
);
