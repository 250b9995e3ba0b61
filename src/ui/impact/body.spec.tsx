import { nullTranslator } from '@jupyterlab/translation';
import { SyntheticEvent, act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { clashing } from '../../../tests/ui/gallery/clashing';
import { articles, inForce, noLaw, preview, previewing, rows } from '../../../tests/ui/gallery/fixtures';
import { impacts, judge } from '../../../tests/ui/gallery/impacts';
import type { InForce } from '../../contract';
import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { IImpactProps, ImpactView } from './body';

const trans = nullTranslator.load('');
const fine = rows.filter(r => r.verdict === 'intended');
const done: IPreviewState = { ...previewing, busy: false, rows: fine, preview: { ...preview, status: 'done' } };
const page = stage();
let calls: unknown[][];

/** Written down without the event that a press carries. */
const call =
  (name: string) =>
  (...given: unknown[]) =>
    void calls.push([name, ...given.filter(value => !(value as SyntheticEvent | null)?.nativeEvent)]);

const nothing = () => undefined;
const drafted = {
  estimate: () => Promise.resolve(),
  recall: () => Promise.resolve(),
  find: () => Promise.resolve(),
  stop: nothing,
  close: nothing
};

function draw(state: IPreviewState, law: InForce = inForce, more: Partial<IImpactProps> = {}): void {
  page.draw(
    <ImpactView
      state={state}
      inForce={law}
      trans={trans}
      onEdit={call('edit')}
      onTry={call('try')}
      onPrompt={call('prompt')}
      estimate={null}
      past={[]}
      onTurn={call('turn')}
      onBringBack={call('bring back')}
      onHarder={call('harder')}
      onBudget={call('budget')}
      onDrop={call('drop')}
      onRepeat={call('repeat')}
      onSent={call('sent')}
      onJudge={call('judge')}
      drafted={drafted}
      onArticle={call('edit article')}
      onPrint={name => Promise.resolve(call('print')(name) ?? null)}
      onStop={call('stop')}
      onGoOn={call('go on')}
      onMark={call('mark')}
      onRatify={call('ratify')}
      onPropose={call('propose')}
      onConfirm={call('confirm')}
      onBack={call('back')}
      onAskAgain={call('ask again')}
      {...more}
    />
  );
}

const { button } = page;
const press = (name: string) => act(() => button(name).click());
const foot = () => page.host.querySelector('.jp-reconst-pagefoot')?.textContent;
const keys = (target: Element) =>
  act(() => void target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true })));

beforeEach(() => {
  calls = [];
});

it('what is written in the box is told with every key', () => {
  draw(done);
  const then = page.host.querySelector<HTMLTextAreaElement>('#reconst-impact-then')!;
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!;
  act(() => {
    set.call(then, 'name it');
    then.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(calls).toEqual([['edit', { ...done.draft, then: 'name it' }]]);
});

it('a wording that was not tried is not ratified', () => {
  draw(done);
  press('Ratify article');
  expect(calls).toEqual([['ratify', '']]);
  const edited = { ...done, draft: { ...done.draft, then: 'name it' } };
  draw(edited);
  expect(foot()).toContain('Try this wording first');
  press('Ratify article');
  keys(page.host.querySelector('.jp-reconst-pagebox')!);
  expect(calls).toHaveLength(1);
  press('Try this wording');
  press('As it was tried');
  expect(calls.slice(1)).toEqual([
    ['try', edited.draft],
    ['edit', done.amendment.draft]
  ]);
});

it('says what has become of it only as the server has it', () => {
  draw({ ...done, unconfirmed: true });
  expect(foot()).toContain('not yet in force');
  keys(page.host.querySelector('.jp-reconst-pagebox')!);
  press('Try again');
  expect(calls).toEqual([['confirm']]);
  draw({ ...done, ratified: articles[6] });
  expect(foot()).toContain('In force from the next answer');
  expect(button('Ask again with this rule')).toBeDefined();
  draw({ ...done, ratified: { ...articles[6], revision: 'earlier' } });
  expect(foot()).toContain('no longer stands');
  expect(button('Ask again')).toBeUndefined();
  draw({ ...done, ratified: { ...articles[6], id: 'gone', repealed: true } });
  expect(foot()).toContain('Repealed');
  expect(button('Ask again without this rule')).toBeDefined();
});

it('what is law is not reworded here', () => {
  draw({ ...done, ratified: articles[6] });
  expect(page.host.querySelector('textarea')).toBeNull();
});

it('an interrupted one goes on, or is left, by a press', () => {
  draw({ ...done, preview: { ...preview, status: 'interrupted' } });
  expect(page.host.textContent).toContain('Nothing is sent until you go on');
  press('Ratify article');
  press('Go on');
  press('Leave it');
  expect(calls).toEqual([['go on'], ['stop']]);
});

it('says how long it waits', () => {
  draw({ ...previewing, rows: [], waiting: { seconds: 12, still: false } });
  expect(page.host.textContent).toContain('waiting for the first reply, 12 s');
  draw({ ...previewing, waiting: { seconds: 65, still: true } });
  expect(page.host.textContent).toContain('still waiting, 65 s: Stop ends it');
  press('Stop');
  expect(calls).toEqual([['stop']]);
});

it('a likely row is asked again by itself, or with all the others, for so many calls', () => {
  draw(done);
  expect(page.host.textContent).toContain('9 rows are likely to have changed');
  press('Ask again to decide all');
  act(() => page.host.querySelector<HTMLElement>('#reconst-row-p4')!.click());
  expect(page.host.querySelector('#reconst-row-p4')!.textContent).toContain('at most 12 calls');
  act(() => page.host.querySelector<HTMLButtonElement>('#reconst-row-p4 .jp-reconst-line > button')!.click());
  expect(calls).toEqual([
    ['repeat', []],
    ['repeat', ['p4']]
  ]);
  draw(previewing);
  expect(button('Ask again to decide')).toBeUndefined();
  draw({ ...done, rows: [{ ...fine[0], certainty: 'changed', repeats: 6, p: 0.0022 }] });
  expect(page.host.textContent).toContain('permutation test, p = 0.0022');
  expect(page.host.textContent).not.toContain('likely');
});

it('an unchanged row is pinned as a case and stays unchanged; any probe can be left out', () => {
  const still = rows.filter(r => r.verdict === 'unchanged');
  draw({ ...done, rows: still });
  const folded = page.host.querySelector<HTMLDetailsElement>('#reconst-group-unchanged details')!;
  folded.open = true;
  act(() => void folded.dispatchEvent(new Event('toggle')));
  act(() => page.host.querySelector<HTMLElement>('#reconst-row-n1')!.focus());
  press('Pin as a case');
  press('Leave it out');
  expect(calls).toEqual([
    ['mark', 'n1', 'intended'],
    ['drop', 'n1']
  ]);
  draw({ ...done, rows: still.map(r => ({ ...r, mark: 'intended' as const })) });
  expect(page.host.querySelector('#reconst-group-intended')).toBeNull();
  expect(page.host.querySelector('#reconst-group-unchanged')!.textContent).toContain(
    'Pinned: it will be kept as a case.'
  );
});

it('past turns are picked, dropped probes brought back, and probing harder says what it does', () => {
  const open = { ...done, without: ['k1', 'k2'] };
  draw(open, inForce, { past: [{ turn: 't1', prompt: 'Once?' }] });
  act(() => page.host.querySelector<HTMLButtonElement>('[aria-label="Try it on: Once?"]')!.click());
  press('Bring them back');
  press('Probe harder');
  expect(calls).toEqual([['turn', 't1'], ['bring back'], ['harder']]);
  expect(page.host.textContent).toContain('until the side effects are decided or you press Stop. No budget is set.');
  draw({ ...open, budget: { calls: 40, dollars: 0.5 } });
  expect(page.host.textContent).toContain('or the budget is spent');
  expect(page.host.textContent).toContain('Budget: 40 calls, $0.50');
  draw({ ...done, preview: { ...done.preview!, ended: 'exhausted' } });
  press('Probe harder');
  expect(calls).toHaveLength(3);
  expect(page.host.textContent).toContain('Nothing new is left to ask');
});

it('says what a run takes, why it has ended, and what may have been billed twice', () => {
  const estimate = { calls: 62, cost: null } as IImpactProps['estimate'];
  draw(previewing, inForce, { estimate });
  expect(page.host.textContent).toContain('at most 62 calls, price unknown');
  const ended = { ...done.preview!, ended: 'budget' as const, cost: null, maybe_twice: 2 };
  draw({ ...done, preview: ended }, inForce, { estimate });
  expect(page.host.textContent).toContain('Ended: the budget is spent.');
  expect(page.host.textContent).toContain('price unknown · 62 calls · 8,680 tokens');
  expect(page.host.textContent).not.toContain('at most 62 calls, price unknown');
  expect(page.host.textContent).toContain('2 calls under way, which may have been billed twice');
});

it('of ten thousand rows a bounded number is drawn, the current one always', () => {
  const state = impacts['impact-many'];
  draw(state);
  const drawn = () => page.host.querySelectorAll('.jp-reconst-imp').length;
  expect(drawn()).toBe(40);
  const box = page.host.querySelector('.jp-reconst-pagebox')!;
  const next = () => act(() => void box.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true })));
  for (let n = 0; n < 101; n++) {
    next();
  }
  expect(drawn()).toBe(140);
  expect(page.host.querySelector('.jp-reconst-cur')).not.toBeNull();
});

it('a wording that changes what it should leave alone is offered scoped, once, and while it stands as it was tried', () => {
  const side = { ...preview.evidence.side, changed: 1 };
  const harms = { ...done, preview: { ...done.preview!, evidence: { ...preview.evidence, side } } };
  const scoped = { ...done.amendment.draft!, always: false };
  draw({ ...done, preview: { ...harms.preview, evidence: { ...preview.evidence, side: { ...side, changed: 0 } } } });
  expect(button('Try it scoped')).toBeUndefined();
  draw(harms);
  press('Try it scoped');
  expect(calls).toEqual([['try', scoped]]);
  draw({ ...harms, draft: { ...harms.draft, then: 'name it' } });
  expect(button('Try it scoped')).toBeUndefined();
  draw({ ...harms, draft: scoped, amendment: { ...harms.amendment, draft: scoped } });
  expect(button('Try it scoped')).toBeUndefined();
});

describe('the judge', () => {
  const judgedState = impacts['impact-judged'];
  const words = () => page.host.textContent;

  it('is asked for the price that is said, where there is a correction', () => {
    const unasked = { ...judgedState, rows: judgedState.rows.map(r => ({ ...r, judgement: null })) };
    draw({ ...unasked, preview: { ...unasked.preview!, evidence: { ...unasked.preview!.evidence, judge: null } } });
    expect(words()).toContain('Ask a judgeat most 8 calls');
    press('Ask a judge');
    expect(calls).toEqual([['judge']]);
    draw({ ...unasked, annotations: [] });
    expect(button('Ask a judge')).toBeUndefined();
  });

  it('says in words what it found, and what stands as judged', () => {
    draw(judgedState);
    expect(words()).toContain('Judge, no agreement');
    expect(page.host.querySelector('#reconst-group-intended')?.textContent).toContain('judged');
    expect(page.host.querySelector('#reconst-group-unintended')?.textContent).not.toContain('judged');
    expect(page.host.querySelector('[role=status]')?.textContent).toContain('MCC 0.75 with 16 of your marks');
    expect(button('Ask a judge')).toBeUndefined();
  });

  it('that replies can talk over is switched off, and fills nothing', () => {
    const moved = { ...judge, standing: 'moved' as const, moved: 31, filled: 0 };
    const { preview: run } = judgedState;
    const said = { ...run!.evidence.said, judge: 'The judge is switched off.' };
    draw({ ...judgedState, preview: { ...run!, evidence: { ...run!.evidence, judge: moved, said } } });
    expect(words()).toContain('The judge is switched off.');
    expect(page.host.querySelector('#reconst-group-intended')).toBeNull();
  });
});

it('the run can be kept as a page, under the name that it has here', () => {
  draw(done);
  press('as a report');
  expect(calls).toEqual([['print', page.host.querySelector('h2')!.textContent]]);
});

describe('clashes of the draft', () => {
  const looking = {
    ...drafted,
    estimate: async () => call('estimate clashes')(),
    close: call('close clashes'),
    recall: async () => call('recall clashes')()
  };
  const look = (state: IPreviewState, law = inForce) => draw(state, law, { drafted: looking });
  const found: IPreviewState = { ...done, clashes: { ...clashing.done!, law: done.preview!.after } };

  it('are asked for beside the preview; what was found before is recalled, and left with it', () => {
    look(done);
    expect(calls).toEqual([['recall clashes']]);
    press('Check for clashes');
    look(found);
    expect(calls).toEqual([['recall clashes'], ['estimate clashes']]);
    expect(page.host.querySelector('.jp-reconst-clashes')!.textContent).toContain('may clash');
    expect(button('Repeal')).toBeUndefined();
    press('Edit');
    expect(calls[2]).toEqual(['edit article', articles[1].id]);
    look({ ...found, preview: { ...found.preview!, after: 'another wording' } });
    expect(calls.slice(3)).toEqual([['close clashes'], ['recall clashes']]);
    expect(page.host.textContent).toContain('has changed since: check again.');
  });

  it('are not looked for where there is nothing to clash with, or what is to be law already is', () => {
    look(found, noLaw);
    look({ ...found, amendment: { ...found.amendment, action: 'repeal' } });
    look({ ...found, ratified: articles[6] });
    look({ ...found, preview: null });
    expect(page.host.querySelector('.jp-reconst-clashes')).toBeNull();
    expect(calls).toEqual([]);
  });
});
