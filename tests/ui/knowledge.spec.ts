/** A fact: corrected in a reply, ratified with its source, known where a question is about it, and nowhere else. */
import { LOAD, ask, asked, chosen } from './acting';
import { expect, test } from './lab';
import type { Script } from './lab';

const ABOUT = 'Who proved the contraction mapping theorem in general?';
const ELSE = 'Plot y against x with error bars, in blue.';
const RIGHT = 'Banach in 1922';

const answers: Script = request => {
  const schema = request.response_format?.json_schema?.schema as { properties?: object } | undefined;
  const keys = Object.keys(schema?.properties ?? {});
  if (keys.includes('about')) {
    const fact = `The contraction mapping theorem is due to ${RIGHT}`;
    return { text: JSON.stringify({ title: 'Contraction', about: 'contraction mapping theorem', fact, source: '' }) };
  }
  if (keys.length > 0) {
    return {
      text: JSON.stringify(keys.includes('right') ? { right: false, reason: '' } : { correction: RIGHT, why: '' })
    };
  }
  const known = request.messages.some(({ role, content }) => role === 'system' && content.includes('FACT'));
  return { text: known ? `It is due to ${RIGHT}.` : 'It is due to Brouwer in 1911.' };
};

test('a corrected fact is known where a question is about it', async ({ lab, page }) => {
  const { endpoint } = lab;
  endpoint.script = answers;
  await lab.notebook('knowledge.ipynb', [LOAD, ask(ABOUT), ask(`${ABOUT} Say it again.`), ask(ELSE)]);
  await lab.run(0);
  await asked(lab, 1);
  await chosen(lab.outputs(1), 'Brouwer in 1911');
  await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click();
  const card = page.getByRole('dialog');
  await card.getByRole('textbox').first().fill(RIGHT);
  await card.getByRole('button', { name: 'Next: amend' }).click();
  await card.getByRole('radio', { name: 'This fact' }).click();
  const source = card.getByRole('textbox', { name: 'Source' });
  await expect(source).toBeVisible({ timeout: 20_000 });
  await expect(card.getByRole('button', { name: /^Preview/ })).toHaveAttribute('aria-disabled', 'true');
  await source.fill('Banach 1922, p. 160');
  await lab.shot('knowledge-1-card');
  await card.getByRole('button', { name: /^Preview/ }).click();
  const ratify = page.locator('#reconst-impact').getByRole('button', { name: /^Ratify/ });
  await expect(ratify).not.toHaveAttribute('aria-disabled', 'true', { timeout: 30_000 });
  await ratify.click();
  await expect(page.locator('#reconst-impact').getByRole('button', { name: /^Ask again/ })).toBeVisible();
  await page.getByRole('tab', { name: 'knowledge.ipynb' }).click();

  const before = endpoint.requests.length;
  await asked(lab, 2);
  await expect(lab.outputs(2)).toContainText('known here:');
  expect(endpoint.requests.at(-1)!.raw).toContain('SOURCE Banach 1922, p. 160');
  await lab.shot('knowledge-2-known');
  await lab
    .outputs(2)
    .getByRole('button', { name: ABOUT.slice(0, 40) })
    .click();
  await expect(page.getByRole('textbox', { name: 'Source' })).toHaveValue('Banach 1922, p. 160');
  await page.getByRole('tab', { name: 'knowledge.ipynb' }).click();
  await asked(lab, 3);
  await expect(lab.outputs(3)).not.toContainText('known here:');
  // One call for each question: nobody was asked which facts it is about.
  expect(endpoint.requests.length).toBe(before + 2);
  expect(endpoint.requests.at(-1)!.raw).not.toContain('p. 160');
});
