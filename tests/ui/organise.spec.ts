/** Notes are organised: two cells selected, an outline below them, a mark that leads back, a word corrected. */
import { expect, test } from './lab';

const DRAFT = {
  points: [
    { level: 1, text: 'The robot asks before it acts', from: [1] },
    { level: 2, text: 'Asking teaches it something valuable', from: [3] }
  ]
};

test('two cells become an outline whose points lead back to them', async ({ lab, page, endpoint }) => {
  endpoint.script = request =>
    request.response_format ? JSON.stringify(DRAFT) : `{"correction": "asks first", "why": "clearer"}`;
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
  await expect.poll(chosen).toBe('asking teaches it something');

  // The words have changed since.
  await page.evaluate(() => {
    const panel = (window as unknown as IExposed).jupyterapp.shell.currentWidget;
    panel.content.widgets[1].model.sharedModel.setSource('Something else.');
  });
  await reply.getByText('[¶2]').click();
  await expect(reply.getByRole('status')).toHaveText(/have changed or are gone/);

  await lab.drag(reply, 'before it acts');
  await expect(page.locator('.jp-reconst-chip').getByRole('button', { name: /Correct/ })).toBeVisible();
});

interface IExposed {
  jupyterapp: {
    shell: {
      currentWidget: { content: { widgets: { model: { sharedModel: { setSource(source: string): void } } }[] } };
    };
  };
}
