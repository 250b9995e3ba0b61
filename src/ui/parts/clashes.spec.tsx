import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { clashing } from '../../../tests/ui/gallery/clashing';
import { articles, inForce } from '../../../tests/ui/gallery/fixtures';
import type { InForce } from '../../contract';
import type { IClashes } from '../../tokens';
import * as React from '../react';
import { Clashes } from './clashes';

const trans = nullTranslator.load('');
const page = stage();
let calls: unknown[][];

const call = (name: string) => () => void calls.push([name]);
const about = (name: string) => (given: unknown) => void calls.push([name, given]);

const search = {
  estimate: async () => call('estimate')(),
  recall: async () => call('recall')(),
  find: async () => call('find')(),
  stop: call('stop'),
  close: call('close')
};

function draw(clashes: IClashes | null, law: InForce = inForce): void {
  page.draw(
    <Clashes
      clashes={clashes}
      law={law.digest}
      articles={law.constitution.articles}
      trans={trans}
      search={search}
      onEdit={about('edit')}
      onRepeal={about('repeal')}
    />
  );
}

const buttons = () => Array.from(page.host.querySelectorAll('button'));
const press = (text: string) =>
  act(() =>
    buttons()
      .find(b => b.textContent === text)!
      .click()
  );

beforeEach(() => {
  calls = [];
});

it('what it would take is said before anything is asked', () => {
  draw(clashing.none);
  press('Check for clashes');
  draw(clashing.estimated);
  expect(page.host.textContent).toContain(
    '15 pairs are compared, 4 articles are left out in turn: about 63 calls, and three more for each new clash'
  );
  press('Look for clashes');
  press('Not now');
  expect(calls).toEqual([['estimate'], ['find'], ['close']]);
  const known = { ...clashing.estimated!, searched: { ...clashing.estimated!.searched!, expected: 0 } };
  draw(known);
  expect(page.host.textContent).toContain('no calls, all of it is on record');
});

it('what a prover found says where both apply, what each asks for, and what is taken as given', () => {
  draw(clashing.done);
  const text = page.host.textContent!;
  expect(text).toContain('may clash. Both apply where: the question is about history.');
  expect(text).toContain('asks for: list three references. Taken as given');
  expect(text).toContain('3 clashes');
});

it('it can be stopped while it runs, and says how far it is', () => {
  draw(clashing.running);
  expect(page.host.textContent).toContain('7 of 19 looked at');
  expect(page.host.querySelector('[role=progressbar]')!.getAttribute('aria-valuenow')).toBe('7');
  press('Stop');
  expect(calls).toEqual([['stop']]);
  expect(buttons().some(b => b.textContent === 'Check again')).toBe(false);
});

it('a finding shows both articles, the question, and which of them the reply follows', () => {
  draw(clashing.done);
  const [first, second, idle] = Array.from(page.host.querySelectorAll('li'));
  expect(first.textContent).toContain('“Keep to the length asked for” and “Offer three references” may clash.');
  expect(first.textContent).toContain('In one sentence: who described');
  expect(first.textContent).toContain('“Keep to the length asked for”: followed');
  expect(first.textContent).toContain('“Offer three references”: not followed');
  expect(second.textContent).toContain('cannot tell');
  expect(idle.textContent).toContain('none of 5 replies was any different; up to 58% of such replies may still be.');
  expect(page.host.textContent).toContain('3 clashes, 1 without effect, 1 answer not read');
});

it('edit and repeal open what there is for that, and only for articles that still stand', () => {
  draw(clashing.done);
  press('Edit');
  press('Repeal');
  expect(calls).toEqual([
    ['edit', articles[1].id],
    ['repeal', articles[1]]
  ]);
  draw(clashing.done, {
    ...inForce,
    digest: 'new',
    constitution: { ...inForce.constitution, articles: [articles[4]] }
  });
  expect(buttons().filter(b => b.textContent === 'Edit')).toHaveLength(1);
  expect(page.host.textContent).toContain('The constitution has changed since: check again.');
});

it('articles beyond the token budget are named; a failure is said with its remedy', () => {
  draw(clashing.done);
  expect(page.host.textContent).toContain('246 tokens, of a budget of 200.');
  expect(page.host.textContent).toContain('Beyond it: “Use the group’s notation”, “Name the prover and its version”.');
  draw(clashing.failed);
  expect(page.host.textContent).not.toContain('of a budget');
  expect(page.host.textContent).toContain('lab-70b is busy (429). Wait a little.');
  press('Check again');
  expect(calls).toEqual([['estimate']]);
});
