/** Keys, endpoints and huge outputs: what a notebook cannot reach (T7, T8, T13). */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

import { expect, test } from './lab';
import { annotation, article, id } from './law';
import { PROMPT, partner } from './partner';
import { LOAD, ask, sidebar, chosen, asked } from './acting';

test.beforeEach(({ endpoint }) => {
  endpoint.script = partner;
});

/** The sidebar, on one of its tabs. */

/** The files under a folder that hold a text. */
function holding(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => readFileSync(file).includes(text));
}

test('test_canary_key_nowhere', async ({ lab, page, endpoint, server }) => {
  const canary = 'sk-canary-4f1c9a7e2b8d6053';
  const bodies: Promise<string>[] = [];
  page.on('response', response => bodies.push(response.text().catch(() => '')));
  await lab.notebook('canary.ipynb', [LOAD, ask(`${PROMPT} Say why.`), ask('Fails, U_a?')]);
  await lab.command('reconst:connect');
  const connect = page.locator('#reconst-connect');
  await connect.getByLabel(/^Address/).fill(endpoint.url);
  await connect.getByLabel(/^Key/).fill(canary);
  await connect.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(connect).toContainText('It answers, with 1 model.');
  await connect.getByLabel(/^Call it/).fill('canary');
  await connect.getByRole('button', { name: 'Save and use' }).click();
  await expect(connect.getByLabel(/^Key/)).toHaveValue('');
  await lab.command('application:close');
  await lab.run(0);
  await asked(lab, 1);
  expect(endpoint.requests.at(-1)?.headers.authorization).toBe(`Bearer ${canary}`);
  await lab.command('reconst:open');
  await lab.drag(lab.outputs(1), 'What a brilliant and deeply insightful question!');
  await page.locator('.jp-reconst-chip').getByRole('button', { name: 'Correct' }).click();
  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  await card.getByRole('radio').first().click();
  await card.getByRole('button', { name: 'Next: amend' }).click();
  const amend = page.getByRole('dialog', { name: 'Amend the constitution' });
  await expect(amend.getByRole('textbox', { name: 'Then' })).toBeVisible({ timeout: 30_000 });
  await amend.getByRole('button', { name: 'Preview' }).click();
  const impact = page.locator('#reconst-impact');
  const ratify = impact.getByRole('button', { name: /^Ratify/ });
  await expect(ratify).not.toHaveAttribute('aria-disabled', 'true', { timeout: 60_000 });
  await ratify.click();
  await expect(impact.getByRole('button', { name: 'Ask again with this rule' })).toBeVisible({ timeout: 20_000 });
  await lab.command('application:activate-previous-tab');

  // The endpoint says the key back, in an error and in a reply.
  const echoed = (key: string | undefined) => `Incorrect API key provided: ${key}. Your header was ${key}`;
  endpoint.script = request => ({ text: echoed(request.headers.authorization), status: 401 });
  await lab.run(2);
  await expect(lab.outputs(2)).not.toBeEmpty({ timeout: 30_000 });
  await lab.idle();
  await lab.save();
  await sidebar(lab, /History/);
  await lab.shot('trust-canary-light');

  const dom = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }));
  expect(dom).not.toContain(canary);
  const values = await page.locator('input, textarea').evaluateAll(all => all.map(e => (e as HTMLInputElement).value));
  expect(values.join()).not.toContain(canary);
  expect((await Promise.all(bodies)).filter(body => body.includes(canary))).toEqual([]);
  expect(server.log).not.toContain(canary);
  const secret = holding(server.home, canary);
  expect(secret, secret.join()).toHaveLength(1);
  expect(statSync(secret[0]).mode & 0o777).toBe(0o600);
  expect(holding(resolve(__dirname, '../../jupyter_reconst/labextension'), canary)).toEqual([]);
  await page.evaluate(async () => {
    type Service = { disconnect(name: string): Promise<void> };
    const { jupyterapp } = window as unknown as {
      jupyterapp: { pluginRegistry: { _plugins: Map<string, { service: Service }> } };
    };
    await jupyterapp.pluginRegistry._plugins.get('jupyter-reconst:service')!.service.disconnect('canary');
  });
  expect(holding(server.home, canary)).toEqual([]);
});

test('test_notebook_cannot_set_endpoint', async ({ lab, endpoint }) => {
  const reached: string[] = [];
  const evil = createServer((request, response) => {
    reached.push(request.url ?? '');
    response.end('{}');
  });
  await new Promise<void>(done => evil.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/v1`;
  const said = { base_url: url, endpoint: url, model: 'theirs', profile: 'theirs', api_key: 'x' };
  await lab.notebook('endpoint.ipynb', [LOAD, ask('Who answers this?')], {
    reconst: { version: 1, id: id(50), origin: null, sample: null, ...said },
    'reconst:profile:theirs': said,
    ...article(51, { title: 'One', then: 'be brief', ...said }),
    openai: said
  });
  await lab.run(0);
  await asked(lab, 1);
  evil.close();
  expect(reached).toEqual([]);
  expect(endpoint.requests).toHaveLength(1);
  expect(endpoint.requests[0].model).toBe('scripted');
  const panel = await sidebar(lab, /Constitution/);
  await expect(panel).toContainText('reconst base_url has no effect here');
});

/** Of the output; `RECONST_MEGABYTES` for more. */
const MEGABYTES = Number(process.env.RECONST_MEGABYTES ?? 10);

test('test_huge_output', { tag: '@measured' }, async ({ lab, page, endpoint }) => {
  // JupyterLab itself is slow with it: what is measured is what we add.
  const patience = MEGABYTES * 3_000;
  test.setTimeout(4 * patience);
  page.setDefaultTimeout(patience);
  const sentence = 'The robot defers while it is unsure of the goal. ';
  const text = `BEGIN ${sentence}\n`.concat(`${sentence.repeat(3)}\n`.repeat(7_000 * MEGABYTES));
  expect(text.length).toBeGreaterThan(MEGABYTES * 1_000_000);
  const output = { output_type: 'stream', name: 'stdout', text };
  const cells = [
    { cell_type: 'code', id: 'c0', source: '1', metadata: annotation(61, 'c0', 'unsure'), outputs: [output] }
  ];
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 1000 });
  await session.send('Profiler.start');
  await lab.notebook('huge.ipynb', cells, {}, 60_000 + patience);
  const first = lab.outputs(0).locator('pre').first();
  await first.filter({ visible: true }).waitFor();
  await sidebar(lab, /Review/);
  await first.evaluate(node => node.closest('.jp-Cell')?.scrollIntoView({ block: 'start' }), null, {
    timeout: patience
  });
  const chip = page.locator('.jp-reconst-chip');
  await chosen(first, 'BEGIN The robot defers');
  await expect(chip).toBeVisible({ timeout: patience });
  await chip.getByRole('button', { name: 'Correct' }).click();
  const card = page.getByRole('dialog', { name: 'Correct the highlighted words' });
  await expect(card).toContainText('BEGIN The robot defers', { timeout: patience });
  await expect(card.getByRole('radio').first()).toBeVisible({ timeout: patience });
  const { profile } = await session.send('Profiler.stop');
  const longest = longestOfOurs(profile as unknown as IProfile);
  test.info().annotations.push({ type: 'ours, longest task (ms)', description: longest.toFixed(1) });
  console.log(`${MEGABYTES} MB of output: longest task of ours ${longest.toFixed(1)} ms`);
  expect(longest).toBeLessThan(200);
  expect(Math.max(...endpoint.requests.map(request => request.raw.length))).toBeLessThan(600_000);
});

interface IProfile {
  nodes: { id: number; callFrame: { url: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

/** The longest stretch, in milliseconds, in which every sample had our code on its stack. */
function longestOfOurs(profile: IProfile): number {
  const ours = new Set<number>();
  const byId = new Map(profile.nodes.map(node => [node.id, node]));
  const walk = (at: number, inside: boolean): void => {
    const node = byId.get(at)!;
    const mine = inside || /jupyter-reconst/.test(node.callFrame.url);
    if (mine) {
      ours.add(at);
    }
    node.children?.forEach(child => walk(child, mine));
  };
  walk(profile.nodes[0].id, false);
  expect(ours.size, 'our code was seen').toBeGreaterThan(0);
  let longest = 0;
  let now = 0;
  profile.samples.forEach((sample, index) => {
    now = ours.has(sample) ? now + profile.timeDeltas[index] / 1000 : 0;
    longest = Math.max(longest, now);
  });
  return longest;
}
