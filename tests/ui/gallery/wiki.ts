/** The wiki to look at: a list of packs, one that was adopted and has moved on, and what that does to kept cases. */
import type { Browsed, ForeseeEvent, Page, Patch } from '../../../src/contract';
import { articles, cases, inForce } from './states';

const pack = {
  name: 'shared:careful-proofs',
  title: 'Careful proofs',
  version: '2.1',
  authors: 'Ben Okafor',
  licence: 'CC0-1.0',
  source: 'shared',
  digest: 'd1',
  articles: 3,
  cases: 5,
  problem: '',
  standing: 'update' as const
};

export const browsed: Browsed = {
  packs: [
    {
      ...pack,
      name: 'honest-references',
      title: 'Honest references',
      authors: 'The jupyter_reconst authors',
      source: 'jupyter_reconst',
      standing: 'adopted'
    },
    pack,
    { ...pack, name: 'shared:deep/faq', title: 'faq', authors: '', standing: '' },
    {
      ...pack,
      name: 'shared:broken',
      title: '',
      digest: null,
      problem: 'Line 4 cannot be read: this is no heading, label, quotation or remark.'
    }
  ],
  hits: [
    {
      pack: pack.name,
      article: 'r3',
      title: 'Claims need a source',
      then: 'cite a paper; if unsure, say so',
      kind: 'process'
    },
    {
      pack: 'shared:deep/faq',
      article: 'q1',
      title: 'Which prover do we use?',
      then: 'Lean 4, with the version in its file.',
      kind: 'knowledge'
    }
  ],
  more: 12
};

const [, second, third] = articles;
const revised = {
  ...third,
  revision: 'v9',
  parents: ['v3'],
  then: 'cite a paper with its DOI; if you cannot, write “no source found”'
};

export const page: Page = {
  pack,
  review: {
    digest: 'd1',
    constitution: {
      ...inForce.constitution,
      preamble: 'We prove things about agents.',
      articles: [second, revised, { ...articles[4], id: 'r9' }]
    },
    same: ['r2'],
    invisible: [{ article: 'r9', where: 'article 3, then', text: 'give three⟦U+200B⟧ references', count: 1 }],
    hints: [{ article: 'r3', kind: 'address', text: 'doi.example.org' }]
  },
  cases: cases
    .filter(kept => kept.article === 'r3')
    .map(kept => ({ ...kept, expects: { ...kept.expects, reply: 'No source found.', without: 'Lee (2019).' } })),
  used: [
    { article: 'r3', where: 'shared/papers/off-switch.ipynb', same: true },
    { article: 'r3', where: 'shared:older', same: false }
  ],
  copied: [],
  steps: [
    { article: 'r3', news: 'changed', title: third.title, before: third, after: revised },
    { article: 'r9', news: 'new', title: 'Offer three references', before: null, after: { ...articles[4], id: 'r9' } },
    { article: 'r5', news: 'left out', title: 'Keep it short', before: articles[4], after: null }
  ]
};

const shown = { why: 'as it was when it was kept', noise: null };
const foresight = {
  type: 'foresight' as const,
  status: 'estimated' as const,
  model: 'lab-70b',
  accept: 'a1',
  articles: ['Claims need a source', 'Offer three references'],
  prompts: cases.slice(0, 3).map(kept => kept.prompt),
  most: 42,
  calls: 0,
  cost: null,
  left: 3
};

export const estimated: ForeseeEvent[] = [foresight];

export const foreseen: ForeseeEvent[] = [
  { ...foresight, status: 'running' },
  {
    type: 'foreseen',
    case: cases[0],
    article: 'Claims need a source',
    effect: 'unchanged',
    before: { ...shown, outcome: 'held', reply: 'No source found.' },
    after: { ...shown, outcome: 'held', reply: 'No source found.' }
  },
  {
    type: 'foreseen',
    case: cases[1],
    article: 'Claims need a source',
    effect: 'regression',
    before: { ...shown, outcome: 'held', reply: 'Kakutani; the step to check is convexity.' },
    after: { ...shown, outcome: 'regression', why: 'an earlier correction is undone', reply: 'Lee (2019) proves it.' }
  },
  { ...foresight, status: 'done', calls: 11, left: 1 }
];

export const patch: Patch = { name: 'claims-need-a-source.patch', text: 'diff', says: '1 quotation, names: Ana Ruiz' };
