import { expect, test } from './lab';

test('JupyterLab opens with us, runs a cell, and nothing complains', async ({ lab, page }) => {
  await lab.notebook('smoke.ipynb', ['print("corrigible")']);
  await lab.run(0);
  await expect(lab.outputs(0)).toContainText('corrigible');
  const ours = await page.evaluate(() => {
    const app = (window as unknown as { jupyterapp: { listPlugins(): Iterable<string> } }).jupyterapp;
    return [...app.listPlugins()].filter(id => id.startsWith('jupyter-reconst'));
  });
  expect(ours.length).toBeGreaterThan(0);
  for (const theme of ['dark', 'light'] as const) {
    await lab.theme(theme);
    await lab.shot(`smoke-${theme}`);
  }
  expect(lab.strayed).toEqual([]);
});

test.describe('in Notebook 7', () => {
  test.use({ app: 'notebook' });

  test('the same extension opens', async ({ lab }) => {
    await lab.notebook('seven.ipynb', ['print("corrigible")']);
    await lab.run(0);
    await expect(lab.outputs(0)).toContainText('corrigible');
  });
});
