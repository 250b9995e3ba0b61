/** Notes are organised: two cells selected, an outline below them, a mark that leads back, a word corrected. */
import { expect, test } from './lab';

const DRAFT = {
  points: [
    { level: 1, text: 'The robot asks before it acts', from: [1] },
    { level: 2, text: 'Asking teaches it something valuable', from: [3] }
  ]
};

const STATED = {
  statements: [{ kind: 'claim', latex: 'c > 0', defines: [], words: 'asking pays', from: [1] }],
  questions: [{ question: 'Is c a cost?', options: ['yes', 'no'], from: [1] }]
};

test('two cells become an outline whose points lead back to them', async ({ lab, page, endpoint }) => {
  endpoint.script = ({ last }) => JSON.stringify(last.includes('"statements"') ? STATED : DRAFT);
  await lab.notebook('notes.ipynb', [
    '%load_ext jupyter_reconst',
    { cell_type: 'markdown', source: 'The robot should **ask** before it acts. Nobody knows the price of this.' },
    { cell_type: 'raw', source: 'asking teaches it something' },
    'print("after")'
  ]);
  await lab.run(0);
  await lab.select(1);
  await page.keyboard.press('Shift+ArrowDown');
  await lab.command('reconst:organise');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Send' }).click();

  const reply = lab.outputs(3).locator('.jp-reconst-reply');
  await expect(reply).toContainText('Left out: 1 of 3 sentences', { timeout: 15_000 });
  await expect(reply.locator('li').first()).toContainText('The robot asks before it acts [¶1]');
  await expect(reply).toContainText('added: valuable');
  const sent = endpoint.requests[0].last;
  expect(sent).toContain('[2] Nobody knows the price of this.\n');
  await lab.shot('outline', reply);

  // By mouse to the words of a rendered cell, by keyboard to those of an editor.
  const chosen = () => page.evaluate(() => String(window.getSelection()));
  await reply.getByText('[¶1]').click();
  await expect.poll(chosen).toBe('The robot should ask before it acts.');
  await reply.getByText('[¶3]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.jp-RawCell .cm-selectionBackground')).toBeVisible();
  expect(await chosen()).toBe('');

  // The words have changed since.
  await page.evaluate(() => {
    const panel = (window as unknown as IExposed).jupyterapp.shell.currentWidget;
    panel.content.widgets[1].model.sharedModel.setSource('Something else.');
  });
  await reply.getByText('[¶2]').click();
  await expect(reply.getByRole('status')).toHaveText(/have changed or are gone/);

  await lab.drag(reply, 'before it acts');
  await expect(page.locator('.jp-reconst-chip').getByRole('button', { name: /Correct/ })).toBeVisible();

  // Mathematics of the raw cell: its open question is answered in the cell that asked, which is then run again.
  await lab.select(2);
  await lab.command('reconst:mathematise');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Send' }).click();
  const stated = lab.outputs(3);
  await expect(stated).toContainText('Undefined', { timeout: 15_000 });
  await expect(stated.locator('mjx-container').first()).toBeVisible();
  await stated.getByText('[?1]').click();
  await page.keyboard.type('yes, of asking');
  const source = page.locator('.jp-Cell').nth(3).locator('.cm-content');
  await expect(source).toContainText('Turn into mathematics.Is c a cost? (yes / no)→ yes, of asking');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => endpoint.requests.length).toBe(3);
  expect(endpoint.requests[2].last).toContain('[2] Is c a cost? (yes / no) → yes, of asking');
});

interface IExposed {
  jupyterapp: {
    shell: {
      currentWidget: { content: { widgets: { model: { sharedModel: { setSource(source: string): void } } }[] } };
    };
  };
}
