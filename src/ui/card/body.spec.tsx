import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { amendCard, candidates, card, inForce } from '../../../tests/ui/gallery/fixtures';
import type { ICard } from '../../tokens';
import * as React from '../react';
import { Card } from './body';
import type { ICardProps } from './props';

const trans = nullTranslator.load('');
const page = stage();
let calls: unknown[][];
let outside: string[];

const acts = () =>
  new Proxy({} as Record<string, unknown>, {
    get:
      (_, name) =>
      (...given: unknown[]) =>
        calls.push([name, ...given])
  });

function draw(shown: ICard): void {
  const a = acts() as Record<string, never>;
  const props: ICardProps = {
    card: shown,
    inForce,
    present: [],
    trans,
    quoted: false,
    estimate: null,
    onPick: a.pick,
    onWrite: a.write,
    onStop: a.stop,
    onRetry: a.retry,
    onConnect: a.connect,
    onSave: a.save,
    onNext: a.next,
    onFact: a.fact,
    onChoose: a.choose,
    onReword: a.reword,
    onBack: a.back,
    onPreview: a.preview,
    onClose: a.close,
    onSent: a.sent
  };
  page.draw(<Card {...props} />);
}

function press(key: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  act(() => void document.activeElement?.dispatchEvent(event));
  return event.defaultPrevented;
}

const list = () => page.host.querySelector('[data-reconst-list]');
const own = () => page.host.querySelector('textarea');

beforeEach(() => {
  calls = [];
  outside = [];
  document.body.addEventListener('keydown', note);
});

afterEach(() => {
  document.body.removeEventListener('keydown', note);
});

function note(event: KeyboardEvent): void {
  outside.push(event.key);
}

it('opens with the focus on the list, and digits pick what is ready', () => {
  draw(card);
  expect(document.activeElement).toBe(list());
  press('1');
  press('3');
  expect(calls).toEqual([['pick', 0]]);
});

it('another key goes to one’s own words, where digits are text', () => {
  draw(card);
  expect(press('x')).toBe(false);
  expect(document.activeElement).toBe(own());
  expect(press('1')).toBe(false);
  expect(calls).toEqual([]);
});

it('a row that gets ready takes neither the focus nor another row’s place', () => {
  draw(card);
  press('Tab');
  expect(document.activeElement).toBe(own());
  draw({ ...card, own: 'Δ', candidates: candidates.map(c => ({ ...c, status: 'ready' as const })) });
  expect(document.activeElement).toBe(own());
  expect(Array.from(page.host.querySelectorAll('.jp-reconst-cand kbd'), e => e.textContent)).toEqual(['1', '2', '3']);
});

it('taking back what one wrote leaves the focus where it was', () => {
  draw(card);
  press('x');
  draw({ ...card, own: 'x' });
  draw(card);
  expect(document.activeElement).toBe(own());
});

it('the list takes the focus when it arrives, unless something was written', () => {
  draw({ ...card, candidates: [], disagrees: null });
  expect(document.activeElement).toBe(own());
  draw(card);
  expect(document.activeElement).toBe(list());
});

it('what is pressed before the rows arrive picks nothing and writes nothing, unless it is a word', () => {
  const opening = { ...card, candidates: [], disagrees: null, busy: true };
  draw(opening);
  expect(document.activeElement).toBe(page.host.querySelector('[role=dialog]'));
  expect(press('1')).toBe(true);
  draw(card);
  expect(document.activeElement).toBe(list());
  expect(calls).toEqual([]);
  draw({ ...opening, annotations: [{ ...card.annotations[0], id: 'a9' }] });
  expect(press('x')).toBe(false);
  expect(document.activeElement).toBe(own());
});

it('Tab goes to one’s own words while no rows have come, and so does the focus when none come', () => {
  const opening = { ...card, candidates: [], disagrees: null, busy: true };
  draw(opening);
  press('Tab');
  expect(document.activeElement).toBe(own());
  draw({ ...opening, annotations: [{ ...card.annotations[0], id: 'a9' }] });
  draw({ ...opening, annotations: [{ ...card.annotations[0], id: 'a9' }], busy: false });
  expect(document.activeElement).toBe(own());
});

it('the first stroke of an accent begins one’s own words', () => {
  draw(card);
  expect(press('Dead')).toBe(false);
  expect(document.activeElement).toBe(own());
});

it('Ctrl+Enter goes on and never reaches the notebook', () => {
  draw({ ...card, picked: 0 });
  press('Enter', { ctrlKey: true });
  expect(calls).toEqual([['next']]);
  expect(outside).toEqual([]);
});

it('nothing is saved before there is something to save', () => {
  draw(card);
  press('Enter');
  press('Enter', { ctrlKey: true });
  page.host.querySelectorAll<HTMLElement>('footer button').forEach(button => act(() => button.click()));
  expect(calls).toEqual([]);
});

it('Enter saves, Escape closes', () => {
  draw({ ...card, own: 'my words' });
  press('Enter');
  press('Escape');
  expect(calls).toEqual([['save'], ['close']]);
  expect(outside).toEqual([]);
});

it('Tab goes round inside, the list and the own words first', () => {
  draw({ ...card, picked: 0 });
  const seen: (Element | null)[] = [document.activeElement];
  do {
    press('Tab');
    expect(page.host.contains(document.activeElement)).toBe(true);
    seen.push(document.activeElement);
  } while (document.activeElement !== list() && seen.length < 20);
  expect(seen[0]).toBe(list());
  expect(seen[1]).toBe(own());
  expect(seen[seen.length - 1]).toBe(list());
  const reachable = page.host.querySelectorAll('button, textarea, [tabindex="0"]').length;
  expect(new Set(seen).size).toBe(reachable);
  press('Tab', { shiftKey: true });
  expect(document.activeElement).toBe(seen[seen.length - 2]);
});

it('only the row that is being written can be stopped', () => {
  draw(card);
  const stops = Array.from(page.host.querySelectorAll('button')).filter(b => b.textContent === 'Stop');
  expect(stops).toHaveLength(1);
  act(() => stops[0].click());
  expect(calls).toEqual([['stop', 2]]);
});

it('amend: digits choose, Ctrl+Enter previews from a text box too', () => {
  draw(amendCard);
  press('3');
  expect(calls).toEqual([['choose', 2]]);
  act(() => own()?.focus());
  expect(press('3')).toBe(false);
  press('Enter', { ctrlKey: true });
  expect(calls).toEqual([['choose', 2], ['preview']]);
});

it('amend: nothing to preview, nothing is previewed', () => {
  draw({ ...amendCard, chosen: null, amendment: null, draft: null });
  press('Enter', { ctrlKey: true });
  expect(calls).toEqual([]);
});

it('amend: what is being tried is not shown yet, and cannot be chosen', () => {
  draw(amendCard);
  const waiting = page.host.querySelectorAll<HTMLElement>('.jp-reconst-wait');
  expect(Array.from(waiting, e => e.textContent)).toEqual(['2 being tried on your highlighted words']);
  expect(page.host.textContent).not.toContain('cite a paper with its DOI or arXiv number; if unsure');
  press('2');
  act(() => waiting[0].querySelector<HTMLElement>('[role=radio]')?.click());
  expect(calls).toEqual([]);
});

it('amend: a row that one writes in stays where it is when its trial fails', () => {
  draw(amendCard);
  act(() => own()?.focus());
  const trial = { status: 'rejected' as const, fires: true, moved: false, why: 'no change' };
  draw({ ...amendCard, proposals: amendCard.proposals.map(p => (p.slot === 0 ? { ...p, trial } : p)) });
  expect(page.host.querySelector('details')?.textContent).not.toContain('Name a source');
  expect(document.activeElement).toBe(own());
});

it('amend: a revision that one left comes back as one, and says so', () => {
  draw({ ...amendCard, chosen: null, amendment: amendCard.proposals[1].amendment });
  const left = page.host.querySelector('.jp-reconst-on');
  expect(left?.textContent).toContain('As you left it');
  expect(left?.textContent).toContain('Revises article 3');
});

it('amend: what its trial rejected is folded, and usable', () => {
  draw(amendCard);
  const folded = page.host.querySelector('details');
  expect(folded?.open).toBe(false);
  expect(folded?.textContent).toContain('the reply stays the same');
  press('4');
  expect(calls).toEqual([['choose', 3]]);
});
