/** Being listened to, in the browser: a question that one key answers, and a conversation that says how it branches. */
import { LOAD, asked, sidebar } from './acting';
import { expect, test } from './lab';

const QUESTION = 'Question: Which part of it?\n1. The proof\n2. The wording';

interface IExposed {
  jupyterapp: {
    shell: { currentWidget: { content: { widgets: { model: { sharedModel: { source: string } } }[] } } };
  };
}

test('one key answers a question, over a reload and an edit of the cell that asked', async ({
  lab,
  page,
  endpoint
}) => {
  endpoint.script = request => (request.last.startsWith('Listen to') ? QUESTION : `About that: ${request.last}`);
  const source = (at: number) =>
    page.evaluate(at => {
      const { content } = (window as unknown as IExposed).jupyterapp.shell.currentWidget;
      return content.widgets[at]?.model.sharedModel.source;
    }, at);
  const question = (at: number) => lab.outputs(at).getByRole('group', { name: 'Which part of it?' });
  const field = (at: number) => question(at).getByRole('textbox');

  await lab.notebook('listening.ipynb', [LOAD, '%%reconst\nListen to the first draft.']);
  await lab.run(0);
  const panel = await sidebar(lab);
  await panel.getByRole('combobox', { name: /How the model works/ }).selectOption('listen');
  await asked(lab, 1);
  expect(endpoint.requests.at(-1)!.raw).toContain('reply with one question and nothing else');
  await expect(lab.outputs(1)).toContainText('style: listen');
  await expect(question(1).getByRole('button')).toHaveText([/1\s*The proof/, /2\s*The wording/]);
  await lab.shot('listening-question', lab.outputs(1));

  // What was typed and not sent is there after a reload, and so is the question.
  await field(1).fill('Neither');
  await lab.save();
  await lab.reload();
  await lab.run(0);
  await expect(field(1)).toHaveValue('Neither');
  const before = endpoint.requests.length;

  // One key; the answer is a cell of its own, once.
  await question(1).focus();
  await page.keyboard.press('1');
  await expect(lab.outputs(2)).toContainText('About that: The proof', { timeout: 30_000 });
  expect(await source(2)).toBe('%%reconst\nThe proof');
  const said = endpoint.requests
    .at(-1)!
    .messages.filter(m => m.role !== 'system')
    .map(m => m.content);
  expect(said).toEqual(['Listen to the first draft.', QUESTION, 'The proof']);
  await question(1).focus();
  await page.keyboard.press('1');
  await expect(lab.cell(2)).toHaveClass(/jp-mod-active/);
  expect(await source(3)).toBeUndefined();
  expect(endpoint.requests.length).toBe(before + 1);

  // Another answer is a branch beside it.
  await question(1).getByRole('button', { name: 'The wording' }).click();
  await expect(lab.outputs(3)).toContainText('About that: The wording', { timeout: 30_000 });
  expect(await source(3)).toBe('%%reconst --from c1\nThe wording');
  await expect(lab.outputs(3)).toContainText(/continues Cell \d+, beside another answer/);

  // The earlier cell is edited and asked: what answered it before says so.
  await page.evaluate(() => {
    const { content } = (window as unknown as IExposed).jupyterapp.shell.currentWidget;
    content.widgets[1].model.sharedModel.source = '%%reconst\nListen to the second draft.';
  });
  await asked(lab, 1);
  await expect(lab.outputs(2)).toContainText(/continues an earlier reply of Cell \d+/);
  const history = await sidebar(lab, /History/);
  await history
    .getByRole('button', { name: /^Cell \d+$/ })
    .nth(1)
    .click();
  await expect(lab.cell(2)).toHaveClass(/jp-mod-active/);
});
