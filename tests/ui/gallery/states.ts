/** States of the sidebar, the chip and the card to look at, typed by the contract. The words are the drawings'. */
import type { Amendment, Annotation, Article, Draft, InForce, Status } from '../../../src/contract';
import type { ICandidate, ICard, IPlaced, IProposal, ISelection, IState } from '../../../src/tokens';

export const NOW = Date.parse('2026-11-23T10:40:00Z');
export const at = (minutes: number) => new Date(NOW - minutes * 60000).toISOString();

export function annotation(id: string, quote: string, said: string, patch: Partial<Annotation> = {}): Annotation {
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    id,
    motivation: said ? 'editing' : 'highlighting',
    body: said
      ? [{ type: 'TextualBody', purpose: 'editing', value: said, source: { by: 'model', name: 'lab-70b' } }]
      : [],
    created: at(4),
    modified: null,
    creator: { type: 'Person', name: '' },
    target: {
      type: 'SpecificResource',
      cell: 'c8',
      output: 0,
      occurrence: 0,
      part: 'words',
      turn: 't8',
      selector: [{ type: 'TextQuoteSelector', exact: quote, prefix: 'mild irrationality. ', suffix: ' Your robot' }]
    },
    ...patch
  };
}

export const QUOTE = 'Marchetti and Osei (2018) prove that Δ > 0 for every Boltzmann human with β > 0.';
export const NO_PROOF =
  'I know of no such proof, and the formula above rules it out: a robot that is sure of Uₐ loses by waiting whenever the human can err, so Δ ≤ 0.';

const praise = annotation('a1', 'What a brilliant and deeply insightful question!', 'Open with the answer.');
export const cited = annotation('a2', QUOTE, NO_PROOF);
const lost = annotation('a3', 'reward is identified up to scaling', 'only up to potential-based shaping');
export const settled = annotation('a4', 'it is well known that', 'Ng and Russell (2000) show otherwise.');
const open = annotation('a5', 'It is obvious that the robot defers', '');
const missing = annotation('a6', '', 'State the assumption on β here.', {
  target: {
    ...open.target,
    part: 'missing',
    selector: [{ type: 'TextQuoteSelector', exact: '', prefix: 'has Δ < 0.', suffix: '' }]
  }
});
const kept = annotation('a7', 'I could not find a source for this', 'Keep doing this.', {
  motivation: 'assessing',
  body: [{ type: 'TextualBody', purpose: 'assessing', value: 'Keep doing this.', source: null }]
});

const placed = (a: Annotation, label = 'Cell 8', place: IPlaced['place'] = 'attached'): IPlaced => ({
  annotation: a,
  cell: a.target.cell,
  label,
  place
});

const titles: readonly [string, string, string][] = [
  ['Ask before you report', 'the question leaves the goal open', 'ask one question before writing a report'],
  ['Keep to the length asked for', 'a length is asked for', 'write exactly that much'],
  ['Claims need a source', 'a reply states a published result', 'cite a paper; if unsure, say so'],
  ['Corrigible is not obedient', 'corrigibility is explained', 'keep it apart from obedience'],
  ['Offer three references', 'a reply cites work', 'give three references'],
  ['Use the group’s notation', 'a formula is written', 'write Uₐ for the utility of acting'],
  ['Name the prover and its version', 'a proof was checked', 'name the prover and its version']
];

export const articles: readonly Article[] = titles.map(([title, when, then], index) => ({
  id: `r${index + 1}`,
  revision: `v${index + 1}`,
  parents: index === 2 ? ['v0'] : [],
  seals: [],
  order: `a${index}`,
  title,
  when,
  then,
  why: '',
  source: '',
  kind: index === 3 ? 'knowledge' : 'process',
  always: index !== 3,
  enabled: index !== 3,
  repealed: false,
  provenance: {
    at: index === 2 ? at(60 * 24 * 21) : at(60 * 24 * 3),
    author: index === 4 ? 'Ben Okafor' : 'Ana Ruiz',
    evidence: '24 probes: fixed 7, broke 0',
    note: '',
    words:
      index === 2
        ? [
            {
              annotation: 'a4',
              cell: 'c3',
              quote: 'it is well known that',
              correction: 'Ng and Russell (2000) show otherwise.'
            }
          ]
        : []
  }
}));

const law = articles.map(({ id, title, when, then }, index) => ({
  article: id,
  text: `${index + 1}. ${title}.\n   WHEN ${when}\n   THEN ${then}.`,
  tokens: 35
}));

export const cases = articles.slice(0, 4).flatMap((article, index) =>
  Array.from({ length: [4, 6, 5, 3][index] }, (_, n) => ({
    id: `k${index}-${n}`,
    article: article.id,
    bin: 'case',
    prompt: [
      'A lemma of our own needs no citation',
      'A folk theorem is called a folk theorem',
      '“Unsure” when the year is a guess',
      'A textbook counts as a source',
      'No source for a definition',
      'Two sentences on corrigibility'
    ][n],
    turn: null,
    expects: { verdict: 'intended' as const, reply: '', without: '', note: '' },
    provenance: article.provenance
  }))
);

export const alone: InForce['agreeing'] = {
  terms: { kind: 'one', needs: 1, people: [] },
  voters: [],
  proposals: [],
  short: []
};

export const inForce: InForce = {
  agreeing: alone,
  notebook: 'n1',
  digest: '9f3a41c0e1d2',
  constitution: { preamble: '', articles: [...articles], scopes: {}, beneath: [], outer: '' },
  cases,
  conflicts: [],
  identify: false,
  origin: null,
  pending: [],
  preface: `These rules were agreed for this notebook.\n${law.map(s => s.text).join('\n')}`,
  around: [],
  problems: [],
  style: '',
  styles: ['listen', 'plain'].map(name => ({ name, title: `Style: ${name}`, digest: name })),
  review: null,
  sent: law,
  tokens: 246,
  unknown: []
};

export const noLaw: InForce = {
  ...inForce,
  digest: 'e3b0c442',
  constitution: { ...inForce.constitution, articles: [] },
  cases: [],
  sent: [],
  preface: '',
  tokens: 0
};

export const status: Status = {
  version: '0.1.0',
  person: { owner: 'ana', name: 'Ana Ruiz' },
  named: true,
  calls: 12,
  spent: 0.11,
  store: null,
  model: {
    profile: 'lab',
    model: 'lab-70b',
    endpoint: 'http://localhost:8000',
    context: 8192,
    prompt_price: 1,
    timeout: 60,
    completion_price: 2,
    embedded: false,
    recording: false,
    at_once: 8
  }
};

export const toy: Status = {
  ...status,
  spent: 0,
  model: { ...status.model!, profile: 'embedded', model: 'SmolLM2-135M', endpoint: '', embedded: true }
};

export const base: IState = {
  connection: 'ready',
  status,
  profiles: {
    chosen: 'lab',
    profiles: [
      {
        name: 'lab',
        base_url: 'http://localhost:8000/v1',
        model: 'lab-70b',
        has_key: true,
        embedded: false,
        editable: true,
        timeout: 15,
        context: null,
        at_once: 8,
        warning: ''
      },
      {
        name: 'group',
        base_url: 'https://models.example.org/v1',
        model: 'group-large',
        has_key: true,
        embedded: false,
        editable: false,
        timeout: 15,
        context: null,
        at_once: 8,
        warning: ''
      },
      {
        name: 'embedded',
        base_url: '',
        model: 'SmolLM2-135M',
        has_key: false,
        embedded: true,
        editable: false,
        timeout: 60,
        context: null,
        at_once: 8,
        warning: ''
      }
    ]
  },
  path: 'off_switch.ipynb',
  inForce,
  placed: [
    placed(lost, 'Cell 5', 'lost'),
    placed(settled, 'Cell 3'),
    placed(kept, 'Cell 6'),
    placed(open),
    placed(missing),
    placed(praise)
  ],
  present: [],
  threads: [],
  attachable: [
    {
      cell: 'c7',
      label: 'Cell 7',
      source: 'import numpy as np, pandas as pd\nbeta = np.array([0.25, 0.5, 1, 2, 4])',
      output: 'beta p Delta'
    },
    { cell: 'c3', label: 'Cell 3', source: 'Lemma 2. For every finite β …', output: '' }
  ],
  below: 'c8',
  tab: 'review',
  card: null,
  preview: null,
  estimate: null,
  clashes: null,
  history: null,
  offer: null,
  comparing: null,
  argument: null,
  varying: null,
  rehearsing: null,
  asking: null,
  notice: null,
  announcement: ''
};

export const empty: IState = { ...base, inForce: noLaw, placed: [] };

// --- the card -------------------------------------------------------------------------------------------------------

export const selection: ISelection = {
  target: cited.target,
  reading: QUOTE,
  label: 'Cell 8',
  box: () => ({ left: 340, top: 96, right: 880, bottom: 116 })
};

const row = (slot: number, patch: Partial<ICandidate>): ICandidate => ({
  slot,
  source: { by: 'model', name: 'lab-70b' },
  status: 'ready',
  text: '',
  failure: '',
  why: '',
  seconds: 0,
  problem: null,
  ...patch
});

export const candidates: readonly ICandidate[] = [
  row(0, { text: NO_PROOF, call: 'call1' }),
  row(1, {
    source: { by: 'library', name: 'Invented reference' },
    text: 'Wängberg et al. (2017) find the robot’s best action for any belief and any pattern of human error; they do not show that Δ > 0.'
  }),
  row(2, {
    status: 'writing',
    seconds: 3,
    text: 'The sign is wrong, and no theorem is needed to see it. With Uₐ = 1 and β = 1 the human allows the action 73% of the'
  })
];

export const card: ICard = {
  step: 'correct',
  selection,
  annotations: [annotation('a2', QUOTE, '')],
  own: '',
  picked: null,
  candidates,
  disagrees: {
    type: 'disagrees',
    source: { by: 'model', name: 'lab-70b' },
    text: 'If the robot were unsure of Uₐ, a mildly noisy human would still be worth asking. You fixed Uₐ, so it may not apply here.',
    call: 'call2'
  },
  proposals: [],
  chosen: null,
  amendment: null,
  draft: null,
  busy: false,
  cost: 0.002,
  saved: false,
  problem: null
};

export const waitingCandidates: readonly ICandidate[] = [
  row(0, { status: 'waiting' }),
  row(1, { status: 'writing', text: 'The sign is wrong, and no theorem is needed', seconds: 8 }),
  row(2, {
    status: 'failed',
    text: 'The sign is wrong, and no theorem',
    problem: { code: 'model_incomplete', message: 'The reply was cut off.', remedy: 'Ask again.' }
  })
];

export const draft: Draft = {
  title: 'Name a source that can be checked',
  when: 'a reply credits a result to a paper or a person',
  then: 'give its DOI or arXiv number. If you cannot, write “no source found” and argue the claim itself.',
  why: 'an invented paper takes an afternoon to disprove',
  source: '',
  kind: 'process',
  always: true,
  enabled: true
};

export const amendment: Amendment = {
  id: 'm1',
  action: 'add',
  article: null,
  base: null,
  order: null,
  draft,
  reach: 'kind',
  source: { by: 'model', name: 'lab-70b' },
  annotations: ['a2'],
  note: ''
};

const proposal = (slot: number, patch: Partial<IProposal>): IProposal => ({
  slot,
  source: { by: 'model', name: 'lab-70b' },
  amendment,
  trial: { status: 'passed', fires: true, moved: true, why: '' },
  seconds: 2,
  problem: null,
  ...patch
});

export const proposals: readonly IProposal[] = [
  proposal(0, {
    trial: {
      status: 'passed',
      fires: true,
      moved: true,
      why: 'Tried on your highlighted words: it fires, and the invented paper is gone.'
    }
  }),
  proposal(1, {
    amendment: {
      ...amendment,
      id: 'm2',
      action: 'revise',
      article: 'r3',
      base: 'v3',
      draft: {
        ...draft,
        title: 'Claims need a source',
        when: articles[2].when,
        then: 'cite a paper with its DOI or arXiv number; if unsure, say so'
      }
    },
    trial: { status: 'running', fires: null, moved: null, why: '' }
  }),
  proposal(2, {
    amendment: {
      ...amendment,
      id: 'm3',
      action: 'repeal',
      article: 'r5',
      base: 'v5',
      draft: null,
      note: 'it asks for three papers each time, so the model may invent one.'
    },
    trial: { status: 'untested', fires: null, moved: null, why: 'no model is connected' }
  }),
  proposal(3, {
    amendment: {
      ...amendment,
      id: 'm4',
      draft: { ...draft, title: 'Be careful', when: 'always', then: 'be careful with papers' }
    },
    trial: { status: 'rejected', fires: true, moved: false, why: 'the reply stays the same' }
  })
];

export const amendCard: ICard = {
  ...card,
  step: 'amend',
  annotations: [cited],
  saved: true,
  candidates: [],
  disagrees: null,
  proposals,
  chosen: 0,
  amendment,
  draft,
  cost: 0.004
};

// --- the impact -----------------------------------------------------------------------------------------------------
