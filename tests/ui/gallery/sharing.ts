/** States of sharing to look at: what a file brings, a try on one's own turns, two constitutions beside each other. */
import type { Differs, Exports, Version } from '../../../src/contract';
import type { IComparing, IOffer, IRehearsing } from '../../../src/tokens';
import { review, rows } from './previews';
import { base } from './states';

const file = { name: 'careful-proofs.md', text: '---\nreconst: 1\n---\n' };

export const offer: IOffer = {
  file,
  brought: {
    review: { ...review, constitution: { ...review.constitution, preamble: 'We prove things about agents.' } },
    notes: [
      { says: 'It says other words than those that it was published with: its digest is another.', about: [] },
      {
        says: 'You and the file have changed these: ticked, the file’s version applies; yours stays in the history.',
        about: ['Try to break it first']
      },
      { says: 'Repealed or switched off in the file: yours stay as they are.', about: ['No bullet points'] },
      { says: 'These lines have no counterpart here, and are left.', about: ['globs: src/**/*.py'] },
      { says: '3 kept cases would come along, of the articles that you tick.', about: [] }
    ]
  }
};

const ticked = { digest: review.digest, articles: ['r3'], preamble: false };

/** Before anything is sent. */
export const weighing: IRehearsing = {
  ticked,
  rehearsal: {
    type: 'rehearsal',
    status: 'estimated',
    model: 'lab-70b',
    probes: rows.slice(0, 4).map(row => row.probe),
    most: 12,
    price: 0.0214,
    calls: 0,
    cost: null
  },
  rows: [],
  busy: false,
  problem: null
};

export const rehearsed: IRehearsing = {
  ...weighing,
  rehearsal: { ...weighing.rehearsal!, status: 'stopped', calls: 7, cost: 0.0119 },
  rows: rows.slice(0, 3).map(row => ({ ...row, probe: { ...row.probe, bin: 'own' }, mark: null, call: row.probe.id })),
  problem: { code: 'model_busy', message: 'The model is busy.', remedy: 'Wait a little and try again.' }
};

const version = (revision: string, how: Version['how'], title: string, at: string, altered = false): Version => ({
  revision,
  how,
  title,
  at,
  altered,
  author: 'Ben Okafor'
});

const differs: Differs = {
  versions: [
    version('v5', 'revised', 'Cite the page', '2026-11-24T09:12:00Z'),
    version('v4', 'repealed', 'No bullet points', '2026-11-23T18:40:00Z'),
    version('v3', 'added', 'Cite the page', '2026-11-23T10:02:00Z', true),
    version('v2', 'preamble', '', '2026-11-20T10:02:00Z'),
    version('v1', 'added', 'No bullet points', '2026-11-19T08:00:00Z')
  ],
  comparison: {
    preamble: { name: 'preamble', before: 'We prove things.', after: 'We prove things about agents.' },
    articles: [
      {
        article: 'r1',
        title: 'Cite the page',
        how: ['revised', 'moved'],
        fields: [
          { name: 'when', before: 'a source is named', after: 'a source or a dataset is named' },
          { name: 'then', before: 'cite the page', after: 'cite the page, or say “no page given”\u{E0069}\u{E0067}' },
          { name: 'applies', before: 'always', after: 'where its WHEN holds' }
        ]
      },
      { article: 'r2', title: 'No bullet points', how: ['repealed'], fields: [] }
    ],
    cases: [{ case: 'k1', article: 'r1', prompt: 'Where was the off-switch game first described?', how: 'added' }]
  },
  other: base.inForce!.constitution,
  digest: '9c07e1b4aa55',
  problems: []
};

export const comparing: IComparing = { differs, file: null, revision: 'v3' };
export const beside: IComparing = {
  differs: { ...differs, problems: ['reconst:article:x cannot be read'] },
  file,
  revision: null
};
export const same: IComparing = {
  differs: { ...differs, comparison: { preamble: null, articles: [], cases: [] } },
  file: null,
  revision: 'v5'
};

const one = 'It holds 7 articles that are switched on, and no names.';
export const exports: Exports = {
  formats: [
    {
      format: 'markdown',
      file: 'analysis.md',
      says: 'To publish; comes back without loss. It holds 7 articles, 12 revisions, 6 kept cases, 5 quotations; names: Ana Ruiz, Ben Okafor.'
    },
    { format: 'agents', file: 'AGENTS.md', says: `For coding agents. ${one}` },
    { format: 'claude', file: 'CLAUDE.md', says: `For Claude Code. ${one}` },
    { format: 'cursor', file: 'analysis.mdc', says: `A Cursor rule. ${one}` },
    { format: 'copilot', file: 'copilot-instructions.md', says: `For GitHub Copilot, in .github. ${one}` },
    {
      format: 'model-spec',
      file: 'analysis-model-spec.md',
      says: `After the pattern of the OpenAI Model Spec. ${one}`
    },
    { format: 'prompt', file: 'analysis-prompt.txt', says: `A system prompt: what a model is sent. ${one}` }
  ]
};
