/** Other answers to a prompt: asked twice more, one kept over a reload, undone; then the reply edited where it stands. */
import { LOAD, ask, asked } from './acting';
import { expect, test } from './lab';

const PROMPT = 'Which theorem settles the variants of this page?';

test('reroll twice, keep one, reload: it is still there at no cost; an edit becomes corrections', async ({ lab }) => {
  const { endpoint, page } = lab;
  let said = 0;
  endpoint.script = () => ({ text: `Answer ${++said} names **the lemma** of 1931.` });
  await lab.notebook('variants.ipynb', [LOAD, ask(PROMPT)]);
  await lab.run(0);
  await asked(lab, 1);

  const more = lab.outputs(1).getByRole('button', { name: 'More to do with this reply' });
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Ask it other ways…' }).click();
  const other = page.locator('#reconst-variants');
  await other.getByLabel('How often').selectOption('2');
  await expect(other).toContainText('at most 2 calls');
  await other.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(other.getByRole('button', { name: 'Keep this one' })).toHaveCount(2);
  await expect(other.locator('ins')).toHaveCount(2);
  await other.locator('article').nth(1).focus();
  await page.keyboard.press('j');
  await expect(other.locator('article').nth(2)).toBeFocused();
  const kept = await other.locator('article').nth(2).locator('ins').textContent();
  await page.keyboard.press('Enter');
  await expect(lab.outputs(1)).toContainText(`Answer ${kept!.replace(/\D/g, '')} names`);
  const calls = endpoint.requests.length;
  expect(calls).toBe(3);

  await page.getByRole('tab', { name: 'variants.ipynb' }).click();
  await lab.save();
  await lab.reload();
  await lab.run(1);
  await expect(lab.outputs(1)).toContainText('shown again at no cost');
  await expect(lab.outputs(1)).toContainText(`Answer ${kept!.replace(/\D/g, '')} names`);
  expect(endpoint.requests.length).toBe(calls);

  await more.click();
  await page.getByRole('menuitem', { name: 'Edit the reply' }).click();
  const field = lab.outputs(1).getByLabel('The reply as it should have been');
  await field.fill((await field.inputValue()).replace('lemma** of 1931', 'theorem** of 1931, nearly'));
  await page.keyboard.press('Control+Enter');
  await expect(lab.outputs(1)).toContainText('2 corrections saved.');
  await lab.save();
  const corrections = Object.entries(lab.saved('variants.ipynb').cells[1].metadata)
    .filter(([key]) => key.startsWith('reconst:annotation:'))
    .map(([, value]) => (value as { body: { value: string }[] }).body[0].value);
  expect(corrections.sort()).toEqual([', nearly', 'theorem']);
  expect(endpoint.requests.length).toBe(calls);
  await lab.outputs(1).getByRole('button', { name: 'Undo' }).click();
  await lab.save();
  expect(JSON.stringify(lab.saved('variants.ipynb').cells[1].metadata)).not.toContain('reconst:annotation');
});
