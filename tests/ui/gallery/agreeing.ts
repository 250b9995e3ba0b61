/** What people who share a notebook have proposed, in the states that it can be in. */
import type { Agreement, InForce } from '../../../src/contract';
import { articles, at, draft, inForce } from './states';

const terms = { kind: 'some' as const, needs: 2, people: ['Ana Ruiz', 'Ben Okafor', 'Cleo Sand'] };

function ballot(n: number, author: string, answer: 'agree' | 'pass' | 'disagree', patch: object = {}) {
  const vote = { id: `b${n}`, proposal: 'p1', of: 'f1', answer, author, at: at(n), why: '', provocation: '', ...patch };
  return { vote, void: '' as const };
}

export const agreement: Agreement = {
  proposal: {
    id: 'p1',
    amendment: {
      id: 'm1',
      action: 'add',
      article: 'r9',
      base: null,
      draft,
      order: null,
      reach: 'kind',
      source: { by: 'person', name: '' },
      annotations: [],
      note: ''
    },
    terms: null,
    prompts: ['Who proved that Δ > 0?'],
    replaces: null,
    provenance: {
      author: 'Ben Okafor',
      at: at(40),
      words: [],
      evidence: '14 probes on lab-70b: 9 as intended, 1 unintended, 4 unchanged',
      note: 'Twice this week a reply named a paper that nobody can find.'
    }
  },
  digest: 'f1',
  state: 'open',
  agree: 1,
  needs: 2,
  ballots: [
    ballot(39, 'Ben Okafor', 'agree'),
    ballot(12, 'Cleo Sand', 'disagree', {
      why: 'It would stop a folk theorem from being called one.',
      provocation: 'State the folk theorem, in one sentence.'
    })
  ],
  mine: null
};

const carried: Agreement = {
  ...agreement,
  proposal: {
    ...agreement.proposal,
    id: 'p2',
    amendment: {
      ...agreement.proposal.amendment!,
      action: 'repeal',
      article: 'r5',
      base: 'v5',
      draft: null
    },
    prompts: [],
    provenance: { ...agreement.proposal.provenance, author: 'Ana Ruiz', evidence: '', note: '' }
  },
  state: 'carried',
  agree: 2,
  ballots: [
    ballot(30, 'Ana Ruiz', 'agree'),
    ballot(20, 'Cleo Sand', 'agree'),
    { ...ballot(5, 'Ana Ruiz', 'disagree'), void: 'unknown' as const }
  ],
  mine: 'agree'
};

const governing: Agreement = {
  ...agreement,
  proposal: { ...agreement.proposal, id: 'p3', amendment: null, terms: { ...terms, kind: 'writers' }, prompts: [] },
  state: 'rejected',
  mine: 'disagree'
};

/** Two of three must agree: one proposal is open, one has its votes, one was not carried; one edit went behind them. */
export const together: InForce = {
  ...inForce,
  agreeing: {
    terms,
    voters: terms.people,
    proposals: [agreement, carried, governing],
    short: [{ ...articles[1], revision: 'v2x', then: 'write at most half of that', provenance: articles[4].provenance }]
  }
};
