/** The whole loop on a real language model, small as it is: what a newcomer has without a key. */
import type { Impact, Preview, WatchEvent } from '../../src/contract';
import { expect, test } from './lab';

test.use({ connected: 'embedded' });

test(
  'the whole loop on the embedded model: a mechanical article has its effect, asking twice has none',
  { tag: '@measured' },
  async ({ lab, page }) => {
    test.setTimeout(400_000);
    let last: Preview | null = null;
    const rows = new Map<string, Impact>();
    page.on('response', async response => {
      if (response.url().includes('/reconst/watch')) {
        for (const block of (await response.text().catch(() => ''))
          .split('\n\n')
          .filter(text => text.includes('data: '))) {
          const event = JSON.parse(block.slice(block.indexOf('data: ') + 6)) as WatchEvent;
          if (event.type === 'progress') {
            last = event.preview;
          } else if (event.type === 'row') {
            rows.set(event.row.probe.id, event.row);
          }
        }
      }
    });
    await lab.notebook('embedded.ipynb', ['%load_ext jupyter_reconst', '%%reconst\nWhat is reward hacking?']);
    await lab.run(0);
    await lab.run(1);
    const reply = lab.outputs(1);
    await expect(reply).toContainText('SmolLM2', { timeout: 60_000 });
    await expect(reply).toContainText('0 articles in force');
    await expect(reply).not.toContainText('writing…', { timeout: 120_000 });
    await lab.command('reconst:open');
    await lab.select(1);
    await page.keyboard.press('Control+Alt+m');
    await expect(page.getByRole('listbox')).toBeFocused();
    await page.keyboard.press('Enter');

    const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
    await card.getByRole('textbox', { name: 'Your words' }).fill('One short sentence would have been enough.');
    await page.keyboard.press('Control+Enter');
    const amend = page.getByRole('dialog', { name: 'Amend the constitution' });
    await amend.getByRole('button', { name: 'Write my own' }).click({ timeout: 60_000 });
    await amend.getByRole('textbox', { name: 'When' }).fill('any reply is written');
    await amend.getByRole('textbox', { name: 'Then' }).fill('answer in one short sentence');
    await page.keyboard.press('Control+Enter');

    const impact = page.locator('#reconst-impact');
    await expect(impact).toBeVisible();
    await lab.shot('embedded-1-running-light');
    await expect.poll(() => last?.status, { timeout: 300_000, intervals: [1000] }).toBe('done');
    await lab.shot('embedded-2-impact-light');
    const preview = last as unknown as Preview;
    expect(preview.floor, 'two replies to one prompt are the same').toBe(0);
    if (preview.effect === 'none') {
      await expect(impact).toContainText('No effect seen');
      return;
    }
    const tried = [...rows.values()].filter(row => row.verdict !== 'failed');
    const changed = tried.filter(row => row.verdict !== 'unchanged').length;
    console.log(
      `embedded model: ${changed} of ${preview.planned} probes changed, floor ${preview.floor}, calls ${preview.calls}`
    );
    expect(tried).toHaveLength(preview.planned);
    expect(changed / tried.length).toBeGreaterThanOrEqual(0.8);

    const before = await reply.innerText();
    const why = impact.getByPlaceholder('one line, kept with the article');
    if (await why.isVisible()) {
      await why.fill('Shorter is what was asked for.');
    }
    await impact.getByRole('button', { name: /^Ratify/ }).click();
    await impact.getByRole('button', { name: 'Ask again with this rule' }).click({ timeout: 30_000 });
    await lab.command('docmanager:open', { path: 'embedded.ipynb' });
    await expect(reply).toContainText('1 article in force', { timeout: 120_000 });
    await expect(reply).not.toContainText('writing…', { timeout: 120_000 });
    expect(await reply.innerText()).not.toBe(before);
    await lab.shot('embedded-3-asked-again-light');
  }
);
