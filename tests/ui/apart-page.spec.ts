/** A notebook of ours where our frontend is not installed. */
import { LOAD } from './acting';
import { expect, test } from './lab';
import { annotation, article, head, turn } from './law';

test.use({ config: "c.LabApp.labextensions_path = ['nowhere']" });

test('without our frontend it is a normal notebook, which loses nothing of ours when it is saved', async ({
  lab,
  page
}) => {
  const carried = { ...head(810), ...article(811, { title: 'Kept', when: 'always', then: 'be brief' }) };
  const asked = {
    cell_type: 'code',
    source: '%%reconst\nWhat holds?',
    metadata: annotation(812, 'c2', 'on'),
    outputs: [turn(813, 'The switch stays **on**.')]
  };
  await lab.notebook('without.ipynb', [LOAD, { cell_type: 'code', source: 'print(1)' }, asked], carried);
  await expect(page.locator('#reconst-sidebar')).toHaveCount(0);
  await expect(lab.outputs(2).locator('strong')).toHaveText('on');
  await lab.run(1);
  await expect(lab.outputs(1)).toContainText('1');
  await lab.save();
  const saved = lab.saved('without.ipynb');
  expect(saved.metadata).toMatchObject(carried);
  expect(saved.cells[2].metadata).toMatchObject(annotation(812, 'c2', 'on'));
});
