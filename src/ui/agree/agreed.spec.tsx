import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { agreement, together } from '../../../tests/ui/gallery/agreeing';
import { fakeReconst, noOpen } from '../../../tests/ui/gallery/fakes';
import { base, inForce, previewing } from '../../../tests/ui/gallery/fixtures';
import type { Agreement, InForce } from '../../contract';
import type { IReconst, Tab } from '../../tokens';
import * as React from '../react';
import type { ISidebarProps } from '../sidebar/props';
import { Agreed } from './agreed';
import { agreementOf, unsaid } from './agreement';
import { Ask, votesFirst } from './foot';

const trans = nullTranslator.load('');
const page = stage();
let calls: unknown[][];
let kept: Map<string, string>;

function sidebar(law: InForce, tab: Tab, done = true): Promise<void> {
  const { reconst } = fakeReconst({ ...base, tab, inForce: law });
  const call =
    (name: string) =>
    async (...given: unknown[]): Promise<boolean> => {
      calls.push([name, ...given]);
      return done;
    };
  const agreeing = Object.fromEntries(
    ['vote', 'impact', 'ratify', 'propose', 'govern'].map(name => [name, call(name)])
  );
  const drafts = {
    get: (key: string) => kept.get(key) ?? '',
    set: (key: string, text: string) => void kept.set(key, text)
  };
  const given = { state: { ...base, tab, inForce: law }, drafts, trans, now: Date.now(), open: noOpen };
  const props = { ...given, reconst: { ...reconst, agreeing } as unknown as IReconst } as unknown as ISidebarProps;
  return page.settle(
    <Agreed {...props}>
      <p>the tab</p>
    </Agreed>
  );
}

function law(proposals: Agreement[], patch: Partial<InForce['agreeing']> = {}): InForce {
  return { ...together, agreeing: { ...together.agreeing, proposals, short: [], ...patch } };
}

/** Type as a person does. */
function type(label: string, text: string): void {
  const field = page.host.querySelector<HTMLTextAreaElement>(`textarea[aria-label="${label}"], input`)!;
  const prototype = Object.getPrototypeOf(field) as HTMLTextAreaElement;
  act(() => {
    Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const press = (words: string) => act(async () => page.button(words).click());
const text = () => page.host.textContent;

beforeEach(() => {
  calls = [];
  kept = new Map();
});

describe('proposals', () => {
  it('say what they would do, who claims to have said what of them, and what running their impact sends', async () => {
    await sidebar(law([agreement]), 'review');
    expect(text()).toContain('New article: Name a source that can be checked');
    expect(text()).toContain('Ben Okafor (as claimed) · ');
    expect(text()).toContain('1 of 2 agree');
    expect(text()).toContain('Cleo Sand (as claimed) disagrees: It would stop a folk theorem from being called one.');
    expect(text()).toContain('Try: Who proved that Δ > 0?');
    expect(text()).toContain('Sends these words and prompts to your model, for these calls alone.');
    expect(calls).toEqual([]);
    await press('Run the impact');
    expect(calls).toEqual([['impact', agreement]]);
    expect(text()).toMatch(/the tab$/);
  });

  it('take a vote with a line why and a prompt, and keep what was written until it is in the notebook', async () => {
    await sidebar(law([agreement]), 'review', false);
    type('Why, in a line', ' too strict ');
    type('A prompt that shows it', 'State the folk theorem.');
    await press('Disagree');
    expect(calls).toEqual([['vote', agreement, 'disagree', 'too strict', 'State the folk theorem.']]);
    const field = () => page.host.querySelector('textarea')!.value;
    expect(field()).toBe(' too strict ');
    expect([...kept.values()]).toContain(' too strict ');
    await sidebar(law([agreement]), 'review');
    await press('Agree');
    expect(field()).toBe('');
    expect([...kept.values()].filter(Boolean)).toEqual([]);
  });

  it('are ratified by a person, once they have their votes, and not before', async () => {
    await sidebar(law([agreement]), 'review');
    expect(page.button('Ratify')).toBeUndefined();
    const carried = { ...agreement, state: 'carried' as const, agree: 2, mine: 'agree' as const };
    await sidebar(law([carried]), 'review');
    expect(text()).toContain('2 of 2 agree: it can be ratified');
    expect(page.button('Ratify').closest('details')).toBeNull();
    await press('Ratify');
    expect(calls).toEqual([['ratify', carried]]);
  });

  it('point out what hides, and a vote in one’s own name that one did not cast', async () => {
    await sidebar(together, 'review');
    expect(text()).toContain('in your name, but you did not cast this here. Not counted.');
    const hides = {
      ...agreement.proposal.amendment!,
      draft: { ...agreement.proposal.amendment!.draft!, then: 'a\u200bb' }
    };
    await sidebar(law([{ ...agreement, proposal: { ...agreement.proposal, amendment: hides } }]), 'review');
    expect(page.host.querySelector('.jp-reconst-hid')!.textContent).toBe('⟦U+200B⟧');
  });

  it('show word by word what a revision changes, and that it is switched off', async () => {
    const [standing] = together.constitution.articles;
    const { title, when, why, source, kind, always } = standing;
    const draft = { title, when, then: `${standing.then} and\u200b wait`, why, source, kind, always, enabled: false };
    const revise = { ...agreement.proposal.amendment!, action: 'revise' as const, article: standing.id, draft };
    await sidebar(law([{ ...agreement, proposal: { ...agreement.proposal, amendment: revise } }]), 'review');
    expect(text()).toContain('Article 1, revised: Ask before you report');
    expect(text()).toContain('1 of 2 agree · switches it off');
    expect(page.host.querySelector('ins')!.textContent).toContain('and⟦U+200B⟧ wait');
    expect(page.host.querySelector('del')).toBeNull();
  });

  it('wait for those who have said nothing', () => {
    expect(unsaid(together)).toBe(1);
    expect(unsaid(law([{ ...agreement, mine: 'pass' }]))).toBe(0);
    expect(unsaid(inForce)).toBe(0);
  });
});

describe('the rule', () => {
  it('is shown, and set by names and a number', async () => {
    await sidebar(inForce, 'constitution');
    expect(text()).toContain('One person: whoever presses Ratify');
    await press('Change');
    await press('Some of you');
    expect(page.button('Set the rule').getAttribute('aria-disabled')).toBe('true');
    type('Names, one a line, as they sign', 'Ana Ruiz\n\n Ben Okafor ');
    const number = page.host.querySelector<HTMLInputElement>('input[type=number]')!;
    act(() => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(number, '5');
      number.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await press('Set the rule');
    expect(calls).toEqual([['govern', { kind: 'some', needs: 2, people: ['Ana Ruiz', 'Ben Okafor'] }]]);
    expect(page.button('Change')).toBeDefined();
  });

  it('is proposed where others must agree', async () => {
    await sidebar(law([]), 'constitution');
    expect(text()).toContain('2 of Ana Ruiz, Ben Okafor, Cleo Sand');
    await press('Change');
    await press('One person');
    await press('Propose the rule');
    expect(calls).toEqual([['govern', { kind: 'one', needs: 1, people: [] }]]);
  });

  it('leaves out of force what is short of its votes, and says so', async () => {
    await sidebar(together, 'constitution');
    expect(text()).toContain('Not ratifiedShort of the votes that this notebook asks for, so not in force.');
    await press('Propose it');
    expect(calls).toEqual([['propose', together.agreeing.short[0]]]);
  });
});

describe('the impact', () => {
  const amendment = { ...agreement.proposal.amendment!, article: null };
  const state = { ...previewing, amendment };
  const foot = (inForce: InForce, notYet?: string) =>
    page.draw(
      <Ask
        inForce={inForce}
        state={state}
        notYet={notYet}
        trans={trans}
        onPropose={() => void calls.push(['propose'])}
      />
    );

  it('is proposed instead of ratified where others must agree', () => {
    foot(law([]));
    expect(votesFirst(law([]), state)).toBe(true);
    expect(text()).toContain('Must agree: 2 of Ana Ruiz, Ben Okafor, Cleo Sand');
    act(() => page.button('Propose').click());
    expect(calls).toEqual([['propose']]);
    foot(law([]), 'Try this wording first');
    act(() => page.button('Propose').click());
    expect(calls).toHaveLength(1);
  });

  it('can be proposed where one person decides', () => {
    foot(inForce);
    expect(votesFirst(inForce, state)).toBe(false);
    expect(page.button('Propose instead')).toBeDefined();
  });

  it('says how far the others agree to exactly this wording', () => {
    foot(law([agreement]));
    expect(text()).toContain('1 of 2 agree');
    expect(page.button('Propose')).toBeUndefined();
    expect(votesFirst(law([agreement]), state)).toBe(true);
    expect(votesFirst(law([{ ...agreement, state: 'carried' }]), state)).toBe(false);
    const other = { ...amendment, draft: { ...amendment.draft!, then: 'something else' } };
    expect(agreementOf(law([agreement]), other)).toBeNull();
  });
});
