import { NotebookModel } from '@jupyterlab/notebook/lib/model';

import { TARGET } from '../../tests/jest/served';
import type { Annotation } from '../contract';
import { ulid } from '../service/ids';
import { Annotations } from './annotations';
import { annotationsIn } from './keys';

const annotation = (cell: string, said = ''): Annotation => ({
  '@context': 'http://www.w3.org/ns/anno.jsonld',
  type: 'Annotation',
  id: '01J00000000000000000000000',
  motivation: 'editing',
  body: [{ type: 'TextualBody', purpose: 'editing', value: said, source: null }],
  target: { ...TARGET, cell },
  created: '2026-01-01T00:00:00Z',
  modified: null,
  creator: { type: 'Person', name: '' }
});

/** A notebook of two cells, and what each of them carries. */
function opened() {
  const model = new NotebookModel();
  const cells = ['a', 'b'].map(source => ({ cell_type: 'code', source, id: ulid(), metadata: {} }));
  model.sharedModel.insertCells(0, cells);
  const carried = () => Array.from(model.cells, cell => annotationsIn(cell.metadata).map(a => a.body[0].value));
  const [first, second] = Array.from(model.cells, cell => cell.id);
  return { model, annotations: new Annotations(model), carried, first, second };
}

describe('annotations in cells', () => {
  it('are carried by one cell, wherever they were before', () => {
    const { annotations, carried, first, second } = opened();
    annotations.put(annotation(first, 'one'));
    annotations.put(annotation(second, 'two'));
    expect(carried()).toEqual([[], ['two']]);
  });

  it('go and come back', () => {
    const { annotations, carried, first } = opened();
    const put = annotations.put(annotation(first, 'one'));
    const taken = annotations.take(annotation(first).id);
    expect(carried()).toEqual([[], []]);
    taken.dispose();
    expect(carried()).toEqual([['one'], []]);
    put.dispose();
    expect(carried()).toEqual([[], []]);
  });

  it('undone, read as they did and lie where they lay', () => {
    const { annotations, carried, first, second } = opened();
    annotations.put(annotation(first, 'one'));
    annotations.put(annotation(second, 'two')).dispose();
    expect(carried()).toEqual([['one'], []]);
  });

  it('are left as a colleague has made them since', () => {
    const { model, annotations, carried, first } = opened();
    const theirs = new Annotations(model);
    const put = annotations.put(annotation(first, 'one'));
    theirs.put(annotation(first, 'theirs'));
    put.dispose();
    expect(carried()).toEqual([['theirs'], []]);
    const taken = annotations.take(annotation(first).id);
    theirs.put(annotation(first, 'again'));
    taken.dispose();
    expect(carried()).toEqual([['again'], []]);
  });

  it('stay with their cell when its id is of another session, and have no place without one', () => {
    const { annotations, carried, first } = opened();
    annotations.put(annotation(first, 'one'));
    annotations.put(annotation('elsewhere', 'two'));
    expect(carried()).toEqual([['two'], []]);
    annotations.take(annotation(first).id);
    expect(() => annotations.put(annotation('elsewhere'))).toThrow('gone');
  });

  it('once the notebook is closed there is nothing to undo', () => {
    const { model, annotations, first } = opened();
    const put = annotations.put(annotation(first, 'one'));
    model.dispose();
    expect(() => put.dispose()).not.toThrow();
  });
});
