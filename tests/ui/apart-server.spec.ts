/** A notebook of ours where our server extension is off. */
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
