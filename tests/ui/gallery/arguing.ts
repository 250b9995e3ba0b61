/** An argument on its page, in the states that it can be in. */
import type { Draft, Formalized } from '../../../src/contract';
import type { IArgument } from '../../../src/tokens';

const passage = 'Everybody who trusts Ana is wise. Ben is wise; so Ben trusts Ana.';

const RULE: Draft = {
  title: 'Assume “Everybody who trusts Ana is wise” only with a reason',
  when: 'an argument assumes: Everybody who trusts Ana is wise',
  then: 'say why it may be assumed; without a reason, do not conclude: Ben trusts Ana',
  why: '',
  source: '',
  kind: 'process',
  always: true,
  enabled: true
};

/** Before anything is formalised. */
export const weighed: Formalized = {
  type: 'formalized',
  worth: true,
  loss: 'How sure people are.',
  symbols: [],
  premises: [],
  claim: null,
  frame: null,
  verdict: null,
  source: { by: 'model', name: 'lab-70b' },
  call: 'c1',
  told: [],
  calls: 1,
  cost: 0.0004
};

export const formalized: Formalized = {
  ...weighed,
  symbols: [
    { name: 'trusts', takes: ['person', 'person'], gives: 'truth', words: '{1} trusts {2}' },
    { name: 'wise', takes: ['person'], gives: 'truth', words: '{1} is wise' },
    { name: 'ana', takes: [], gives: 'person', words: 'Ana' },
    { name: 'ben', takes: [], gives: 'person', words: 'Ben' }
  ],
  premises: [
    {
      name: 'rule',
      source: { quote: 'Everybody who trusts Ana is wise', start: 0, end: 32 },
      said: 'Everybody who trusts Ana is wise',
      formal: 'forall x: person. trusts(x, ana) -> wise(x)',
      words: 'for every person x: [if x trusts Ana, then x is wise]',
      latex: '',
      doubt: '',
      rule: RULE
    },
    {
      name: 'fact',
      source: null,
      said: 'Ben is wise',
      formal: 'wise(ben)',
      words: 'Ben is wise',
      latex: '',
      doubt: 'Read back from its words, it says something else: Ana is wise',
      rule: RULE
    }
  ],
  claim: {
    name: 'claim',
    source: { quote: 'Ben trusts Ana', start: 50, end: 64 },
    said: 'Ben trusts Ana',
    formal: 'trusts(ben, ana)',
    words: 'Ben trusts Ana',
    latex: '',
    doubt: '',
    rule: null
  },
  verdict: {
    says: 'does not follow',
    core: [],
    consistent: true,
    model: null,
    words: ['There are 2 of the sort “person”: Ben, Ana.', 'So: Ben is wise.', 'Not so: Ben trusts Ana.'],
    why: '',
    by: ['Z3 5.4.1.0', 'cvc5 1.4.2']
  },
  told: [
    'It does not follow.',
    'The premises alone: they can all be true.',
    'It could be like this, with the premises true and the claim false:',
    'There are 2 of the sort “person”: Ben, Ana.',
    'So: Ben is wise.',
    'Not so: Ben trusts Ana.',
    'Judged by Z3 5.4.1.0, cvc5 1.4.2.'
  ],
  calls: 3,
  cost: 0.002
};

/** The same with premises that contradict each other. */
const contradicted: Formalized = {
  ...formalized,
  premises: [
    formalized.premises[0],
    { ...formalized.premises[1], source: null, doubt: '' },
    {
      ...formalized.premises[1],
      name: 'denial',
      said: 'Nobody is wise',
      formal: 'not exists x: person. wise(x)',
      words: 'it is not so that for some person x: x is wise',
      doubt: ''
    }
  ],
  verdict: {
    ...formalized.verdict!,
    says: 'premises inconsistent',
    consistent: false,
    core: ['fact', 'denial'],
    words: []
  },
  told: [
    'The premises are inconsistent.',
    'The premises alone: they cannot all be true.',
    'These contradict each other: fact, denial.',
    'Judged by Z3 5.4.1.0, cvc5 1.4.2.'
  ]
};

export const argument: IArgument = {
  target: {
    type: 'SpecificResource',
    cell: 'c1',
    output: 0,
    part: 'words',
    occurrence: 0,
    turn: null,
    selector: [{ type: 'TextQuoteSelector', exact: passage, prefix: '', suffix: '' }]
  },
  passage,
  found: formalized,
  since: null,
  problem: null
};

/** What the gallery draws of it, by scene. */
export const ARGUMENTS: Record<string, IArgument> = {
  argument,
  'argument-weighed': {
    ...argument,
    found: weighed
  },
  'argument-inconsistent': { ...argument, found: contradicted, since: Date.now() }
};
