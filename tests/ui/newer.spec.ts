/** A notebook that a newer version wrote: it opens, what it says can be read, and nothing of it is changed or sent. */
import { LOAD, ask, asked, sidebar } from './acting';
import { expect, test } from './lab';
import type { Lab } from './lab';
import { annotation, article, head, id } from './law';
import { PROMPT, partner } from './partner';

test('a newer format is read-only, and says so', async ({ lab, page, endpoint }) => {
  endpoint.script = partner;
  const { reconst } = head(800) as { reconst: object };
  const said = { output_type: 'stream', name: 'stdout', text: 'the robot defers to the human' };
  const told = {
    cell_type: 'code',
    id: 'c1',
    source: 'print(1)',
    metadata: { ...annotation(803, 'c1', 'the robot'), 'reconst:annotation:later': { of: 'another kind' } },
    outputs: [said]
  };
  await lab.notebook('newer.ipynb', [LOAD, told, ask(`${PROMPT} From a newer notebook.`)], {
    reconst: { ...reconst, version: 2, more: { deep: [1] } },
    ...article(801, { title: 'From later', when: 'always', then: 'MARKLATER be brief', tone: 'dry' }),
    [`reconst:pact:${id(802)}`]: { unheard: 'of' }
  });
  const before = ours(lab.saved('newer.ipynb'));
  const panel = await sidebar(lab, /Constitution/);
  await expect(panel).toContainText('written by a newer version of jupyter_reconst');
  await expect(panel).toContainText('1 article came with this notebook.');
  await lab.shot('newer-light');

  // What would write is refused in words, and what was typed stays.
  await lab.drag(lab.outputs(1), 'defers to');
  await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click();
  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  await card.getByRole('textbox', { name: 'Your words' }).fill('asks');
  await card.getByRole('button', { name: 'Save only' }).click();
  await expect(card).toContainText('A newer version of jupyter_reconst');
  await expect(card.getByRole('textbox', { name: 'Your words' })).toHaveValue('asks');
  await page.keyboard.press('Escape');

  await lab.run(0);
  await asked(lab, 2);
  expect(endpoint.sent).not.toContain('MARKLATER');
  await lab.save();
  await expect.poll(() => JSON.stringify(lab.saved('newer.ipynb'))).toContain('Marchetti');
  expect(ours(lab.saved('newer.ipynb'))).toEqual(before);
});

/** What stands under our keys, in the notebook and in its cells but for those that were asked. */
function ours({ metadata, cells }: ReturnType<Lab['saved']>): object[] {
  return [metadata, ...cells.slice(0, 2).map(cell => cell.metadata)].map(all =>
    Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith('reconst')))
  );
}
