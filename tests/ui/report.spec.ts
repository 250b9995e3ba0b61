/** What the model was sent is one press from a reply; a report for engineers is saved exactly as it is previewed. */
import { readFileSync } from 'node:fs';

import { LOAD, asked, enact } from './acting';
import { expect, test } from './lab';

const PROMPT = 'Which theorem does the report of this page rest on?';
const SECRET = 'print("the password of the lab")';

test('what was sent shows the article; the report is saved as it is shown, without a cell and without a name', async ({
  lab
}) => {
  const { endpoint, page } = lab;
  endpoint.script = () => ({ text: 'It rests on the zebra theorem, shown by Quagmire in 1931.' });
  await lab.notebook('report.ipynb', [LOAD, SECRET, `%%reconst --attach c1\n${PROMPT}`]);
  await enact(page, 1, { title: 'Name the theorem', when: 'a theorem is meant', then: 'name it and its year' });
  await lab.run(0);
  await lab.run(1);
  await asked(lab, 2);
  const pick = async (name: string): Promise<void> => {
    await page.getByRole('tab', { name: 'report.ipynb' }).click();
    await lab.outputs(2).getByRole('button', { name: 'More to do with this reply' }).click();
    await page.getByRole('menuitem', { name }).click();
  };

  await pick('What the model was sent');
  const sent = page.getByRole('region', { name: 'What the model was sent' });
  const { messages } = endpoint.requests[endpoint.requests.length - 1];
  await expect(sent.locator('.jp-reconst-mono').first()).toBeVisible();
  const texts = await sent.locator('.jp-reconst-mono').evaluateAll(found => found.map(one => one.textContent));
  expect(texts.slice(0, -1)).toEqual(messages.map(({ content }) => content));
  await expect(sent.getByRole('listitem')).toHaveText('1. Name the theorem · This notebook · sent: always');

  await pick('Tell the engineers…');
  const report = page.getByRole('region', { name: 'Tell the engineers' });
  const shown = report.getByLabel('The report as it will be saved');
  await expect(shown).toContainText('the password of the lab');
  await report.getByLabel('What I had expected').fill('A theorem that exists.');
  await report.getByLabel(/More names or words/).fill('Quagmire');
  await report.getByRole('checkbox', { name: /^Attached/ }).uncheck();
  await expect(shown).not.toContainText('the password of the lab');
  await expect(shown).toContainText('A theorem that exists.');
  await expect(shown).toContainText('shown by Word 1 in 1931');
  for (const [format, file] of [
    ['Markdown', 'report.md'],
    ['JSON', 'report.json']
  ]) {
    await report.getByRole('radio', { name: format }).click();
    const save = report.getByRole('button', { name: `Save ${file}` });
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    const saved = readFileSync(await download.path(), 'utf8');
    expect(saved).toBe(await shown.evaluate(element => element.textContent));
    expect(saved).not.toMatch(/Quagmire|password/);
  }
  expect(await lab.axe('.jp-reconst-page')).toEqual([]);
  expect(lab.strayed).toEqual([]);
});
