/** A notebook of ours where a part of us is missing: the server extension is off, or the frontend is not installed. */
import { LOAD } from './acting';
import { expect, test } from './lab';
import { annotation, article, head, turn } from './law';

test.use({ config: "c.ServerApp.jpserver_extensions = {'jupyter_reconst': False}" });

const CARRIED = { ...head(800), ...article(801, { title: 'Still readable', when: 'always', then: 'be brief' }) };
const CELLS = [
  LOAD,
  { cell_type: 'code', source: 'print(1)' },
  {
    cell_type: 'code',
    source: '%%reconst\nWhat holds?',
    metadata: annotation(802, 'c2', 'on'),
    outputs: [turn(803, 'The switch stays **on**.')]
  }
];

test('the server extension is off: the notebook runs, the articles can be read, and a card says what is missing', async ({
  lab,
  page
}) => {
  await lab.notebook('off.ipynb', CELLS, CARRIED);
  await lab.command('reconst:open');
  const panel = page.locator('#reconst-sidebar');
  await expect(panel).toContainText('The server part of Reconstitution does not answer.');
  await expect(panel).toContainText('Still readable');
  await expect(panel).toContainText('be brief');
  await lab.run(1);
  await expect(lab.outputs(1)).toContainText('1');
  await lab.run(0);
  await lab.idle();
  await lab.run(2);
  await expect(lab.outputs(2)).toContainText(/server part/i);
  await expect(lab.outputs(2)).not.toContainText('Traceback');
});

test('the frontend is not installed: a normal notebook, which loses nothing of ours when it is saved', async ({
  lab,
  page
}) => {
  // Signed in before: a page that is written anew here brings no cookie.
  await page.goto(`${lab.server.url}/lab?token=${lab.server.token}`);
  await page.route(/\/lab\/tree\//, async route => {
    const response = await route.fetch();
    const text = (await response.text()).replace(
      /(<script id="jupyter-config-data" type="application\/json">)([\s\S]*?)(<\/script>)/,
      (_, open: string, json: string, close: string) => {
        const config = JSON.parse(json) as { federated_extensions: { name: string }[] };
        config.federated_extensions = config.federated_extensions.filter(e => e.name !== 'jupyter-reconst');
        return `${open}${JSON.stringify(config)}${close}`;
      }
    );
    await route.fulfill({ response, body: text });
  });
  await lab.notebook('without.ipynb', CELLS, CARRIED);
  await expect(page.locator('#reconst-sidebar')).toHaveCount(0);
  await expect(lab.outputs(2).locator('strong')).toHaveText('on');
  await lab.run(1);
  await expect(lab.outputs(1)).toContainText('1');
  await lab.save();
  const saved = lab.saved('without.ipynb');
  expect(saved.metadata).toMatchObject(CARRIED);
  expect(saved.cells[2].metadata).toMatchObject(annotation(802, 'c2', 'on'));
});
