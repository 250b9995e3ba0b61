/** Two pages of one shared document, as jupyter-collaboration connects them: what one writes reaches the other, later. */
import { NotebookModel } from '@jupyterlab/notebook/lib/model';
import type { YNotebook } from '@jupyter/ydoc';
import * as Y from 'yjs';

import { TARGET } from '../../tests/jest/served';
import type { Annotation } from '../contract';
import { ulid } from '../service/ids';
import { Annotations } from './annotations';
import { ours, strip, write } from './carried';
import { TURN_MIME, annotationsIn } from './keys';
import { isCode, outputOf, shownAt } from './outputs';

const docOf = (model: NotebookModel) => (model.sharedModel as YNotebook).ydoc;

/** A notebook of one cell in two pages; `meet` brings to each what the other has done since. */
function opened() {
  const ana = new NotebookModel();
  const ben = new NotebookModel();
  ana.sharedModel.insertCell(0, { cell_type: 'code', source: 'print(1)', id: 'c0', metadata: {}, outputs: [] });
  const meet = (): void => {
    Y.applyUpdate(docOf(ben), Y.encodeStateAsUpdate(docOf(ana)), 'far');
    Y.applyUpdate(docOf(ana), Y.encodeStateAsUpdate(docOf(ben)), 'far');
  };
  // A collaborative page begins empty, and is filled by the server.
  docOf(ben).transact(() => ben.sharedModel.deleteCellRange(0, ben.cells.length));
  meet();
  return { ana, ben, meet };
}

const annotation = (said: string): Annotation => ({
  '@context': 'http://www.w3.org/ns/anno.jsonld',
  type: 'Annotation',
  id: ulid(),
  motivation: 'editing',
  body: [{ type: 'TextualBody', purpose: 'editing', value: said, source: null }],
  target: { ...TARGET, cell: 'c0' },
  created: '2026-01-01T00:00:00Z',
  modified: null,
  creator: { type: 'Person', name: '' }
});

it('what both write at once is there for both, and each is told of it', () => {
  const { ana, ben, meet } = opened();
  const told: string[] = [];
  ana.metadataChanged.connect((_, change) => void told.push(change.key));
  ana.cells.get(0).metadataChanged.connect((_, change) => void told.push(change.key));
  write(ana, { 'reconst:article:a': { then: 'a' } }, []);
  write(ben, { 'reconst:article:b': { then: 'b' } }, []);
  const theirs = annotation('theirs');
  new Annotations(ana).put(annotation('mine'));
  new Annotations(ben).put(theirs);
  told.length = 0;
  meet();
  for (const model of [ana, ben]) {
    expect(Object.keys(ours(model.metadata)).sort()).toEqual(['reconst:article:a', 'reconst:article:b']);
    expect(annotationsIn(model.cells.get(0).metadata)).toHaveLength(2);
  }
  expect(told).toEqual(expect.arrayContaining(['reconst:article:b', `reconst:annotation:${theirs.id}`]));
});

it('stripping takes what stands there, and nothing that a colleague writes meanwhile', () => {
  const { ana, ben, meet } = opened();
  write(ana, { 'reconst:article:a': {} }, []);
  meet();
  strip(ana);
  write(ben, { 'reconst:article:b': {}, other: 1 }, []);
  meet();
  for (const model of [ana, ben]) {
    expect(ours(model.metadata)).toEqual({ 'reconst:article:b': {} });
    expect(model.getMetadata('other')).toBe(1);
  }
});

it('undoing an edit of the notebook takes back nothing of ours, and nothing of a colleague', () => {
  const { ana, ben, meet } = opened();
  ana.sharedModel.cells[0].setSource('print(2)');
  write(ana, { 'reconst:article:a': {} }, []);
  write(ben, { 'reconst:article:b': {} }, []);
  ben.sharedModel.insertCell(1, { cell_type: 'markdown', source: 'theirs', metadata: {} });
  meet();
  ana.sharedModel.undo();
  meet();
  for (const model of [ana, ben]) {
    expect(Object.keys(ours(model.metadata)).sort()).toEqual(['reconst:article:a', 'reconst:article:b']);
    expect(Array.from(model.cells, cell => cell.sharedModel.getSource())).toContain('theirs');
  }
});

it('a reply that grows in one page is one output in both', () => {
  const { ana, ben, meet } = opened();
  const turn = ulid();
  const cell = ana.cells.get(0);
  if (!isCode(cell)) {
    throw new Error('no code');
  }
  for (const reply of ['', 'It', 'It holds.']) {
    const record = { version: 1, turn, reply, prompt: '?', model: 'm', digest: '', status: 'streaming', notebook: '' };
    const output = outputOf({ ...record, articles: 0, seconds: 0 } as never);
    const at = shownAt(cell, turn);
    if (at >= 0) {
      cell.outputs.set(at, output);
    } else {
      cell.outputs.add(output);
    }
    meet();
  }
  for (const model of [ana, ben]) {
    const drawn = model.cells.get(0);
    const replies = isCode(drawn) ? drawn.outputs.toJSON().map(o => (o.data as never)[TURN_MIME]['reply']) : [];
    expect(replies).toEqual(['It holds.']);
  }
});
