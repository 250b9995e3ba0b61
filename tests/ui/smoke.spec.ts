import type { Page } from '@playwright/test';

import { expect, test } from './lab';

/** Our style sheets, by how they came: one file, and none as text. */
async function sheets(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(() =>
    Array.from(document.styleSheets)
      .filter(sheet => Array.from(sheet.cssRules).some(rule => rule.cssText.includes('.jp-reconst')))
      .map(sheet => /extensions\/(.*)\/static\/[\w.]*\.css/.exec(sheet.href ?? '')?.[1])
  );
}

test('JupyterLab opens with us, runs a cell, and nothing complains', async ({ lab, page }) => {
  await lab.notebook('smoke.ipynb', ['print("corrigible")']);
  await lab.run(0);
  await expect(lab.outputs(0)).toContainText('corrigible');
  const ours = await page.evaluate(() => {
    const app = (window as unknown as { jupyterapp: { listPlugins(): Iterable<string> } }).jupyterapp;
    return [...app.listPlugins()].filter(id => id.startsWith('jupyter-reconst'));
  });
  expect(ours.length).toBeGreaterThan(0);
  expect(await sheets(page)).toEqual(['jupyter-reconst']);
  for (const theme of ['dark', 'light'] as const) {
    await lab.theme(theme);
    await lab.shot(`smoke-${theme}`);
  }
  expect(lab.strayed).toEqual([]);
});

test.describe('in Notebook 7', () => {
  test.use({ app: 'notebook' });

  test('the same extension opens', async ({ lab, page }) => {
    await lab.notebook('seven.ipynb', ['print("corrigible")']);
    await lab.run(0);
    await expect(lab.outputs(0)).toContainText('corrigible');
    expect(await sheets(page)).toEqual(['jupyter-reconst']);
  });
});
