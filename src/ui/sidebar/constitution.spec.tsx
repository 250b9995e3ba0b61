import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';
import { createRoot, Root } from 'react-dom/client';

import { NOW, articles, inForce } from '../../../tests/ui/gallery/fixtures';
import type { InForce, WhenScore } from '../../contract';
import * as React from '../react';
import { ConstitutionList, IConstitutionProps, Reads } from './constitution';
import { scoreOf } from './score';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

const trans = nullTranslator.load('');
let root: Root;
let host: HTMLElement;
let calls: unknown[][];
let scores: WhenScore[];

const call =
  (name: string) =>
  (...given: unknown[]) =>
    void calls.push([name, ...given]);

function draw(law: InForce): void {
  const props: IConstitutionProps = {
    inForce: law,
    present: [],
    onLook: () => undefined,
    onImport: () => undefined,
    onShare: () => undefined,
    onCompare: () => undefined,
    now: NOW,
    trans,
    quiet: false,
    onToggle: call('toggle'),
    onMove: call('move'),
    onEdit: call('edit'),
    onImpact: call('impact'),
    onHistory: call('history'),
    onRepeal: call('repeal'),
    onPromote: call('promote'),
    onCopy: call('copy'),
    onTell: call('tell'),
    clashes: null,
    search: {
      estimate: async () => call('estimate')(),
      recall: async () => call('recall')(),
      find: async () => call('find')(),
      stop: call('stop'),
      close: call('close')
    },
    onResolve: call('resolve'),
    onReview: call('review'),
    onComplete: call('complete'),
    onScores: () => Promise.resolve(scores)
  };
  act(() => root.render(<ConstitutionList {...props} />));
}

beforeEach(() => {
  calls = [];
  scores = [];
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

it('an article with two versions waits for a choice: it is not switched, moved or edited, and either can be taken', () => {
  const other = { ...articles[0], revision: 'v1b', then: 'something else' };
  draw({ ...inForce, conflicts: [{ article: 'r1', heads: [articles[0], other] }] });
  const [first, second] = Array.from(host.querySelectorAll<HTMLElement>('.jp-reconst-art'));
  const press = (row: Element, text: string) =>
    act(() =>
      Array.from(row.querySelectorAll('button'))
        .find(b => b.textContent === text)!
        .click()
    );
  act(() => first.querySelector<HTMLElement>('[role=switch]')!.click());
  act(() => first.querySelector<HTMLElement>('.jp-reconst-name')!.click());
  press(first, 'Edit');
  press(first, 'Impact');
  const down = new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true });
  act(() => void first.querySelector('.jp-reconst-name')!.dispatchEvent(down));
  expect(first.draggable).toBe(false);
  expect(calls).toEqual([]);
  act(() => second.querySelector<HTMLElement>('[role=switch]')!.click());
  const block = host.querySelector('.jp-reconst-conflict')!;
  press(block, 'Keep this one');
  press(block, 'Take this one');
  expect(calls).toEqual([
    ['toggle', 'r2'],
    ['resolve', 'r1', 'v1'],
    ['resolve', 'r1', 'v1b']
  ]);
});

it('what is sent says which of it is sent only when it fits', () => {
  const scoped = { ...articles[1], always: false };
  const law = (all: typeof articles) => ({ ...inForce, constitution: { ...inForce.constitution, articles: [...all] } });
  const read = (all: typeof articles) => {
    act(() =>
      root.render(<Reads key={all.length} inForce={law(all)} context={null} trans={trans} onArticle={call('new')} />)
    );
    act(() =>
      Array.from(host.querySelectorAll('button'))
        .find(b => b.textContent === 'What is sent')!
        .click()
    );
    return host.textContent;
  };
  expect(read([articles[0], scoped])).toContain(`Sent only with a question that it fits: “${scoped.title}”`);
  expect(host.textContent).toContain('at most');
  expect(read([articles[0]])).not.toContain('that it fits');
});

const SCORE = { article: articles[3].id, hits: 4, false_alarms: 1, misses: 0, passes: 3, n: 8 };

it('an open scoped article says how its WHEN does against the person’s marks; one that always applies has none', async () => {
  scores = [
    { ...SCORE, mcc: 0.7746, precision: 0.8, recall: 1 },
    { ...SCORE, article: articles[0].id, mcc: 1, precision: 1, recall: 1 }
  ];
  const open = async (at: number) => {
    await act(async () => host.querySelectorAll<HTMLButtonElement>('.jp-reconst-name')[at].click());
    return host.querySelector('.jp-reconst-more')!.textContent;
  };
  draw({ ...inForce, constitution: { ...inForce.constitution, articles: [...articles] } });
  expect(articles[3].always).toBe(false);
  expect(await open(3)).toContain('WHEN: right in 7 of 8 of your marks (MCC 0.77, precision 80%, recall 100%).');
  expect(await open(0)).not.toContain('of your marks');
});

it('too few marks, or marks of one kind, are no score', () => {
  expect(scoreOf({ ...SCORE, hits: 1, n: 4, mcc: 1, precision: 1, recall: 1 }, trans)).toContain('too few marks');
  expect(scoreOf({ ...SCORE, mcc: null, precision: 1, recall: 1 }, trans)).toContain('too few marks');
});
