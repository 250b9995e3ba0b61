/** Where the kernel cannot ask, being of another language or without our package: the server asks, the page writes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { Lab, expect, test } from './lab';
import type { IRequest } from './lab';
import type { LabServer } from './server';

const LONG = Array.from(
  { length: 30 },
  (_, n) => `Paragraph ${n}: the switch stays on. It follows from the lemma.`
).join('\n\n');
const own = (lab: Lab) => lab.endpoint.requests.map(request => request.messages.filter(m => m.role !== 'system'));

interface ISaved {
  outputs: { metadata: { reconst: { model: string } } }[];
}

test.use({
  config: `c.Reconst.profiles = [{"name": "small", "base_url": __import__("os").environ["OPENAI_BASE_URL"], "model": "scripted", "context": 3000}]
c.Reconst.default_profile = "small"`
});

for (const kernel of ['echo', 'bare']) {
  test(`the server asks and the page writes: ${kernel}`, async ({ lab, page, endpoint, server }) => {
    kernelspec(server, kernel);
    const paced = (pace: number) => (request: IRequest) => ({ text: `${request.last.length} signs. ${LONG}`, pace });
    endpoint.script = paced(40);
    const metadata = { kernelspec: { name: kernel, display_name: kernel, language: kernel } };
    await lab.notebook(`${kernel}.ipynb`, ['1 + 1'], metadata);
    await lab.command('reconst:open');
    const composer = page.locator('#reconst-sidebar').getByRole('group', { name: 'Ask' });
    await composer.getByRole('textbox', { name: 'Prompt' }).fill(`What is a switch in ${kernel}?`);
    await composer.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(lab.outputs(1)).toContainText('signs.', { timeout: 30_000 });
    await expect(lab.outputs(1)).toContainText('Paragraph 1');
    const closed = endpoint.closed;
    await composer.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => endpoint.closed, { timeout: 1_000, intervals: [20] }).toBe(closed + 1);
    await expect(lab.outputs(1)).toContainText('stopped; what had arrived is kept');
    endpoint.script = paced(2);
    await lab.outputs(1).getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(() => own(lab).length).toBe(2);
    await expect(lab.outputs(1).locator('.jp-reconst-turn')).toContainText(/\d s/, { timeout: 60_000 });
    await lab.save();
    const { outputs } = lab.saved(`${kernel}.ipynb`).cells[1] as unknown as ISaved;
    expect(outputs).toHaveLength(1);
    expect(outputs[0].metadata.reconst.model).toBe('scripted');

    await lab.runAll();
    await expect(lab.outputs(1)).toContainText('recorded reply', { timeout: 30_000 });
    await expect(lab.outputs(1)).toContainText('Paragraph 29');
    await expect(lab.outputs(1)).not.toContainText('%%reconst');

    await composer.getByRole('textbox', { name: 'Prompt' }).fill('long '.repeat(4_000));
    await composer.getByRole('button', { name: 'What is sent' }).click();
    await expect(composer.getByRole('region', { name: 'What is sent' })).toContainText(/needs about [\d,]+ tokens/);
    await composer.getByRole('button', { name: 'Send' }).click();
    await expect(page.locator('#reconst-sidebar')).toContainText(/needs about [\d,]+ tokens/);
    expect(own(lab)).toHaveLength(2);
  });
}

function kernelspec(server: LabServer, name: string): void {
  const folder = join(server.data, 'kernels', name);
  mkdirSync(folder, { recursive: true });
  const python = process.env.PYTHON ?? resolve(__dirname, '..', '..', '.venv', 'bin', 'python');
  const argv = [python, join(__dirname, 'kernels.py'), name, '-f', '{connection_file}'];
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv, display_name: name, language: name }));
}
