/** An argument on its page, in the states that it can be in. */
import type { Formalized } from '../../../src/contract';
import type { IArgument } from '../../../src/tokens';

const passage = 'Everybody who trusts Ana is wise. Ben is wise; so Ben trusts Ana.';

/** Before anything is formalised. */
export const weighed: Formalized = {
  type: 'formalized',
  missing: '',
  worth: true,
  loss: 'How sure people are.',
  symbols: [],
  premises: [],
  claim: null,
  frame: null,
  verdict: null,
  source: { by: 'model', name: 'lab-70b' },
  sent: [
    [
      { role: 'system', content: 'You say whether a passage holds an argument that a prover could check.' },
      { role: 'user', content: passage }
    ]
  ],
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
      doubt: ''
    },
    {
      name: 'fact',
      source: null,
      said: 'Ben is wise',
      formal: 'wise(ben)',
      words: 'Ben is wise',
      latex: '',
      doubt: 'Read back from its words, it says something else: Ana is wise'
    }
  ],
  claim: {
    name: 'claim',
    source: { quote: 'Ben trusts Ana', start: 50, end: 64 },
    said: 'Ben trusts Ana',
    formal: 'trusts(ben, ana)',
    words: 'Ben trusts Ana',
    latex: '',
    doubt: ''
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
  calls: 3,
  cost: 0.002
};

export const argument: IArgument = {
  path: 'corrigibility.ipynb',
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
  judging: false,
  problem: null
};
