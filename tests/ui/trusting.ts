/** What the tests of trust have in common. */

import type { Locator, Page } from '@playwright/test';

import { expect } from './lab';
import type { Lab } from './lab';

export const LOAD = '%load_ext jupyter_reconst';
export const ask = (prompt: string) => `%%reconst\n${prompt}`;

export async function sidebar(lab: Lab, tab?: RegExp) {
  await lab.command('reconst:open');
  const found = lab.page.locator('#reconst-sidebar');
  await expect(found).toBeVisible();
  if (tab) {
    await found.getByRole('tab', { name: tab }).click();
  }
  return found;
}

/** Read the file again, as after a `git pull`. */
export async function revert(page: Page): Promise<void> {
  await page.evaluate(async () => {
    type Shell = { currentWidget: { context: { revert(): Promise<void> } } };
    await (window as unknown as { jupyterapp: { shell: Shell } }).jupyterapp.shell.currentWidget.context.revert();
  });
}

/** Select words by the browser's own selection: a drag may miss a line that the host is still laying out. */
export async function chosen(within: Locator, words: string): Promise<void> {
  await within.evaluate((root, words) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = (node.textContent ?? '').indexOf(words);
      if (at >= 0) {
        node.parentElement!.scrollIntoView({ block: 'nearest' });
        window.getSelection()!.setBaseAndExtent(node, at, node, at + words.length);
        return;
      }
    }
    throw new Error(`no text node holds “${words}”`);
  }, words);
}

/** Run a cell and wait for the line under its reply. */
export async function asked(lab: Lab, cell: number): Promise<void> {
  await lab.run(cell);
  await expect(lab.outputs(cell)).toContainText(/articles? in force/, { timeout: 30_000 });
  await lab.idle();
}
