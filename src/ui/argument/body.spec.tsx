import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { argument, formalized, weighed } from '../../../tests/ui/gallery/arguing';
import type { IArgument, IArguing } from '../../tokens';
import * as React from '../react';
import { Argument } from './body';

const trans = nullTranslator.load('');
const page = stage();
let calls: unknown[][];
const shapes = new Set<string>();
let shown = 0;

const call =
  (name: string) =>
  (...given: unknown[]) =>
    // Buttons hand their event on; what counts is what is said besides.
    void calls.push([name, ...given.filter(one => !(one as { nativeEvent?: Event }).nativeEvent)]);

function draw(state: Partial<IArgument>, pinned: string | null = null): string {
  calls = [];
  const acts = Object.fromEntries(
    ['weigh', 'formalize', 'stop', 'edit', 'judge', 'show', 'pin'].map(n => [n, call(n)])
  );
  page.draw(
    <Argument
      argument={{ ...argument, ...state }}
      arguing={{ ...acts, pinned } as unknown as IArguing}
      trans={trans}
      onSent={call('sent')}
      onArticle={call('article')}
    />
  );
  return page.host.textContent ?? '';
}

const press = (words: string): void => act(() => page.button(words).click());

it('says first whether it is worth it and what would be lost; the person goes on', () => {
  expect(draw({ found: weighed })).toContain('What would be lost: How sure people are.');
  expect(page.host.querySelectorAll('textarea')).toHaveLength(0);
  press('Formalise');
  expect(calls).toEqual([['formalize']]);
  expect(draw({ found: { ...weighed, worth: false } })).toContain('Not worth formalising:');
  expect(page.button('Formalise').className).not.toContain('primary');
  press('What the model was sent');
  expect(calls).toEqual([['sent', 'c1']]);
});

it('says what is missing and what to do where nothing can be judged', () => {
  const message = "No prover is installed: pip install 'jupyter_reconst[formal]'";
  const remedy = 'Have it installed where the server runs, restart the server, then try again.';
  expect(draw({ found: null, problem: { code: 'no_prover', message, remedy } })).toContain(`${message} ${remedy}`);
  press('Try again');
  expect(calls).toEqual([['weigh']]);
});

it('puts each sentence beside its words, its formula and what that says, each to be edited', () => {
  const text = draw({});
  expect(text).toContain('The formula says: for every person x');
  expect(text).toContain('not said in the passage');
  expect(text).toContain('Doubtful. Read back from its words');
  press('“Everybody who trusts Ana is wise”');
  expect(calls).toEqual([['show', 0]]);
  const boxes = Array.from(page.host.querySelectorAll('textarea'), box => [box.getAttribute('aria-label'), box.value]);
  expect(boxes.slice(0, 2)).toEqual([
    ['rule in words', 'Everybody who trusts Ana is wise'],
    ['rule as a formula', 'forall x: person. trusts(x, ana) -> wise(x)']
  ]);
  press('Make it an article…');
  expect(calls.at(-1)).toEqual(['article', formalized.premises[0].rule]);
});

it.each(['follows', 'does not follow', 'premises inconsistent', 'not decided', 'not checked'] as const)(
  'tells the verdict “%s” in words and in a shape of its own',
  says => {
    const told = ['In words.', 'More.'];
    expect(draw({ found: { ...formalized, told, verdict: { ...formalized.verdict!, says } } })).toContain(
      'In words.More.'
    );
    shapes.add(page.host.querySelector('h3 svg path')!.getAttribute('d')!);
    expect(shapes.size).toBe(++shown);
  }
);

it('an edit takes the verdict away until it is judged; what is pinned is compared with it', () => {
  expect(draw({ found: { ...formalized, verdict: null } })).not.toContain('It does not follow');
  press('Judge what is written');
  expect(calls).toEqual([['judge']]);
  expect(draw({}, 'follows')).toContain('Pinned as a case: “follows”.');
  expect(page.button('Pin as a case').getAttribute('aria-pressed')).toBe('true');
});

it('shows that it is at work and can be stopped, and what went wrong beside what there is', () => {
  expect(draw({ since: Date.now() })).toContain('Asking the prover, 0 s');
  press('Cancel');
  expect(calls).toEqual([['stop']]);
  const problem = { code: 'model_slow', message: 'It took too long.', remedy: 'Your text is kept here. Try again.' };
  expect(draw({ problem })).toContain('Your text is kept here.');
  expect(page.host.querySelectorAll('textarea').length).toBeGreaterThan(0);
});
