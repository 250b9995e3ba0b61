import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { argument, formalized, weighed } from '../../../tests/ui/gallery/arguing';
import type { IArgument } from '../../tokens';
import { h } from '../h';
import { Argument } from './body';

const trans = nullTranslator.load('');
const page = stage();
let calls: unknown[][];

const call =
  (name: string) =>
  (...given: unknown[]) =>
    // Buttons hand their event on; what counts is what is said besides.
    void calls.push([name, ...given.filter(one => !(one as { nativeEvent?: Event }).nativeEvent)]);

function draw(state: Partial<IArgument>, pinned: string | null = null): string {
  calls = [];
  page.draw(
    <Argument
      argument={{ ...argument, ...state }}
      pinned={pinned}
      trans={trans}
      onAgain={call('again')}
      onGoOn={call('goOn')}
      onStop={call('stop')}
      onEdit={call('edit')}
      onJudge={call('judge')}
      onShow={call('show')}
      onPin={call('pin')}
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
  expect(calls).toEqual([['goOn']]);
  expect(draw({ found: { ...weighed, worth: false } })).toContain('Not worth formalising:');
  expect(page.button('Formalise all the same')).toBeDefined();
});

it('says what is missing and what to do before anything is sent', () => {
  const missing = "No prover is installed: pip install 'jupyter_reconst[formal]'";
  expect(draw({ found: { ...weighed, loss: '', sent: [], missing } })).toContain(missing);
  press('Look again');
  expect(calls).toEqual([['again']]);
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
  expect(calls.at(-1)).toEqual([
    'article',
    {
      title: 'Assume “Everybody who trusts Ana is wise” only with a reason',
      when: 'an argument assumes: Everybody who trusts Ana is wise',
      then: 'say why it may be assumed; without a reason, do not conclude: Ben trusts Ana'
    }
  ]);
});

it.each([
  ['follows', 'It follows. It rests on: rule, fact.'],
  ['does not follow', 'It does not follow. It could be like this'],
  ['premises inconsistent', 'The premises are inconsistent. These contradict each other: rule, fact.'],
  ['not decided', 'Not decided.'],
  ['not checked', 'Not checked.']
] as const)('tells the verdict “%s” in a word and a shape', (says, words) => {
  const consistent =
    { follows: true, 'does not follow': true, 'premises inconsistent': false }[says as 'follows'] ?? null;
  const verdict = { ...formalized.verdict!, says, consistent, core: ['rule', 'fact'] };
  const text = draw({ found: { ...formalized, verdict } });
  expect(text).toContain(words);
  expect(text).toContain(
    consistent === null ? 'is not known' : consistent ? 'they can all be true' : 'they cannot all be true'
  );
  expect(page.host.querySelector('.jp-reconst-verdict svg')).not.toBeNull();
  const settled = !says.startsWith('not');
  expect(page.button('Pin as a case').getAttribute('aria-disabled')).toBe(settled ? null : 'true');
});

it('an edit takes the verdict away until it is judged; what is pinned is compared with it', () => {
  expect(draw({ found: { ...formalized, verdict: null } })).not.toContain('It does not follow');
  press('Judge what is written');
  expect(calls).toEqual([['judge']]);
  expect(draw({}, 'follows')).toContain('Pinned as a case: “follows”.');
  expect(page.button('Pin as a case').getAttribute('aria-pressed')).toBe('true');
});

it('shows that it is at work and can be stopped, and what went wrong beside what there is', () => {
  expect(draw({ since: Date.now(), judging: true })).toContain('Asking the prover, 0 s');
  press('Cancel');
  expect(calls).toEqual([['stop']]);
  const problem = { code: 'model_slow', message: 'It took too long.', remedy: 'Your text is kept here. Try again.' };
  expect(draw({ problem })).toContain('Your text is kept here.');
  expect(page.host.querySelectorAll('textarea').length).toBeGreaterThan(0);
});

it('opens to the letter what the model was sent', () => {
  draw({});
  expect(page.host.querySelector('pre')?.textContent).toContain('system\nYou say whether a passage holds an argument');
});
