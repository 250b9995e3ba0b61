/** What is written into an open notebook, and what is left when it is taken away. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expose, highlight, painted, placesOf } from './highlighting';
import type { ITested } from './highlighting';
import { expect, test } from './lab';
import { REPLY, holding, reply, stream } from './outputs';

type Page = Parameters<typeof painted>[0];

function inNotebook<T>(
  page: Page,
  act: (notebook: ITested['document'], more: unknown) => T,
  more?: unknown
): Promise<T> {
  return page.evaluate(
    ([act, more]) => {
      const { document: notebook } = (window as unknown as { reconstTest: ITested }).reconstTest;
      return new Function('notebook', 'more', `return (${act})(notebook, more)`)(notebook, more) as T;
    },
    [act.toString(), more] as const
  );
}

test('keys are written and removed, saved and stripped; nobody else’s are touched', async ({ lab, page }) => {
  const foreign = { other: { keep: ['me'] } };
  await lab.notebook('keys.ipynb', [holding('%%reconst\nWhy?', reply(REPLY)), 'print(1)'], foreign);
  await expose(page);
  await inNotebook(page, notebook =>
    notebook.write({ 'reconst:article:a:1': { then: 'one' }, 'reconst:article:a:2': { then: 'two' } })
  );
  await inNotebook(page, notebook =>
    notebook.write({ 'reconst:article:a:3': { then: 'three' } }, ['reconst:article:a:1', 'other'])
  );
  await highlight(page, 0, 'brilliant');
  await highlight(page, 0, 'mild irrationality');
  await expect.poll(async () => (await painted(page)).length).toBe(2);

  const taken = await inNotebook(page, notebook => {
    const undo = notebook.unannotate(notebook.placed[0].annotation.id);
    (window as unknown as { undo: typeof undo }).undo = undo;
    return notebook.placed.length;
  });
  expect(taken).toBe(2);
  await expect.poll(async () => (await painted(page)).map(p => p.words)).toEqual(['mildirrationality']);
  await page.evaluate(() => (window as unknown as { undo: { dispose(): void } }).undo.dispose());
  await expect.poll(async () => (await painted(page)).length).toBe(2);

  await lab.save();
  const saved = lab.saved('keys.ipynb');
  expect(Object.keys(saved.metadata)).toEqual(
    expect.arrayContaining(['other', 'reconst:article:a:2', 'reconst:article:a:3'])
  );
  expect(Object.keys(saved.metadata)).not.toContain('reconst:article:a:1');
  expect(Object.keys(saved.cells[0].metadata).filter(key => key.startsWith('reconst:annotation:'))).toHaveLength(2);

  await inNotebook(page, notebook => notebook.strip());
  await expect.poll(async () => (await painted(page)).length).toBe(0);
  await lab.save();
  const bare = readFileSync(join(lab.server.root, 'keys.ipynb'), 'utf8');
  expect(JSON.parse(bare).metadata.other).toEqual(foreign.other);
  expect(JSON.parse(bare).cells[0].outputs[0].data).toEqual({
    'text/markdown': expect.anything(),
    'text/plain': expect.anything()
  });
  // The prompt itself is the person's text.
  expect(bare.replace('%%reconst', '')).not.toContain('reconst');
});

test('a notebook whose cells have no ids: the cell that carries a highlight counts', async ({ lab, page }) => {
  lab.write('old.ipynb', [holding('a', stream('the robot waits\n')), holding('b', stream('the robot acts\n'))]);
  const file = join(lab.server.root, 'old.ipynb');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  json.nbformat_minor = 4;
  const id = '01J00000000000000000000000';
  const selector = [
    { type: 'TextQuoteSelector', exact: 'robot', prefix: 'the ', suffix: ' acts\n' },
    { type: 'TextPositionSelector', start: 4, end: 9 }
  ];
  const target = {
    type: 'SpecificResource',
    cell: 'of-another-session',
    output: 0,
    part: 'words',
    occurrence: 0,
    turn: null,
    selector
  };
  json.cells[1].metadata[`reconst:annotation:${id}`] = {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    id,
    motivation: 'highlighting',
    body: [],
    target,
    created: '2026-11-23T00:00:00Z',
    modified: null,
    creator: { type: 'Person', name: '' }
  };
  // Damaged and hostile ones have no effect, and stay in the file.
  json.cells[0].metadata['reconst:annotation:x'] = { id: '../..', target: { selector: 'all' } };
  json.cells[0].metadata[`reconst:annotation:${id.replace(/.$/, '1')}`] = {
    ...json.cells[1].metadata[`reconst:annotation:${id}`],
    target: null
  };
  json.cells.forEach((cell: { id?: string }) => delete cell.id);
  writeFileSync(file, JSON.stringify(json));

  await lab.open('old.ipynb');
  await expose(page);
  await expect.poll(() => painted(page)).toEqual([{ cell: 1, words: 'robot', paint: 'open' }]);
  expect(await placesOf(page)).toMatchObject([{ cell: 1, place: 'attached' }]);
  await inNotebook(page, notebook => notebook.activate(notebook.placed[0].annotation.target));
  await expect.poll(async () => (await painted(page)).map(p => p.paint).sort()).toEqual(['active', 'open']);
  await inNotebook(page, notebook => notebook.activate(null));
  await lab.save();
  expect(JSON.stringify(lab.saved('old.ipynb').cells[0].metadata)).toContain('../..');
  await lab.reload();
  await expose(page);
  await expect.poll(() => painted(page)).toEqual([{ cell: 1, words: 'robot', paint: 'open' }]);
});
