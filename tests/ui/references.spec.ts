/** The references of a reply: listed from its menu, one marked wrong by two keys, remembered in the next reply. */
import { LOAD, ask, asked } from './acting';
import { expect, test } from './lab';

const REPLY = 'See Lee, J. (2019). On things and their names. *Journal of Things*, 3, 4-5. It says so.';

test('references: a wrong one is a correction, and is known in the next list; nobody is asked', async ({ lab }) => {
  const { endpoint, page } = lab;
  endpoint.script = request => ({ text: JSON.stringify(request).includes('again') ? `Once more: ${REPLY}` : REPLY });
  await lab.notebook('references.ipynb', [
    LOAD,
    ask('Who names the things of this page?'),
    ask('Say it again, things.')
  ]);
  await lab.run(0);
  await asked(lab, 1);

  const open = async (cell: number): Promise<void> => {
    await page.getByRole('tab', { name: 'references.ipynb' }).click();
    await lab.outputs(cell).getByRole('button', { name: 'More to do with this reply' }).click();
    await page.getByRole('menuitem', { name: 'References' }).click();
  };
  await open(1);
  const list = page.locator('[id^=reconst-references-]').first();
  // Another test of this server may have brought a library, which holds no such work either.
  await expect(list).toContainText(/1 reference: 1 not (looked up|found)/);
  await expect(list).toContainText('looking up is off on this server');
  await list.locator('li').focus();
  await page.keyboard.press('w');
  await page.keyboard.type('Lee (2018), Journal of Names');
  await page.keyboard.press('Enter');
  await expect(list).toContainText('You marked this wrong: Lee (2018), Journal of Names');
  await page.getByRole('tab', { name: 'references.ipynb' }).click();
  await lab.save();
  const metadata = JSON.stringify(lab.saved('references.ipynb').cells[1].metadata);
  expect(metadata).toContain('reconst:annotation');
  expect(metadata).toContain('Lee, J. (2019). On things and their names.');

  await asked(lab, 2);
  await open(2);
  await expect(page.locator('[id^=reconst-references-]').last()).toContainText('You marked this wrong: Lee (2018)');
});
