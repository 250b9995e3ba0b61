/** Two people in one notebook: one proposes, the other's vote arrives in the file, and a person makes it law. */
import { expect, test } from './lab';
import { enact, sidebar } from './acting';
import { id } from './law';
import { partner } from './partner';

interface IExposed {
  jupyterapp: {
    shell: { currentWidget: { content: { model: { sharedModel: { updateMetadata(values: object): void } } } } };
  };
}

test('what one proposes and the other agrees to becomes law, and nothing of it is sent before', async ({
  lab,
  page,
  endpoint
}) => {
  endpoint.script = partner;
  await lab.notebook('agreeing.ipynb', ['']);
  const named = await page.evaluate(
    async ([url, token]) => {
      const headers = { Authorization: `token ${token}`, 'Content-Type': 'application/json' };
      return (await fetch(`${url}/reconst/name`, { method: 'POST', headers, body: '{"name":"Ana Ruiz"}' })).status;
    },
    [lab.server.url, lab.server.token]
  );
  expect(named).toBe(200);
  await enact(page, 1, { title: 'Keep it short', when: 'any reply is written', then: 'two sentences at most' });

  const panel = await sidebar(lab, /Constitution/);
  const rule = panel.getByRole('region', { name: 'Who ratifies' });
  await rule.getByRole('button', { name: 'Change' }).click();
  await rule.getByRole('radio', { name: 'Some of you' }).click();
  await rule.getByRole('textbox', { name: /Names/ }).fill('Ana Ruiz\nBen Okafor');
  await rule.getByRole('spinbutton').fill('2');
  await rule.getByRole('button', { name: 'Set the rule' }).click();
  await expect(rule).toContainText('2 of Ana Ruiz, Ben Okafor');

  const on = panel.getByRole('switch').first();
  await on.click();
  await panel.getByRole('button', { name: 'Propose it' }).click();
  await expect(on).toBeChecked();
  await panel.getByRole('tab', { name: /Review/ }).click();
  const proposals = panel.getByRole('region', { name: 'Proposals' });
  await expect(proposals).toContainText('1 of 2 agree · switches it off');
  await expect(proposals).toContainText('Ana Ruiz (as claimed)');
  await expect(proposals.getByRole('button', { name: 'Ratify' })).toHaveCount(0);

  // Ben agrees, and proposes something himself, elsewhere: it comes with the shared document, or with the file.
  await lab.save();
  const { metadata } = lab.saved('agreeing.ipynb');
  const own = Object.values(metadata).find(value => (value as { answer?: string }).answer) as { proposal: string };
  const at = new Date().toISOString();
  const vote = { ...own, id: id(5), author: 'Ben Okafor', why: 'Too short for a proof.', at };
  const draft = { title: 'MARKBEN', when: 'any reply is written', then: 'MARKBEN sign with your name', why: '' };
  const theirs = {
    id: id(2),
    amendment: { id: id(3), action: 'add', article: id(4), draft },
    prompts: ['MARKTRY state a lemma'],
    provenance: { author: 'Ben Okafor', at, words: [], evidence: '', note: '' }
  };
  await page.evaluate(
    keys =>
      (window as unknown as IExposed).jupyterapp.shell.currentWidget.content.model.sharedModel.updateMetadata(keys),
    { [`reconst:vote:${own.proposal}:${vote.id}`]: vote, [`reconst:proposal:${id(2)}`]: theirs }
  );
  await expect(proposals).toContainText('2 of 2 agree: it can be ratified');
  await expect(proposals).toContainText('Ben Okafor (as claimed) agrees: Too short for a proof.');
  await lab.shot('agreeing-review-light', panel);
  await proposals.getByRole('button', { name: 'Ratify' }).click();
  await expect(panel.getByText('“Keep it short” is ratified.')).toBeVisible();
  await panel.getByRole('tab', { name: /Constitution/ }).click();
  await expect(on).not.toBeChecked();
  expect(endpoint.sent).not.toContain('MARK');

  await panel.getByRole('tab', { name: /Review/ }).click();
  await expect(proposals).toContainText('Sends these words and prompts to your model, for these calls alone.');
  await proposals.getByRole('button', { name: 'Run the impact' }).click();
  const impact = page.locator('#reconst-impact');
  await expect(impact.getByText('MARKTRY state a lemma').first()).toBeVisible({ timeout: 30_000 });
  await expect(impact.getByText('Must agree: 2 of Ana Ruiz, Ben Okafor')).toHaveCount(0);
  await expect(impact).toContainText('0 of 2 agree');
  await expect.poll(() => endpoint.sent).toContain('MARKBEN sign with your name');
  await expect.poll(() => endpoint.sent).toContain('MARKTRY state a lemma');
});
