import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { NOW, inForce, scoped as LAW } from '../../../tests/ui/gallery/fixtures';
import type { InForce } from '../../contract';
import * as React from '../react';
import type { MenuLine } from '../parts/menu';
import { Reads } from './constitution';
import { IGroupActs, ScopeGroups } from './groups';

const mockMenu = jest.fn<void, [HTMLElement, MenuLine[]]>();
jest.mock('../parts/menu', () => ({ showMenu: (...given: [HTMLElement, MenuLine[]]) => mockMenu(...given) }));

const trans = nullTranslator.load('');
const here = stage();
let calls: unknown[][];

const call =
  (name: string) =>
  (...given: unknown[]) =>
    void calls.push([name, ...given]);

const [, theirs, mine, covering] = LAW.constitution.articles;
const [covered] = LAW.constitution.beneath.map(b => b.article);

function draw(law = LAW): void {
  const acts: IGroupActs = {
    present: [],
    now: NOW,
    trans,
    onLook: call('look'),
    onToggle: call('toggle'),
    onMove: call('move'),
    onEdit: call('edit'),
    onImpact: call('impact'),
    onHistory: call('history'),
    onRepeal: call('repeal'),
    onPromote: call('promote'),
    onCopy: call('copy'),
    onTell: call('tell'),
    onScores: () => Promise.resolve([])
  };
  here.draw(<ScopeGroups {...acts} inForce={law} />);
}

const groups = () => Array.from(here.host.querySelectorAll('section'));
const row = (title: string) => Array.from(here.host.querySelectorAll('li')).find(l => l.textContent!.includes(title))!;

/** Open an article's menu; what it offers. */
function menuOf(title: string): NonNullable<MenuLine>[] {
  const name = row(title).querySelector<HTMLElement>('.jp-reconst-name')!;
  if (name.getAttribute('aria-expanded') === 'false') {
    act(() => name.click());
  }
  act(() => row(title).querySelector<HTMLElement>('[aria-haspopup=menu]')!.click());
  return mockMenu.mock.calls.pop()![1].filter(line => line !== null);
}

const choose = (title: string, label: string) =>
  menuOf(title)
    .find(line => line.label === label)!
    .run();

beforeEach(() => (calls = []));

it('articles stand where they hold, with the file of each scope, numbered as the model reads them', () => {
  draw();
  expect(groups().map(g => g.querySelector('.jp-reconst-scopehead')!.textContent)).toEqual([
    `All my notebooks${LAW.around[0].place}`,
    'Projectlab/corrigibility/constitution.md',
    `This notebook${LAW.digest.slice(0, 7)}`
  ]);
  expect(Array.from(here.host.querySelectorAll('.jp-reconst-no'), n => n.textContent)).toEqual([
    '1',
    '2',
    '–',
    '3',
    '4'
  ]);
});

it('a version that a nearer one stands in for is shown as such, in both places', () => {
  draw();
  expect(groups()[1].textContent).toContain(`${covered.title}does not apply: article 4 stands in its place`);
  expect(row('instead of another').textContent).toContain(covering.title);
  menuOf('instead of another');
  expect(row('instead of another').textContent).toContain('Instead of the one in Project: “say nothing”');
});

it('an article of the notebook is promoted; one of another scope is copied into it, and neither moved nor repealed', () => {
  draw();
  choose(mine.title, 'Promote to: Project');
  choose(mine.title, 'Promote to: All my notebooks');
  choose(theirs.title, 'Copy into this notebook');
  const down = new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true });
  act(() => void row(theirs.title).querySelector('.jp-reconst-name')!.dispatchEvent(down));
  expect(calls.filter(([name]) => name !== 'look')).toEqual([
    ['promote', mine.id, 'project'],
    ['promote', mine.id, 'user'],
    ['copy', theirs.id]
  ]);
  expect(row(theirs.title).draggable).toBe(false);
  expect(menuOf(theirs.title).map(line => line.label)).not.toContain('Repeal');
});

it('the first of the notebook’s own does not move above one of another scope', () => {
  draw();
  const up = new KeyboardEvent('keydown', { key: 'ArrowUp', altKey: true, bubbles: true });
  act(() => void row(mine.title).querySelector('.jp-reconst-name')!.dispatchEvent(up));
  const down = new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true });
  act(() => void row(mine.title).querySelector('.jp-reconst-name')!.dispatchEvent(down));
  expect(calls).toEqual([['move', mine.id, null]]);
});

it('what is sent says from which scope each article came, and nothing of scopes where there is one', () => {
  const read = (law: InForce) => {
    here.draw(<Reads key={law.digest} inForce={law} context={null} trans={trans} onArticle={call('new')} />);
    act(() => here.button('What is sent').click());
    return here.host.querySelector('.jp-reconst-exact')!.textContent;
  };
  expect(read(LAW)).toContain('All my notebooks 1Project 2This notebook 3, 4');
  expect(read({ ...inForce, digest: 'other' })).not.toContain('This notebook');
});
