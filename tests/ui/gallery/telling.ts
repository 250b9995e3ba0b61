/** What the model was sent, and a report for engineers. */
import type { Told, WasSent } from '../../../src/contract';
import { QUOTE, articles, at } from './states';

const PROMPT = 'Does the off-switch theorem survive when the human is only mildly irrational? Answer in fifty words.';
const parameters = { temperature: null, max_tokens: null, seed: null, stop: [], json_schema: null };
const sending = {
  what: '',
  profile: 'lab',
  model: 'lab-70b',
  parameters,
  reply: QUOTE,
  usage: { prompt: 842, completion: 61, estimated: false },
  cost: 0.0031,
  cached: false
};
const law =
  'The rules between the marks hold for your reply.\n\n<<< rules 1f0c9a7b\n' +
  articles
    .slice(0, 4)
    .map(({ title, when, then }, number) => `${number + 1}. ${title}.\n   WHEN ${when}\n   THEN ${then}.`)
    .join('\n') +
  '\n>>> 1f0c9a7b';

export const sent: WasSent = {
  what: 'reply',
  sendings: [
    {
      ...sending,
      messages: [
        { role: 'system', content: law },
        { role: 'user', content: 'Let Uₐ be the utility of acting.\u200b' },
        { role: 'assistant', content: 'Noted.' },
        {
          role: 'user',
          content: `<<< source of Cell 3 77aa\nDelta = (U_a - U_off).mean()\n>>> 77aa\n\n${PROMPT}`
        }
      ]
    }
  ],
  digest: '686ddb257d7f7f1521e34cc7d1bab6a9015d54320b98c8ac6854312aa3cf9e4d',
  articles: articles.slice(0, 5).map(({ id, revision, title }, number) => ({
    article: id,
    revision,
    kind: 'process',
    title,
    number: number + 1,
    scope: (['user', 'project', 'notebook'] as const)[Math.min(number, 2)],
    sent: number !== 4,
    why: number === 4 ? 'its WHEN does not fit the prompt' : number === 3 ? 'its WHEN fits the prompt' : 'always',
    chosen: false
  })),
  given: [
    {
      kind: 'passage',
      id: 'p1',
      label: 'Hadfield-Menell et al. 2017, p. 4',
      source: 'hadfield-menell-2017.pdf',
      text: 'The robot has an incentive to defer exactly when it is uncertain about the utility.'
    }
  ],
  left: 2,
  exact: true,
  note: '',
  created: at(12)
};

export const sentRow: WasSent = {
  ...sent,
  what: 'row',
  sendings: ['Now', 'With the amendment'].map(what => ({
    ...sending,
    what,
    parameters: { ...parameters, temperature: 0, seed: 1 },
    messages: [
      { role: 'system', content: law },
      { role: 'user', content: PROMPT }
    ],
    cached: what === 'Now'
  })),
  given: [],
  left: 0,
  exact: false,
  note: 'Put together again from what is kept now; whether it was the same to the letter cannot be shown any more.'
};

const part = (id: string, kind: Told['parts'][number]['kind'], words: string, kept = true) => ({
  id,
  kind,
  words,
  kept
});

export const told: Told = {
  file: 'report.md',
  text: [
    '# A report on a reply',
    '',
    'Written with jupyter_reconst 0.1.0. Names replaced: 2. Left out: 1.',
    '',
    '## What was expected',
    '',
    '```text',
    'A source that exists, Person 1 had said.',
    '```',
    '',
    '## How it was asked',
    '',
    '- Model: lab-70b',
    '- Parameters: the endpoint’s own',
    '',
    '## The reply',
    '',
    '```text',
    QUOTE,
    '```'
  ].join('\n'),
  parts: [
    part('asked', 'asked', 'Model and parameters: lab-70b'),
    part('law', 'law', 'Constitution in force: Ask before you report, Keep to the length asked for'),
    part('message:1', 'message', 'Earlier message: Let Uₐ be the utility of acting.'),
    part('cell:0', 'cell', 'Attached: Cell 3 Delta = (U_a - U_off).mean()', false),
    part('given:0', 'given', 'Passage or fact: Hadfield-Menell et al. 2017, p. 4'),
    part('prompt', 'prompt', `Prompt: ${PROMPT}`),
    part('reply', 'reply', `Reply: ${QUOTE}`),
    part('highlight:a2', 'highlight', `Highlight and correction: ${QUOTE}`),
    part('rule:r3', 'rule', 'Article: Claims need a source'),
    part('effect', 'effect', 'What it did: 14 probes on lab-70b: 9 as intended, 5 unchanged'),
    part('row:p1', 'row', 'Row: Who introduced the off-switch game?')
  ],
  replaced: [
    { words: 'Ana', by: 'Person 1', count: 3 },
    { words: 'ana@lab.example', by: 'Person 1', count: 1 },
    { words: 'Ben Okafor', by: 'Person 2', count: 1 }
  ]
};
