import type { NotebookPanel } from '@jupyterlab/notebook';

import { Selections } from './selection';

/** A panel whose one cell has outputs that say this; an empty one is a picture. */
function panel(...said: string[]): NotebookPanel {
  const node = document.body.appendChild(document.createElement('div'));
  const widgets = said.map(text => {
    const output = document.createElement('div');
    output.innerHTML = `<div class="jp-OutputArea-output"><pre>${text}</pre></div>`;
    return { node: output };
  });
  const cellNode = node.appendChild(document.createElement('div'));
  cellNode.className = 'jp-CodeCell';
  const area = cellNode.appendChild(document.createElement('div'));
  area.className = 'jp-Cell-outputWrapper';
  area.append(...widgets.map(w => w.node));
  const outputs = { length: said.length, get: () => ({ data: {} }) };
  const cell = { model: { id: 'c1', type: 'code', outputs }, node: cellNode, outputArea: { widgets } };
  return { content: { widgets: [cell], node } } as unknown as NotebookPanel;
}

const selections = (...said: string[]) => new Selections(panel(...said), () => 'Cell 1');
const quoted = ({ target }: { target: { output: number; part: string } }) => [target.output, target.part];

afterEach(() => document.body.replaceChildren());

describe('sentences of a cell', () => {
  it('are of the last output that has words, and of the others by asking', () => {
    const given = selections('One. Two.', '', 'Three.', '').sentences('c1')!;
    expect([given.text, given.output, given.outputs]).toEqual(['Three.', 2, 4]);
    const other = given.other();
    expect([other.text, other.output]).toEqual(['One. Two.', 0]);
    expect(other.other().text).toBe('Three.');
    expect(quoted(other.whole())).toEqual([0, 'whole']);
    expect(quoted(other.select(0, 4))).toEqual([0, 'words']);
  });

  it('begin with the output that was pressed, if it has words', () => {
    const made = selections('One.', '', 'Three.');
    expect(made.sentences('c1', 0)!.text).toBe('One.');
    expect(made.sentences('c1', 1)!.text).toBe('Three.');
  });

  it('are none without words', () => {
    expect(selections('', '').sentences('c1')).toBeNull();
    expect(selections().sentences('c1')).toBeNull();
  });

  it('where no other output has words the list stays', () => {
    const given = selections('One.', '').sentences('c1')!;
    expect([given.outputs, given.other().text]).toEqual([2, 'One.']);
  });
});

describe('a whole output', () => {
  it('is the one that was pressed, or the last that has words', () => {
    const made = selections('One.', 'Two.', '');
    expect(quoted(made.whole('c1', 0)!)).toEqual([0, 'whole']);
    expect(quoted(made.whole('c1')!)).toEqual([1, 'whole']);
    expect(made.whole('c1', 2)).toBeNull();
  });

  it('is found by what stands in it', () => {
    const made = selections('One.', 'Two.');
    const second = document.querySelectorAll('pre')[1];
    expect(made.outputAt(second)).toEqual({ cell: 'c1', output: 1 });
    expect(made.outputAt(document.body)).toBeNull();
  });
});
