/** States of the search for clashes, in the constitution's tab. */
import type { Searched, Side, Weighed } from '../../../src/contract';
import type { IClashes } from '../../../src/tokens';
import { articles, inForce } from './states';

const side = (index: number, followed: boolean | null): Side => ({
  article: articles[index].id,
  title: articles[index].title,
  followed
});

const weighed: Weighed = {
  type: 'weighed',
  articles: articles.map(({ id, title }, index) => ({ article: id, title, tokens: 35, beyond: index > 4 })),
  tokens: 246,
  budget: 200
};

const searched: Searched = {
  type: 'searched',
  status: 'estimated',
  pairs: 15,
  articles: 4,
  expected: 63,
  done: 0,
  unread: 0,
  calls: 0,
  cost: null
};

const estimated: IClashes = {
  law: inForce.digest,
  weighed: { ...weighed, articles: weighed.articles.map(a => ({ ...a, beyond: false })), budget: 2000 },
  searched,
  found: [],
  waiting: null,
  busy: false,
  problem: null
};

const done: IClashes = {
  ...estimated,
  weighed,
  searched: { ...searched, status: 'done', done: 19, calls: 41, unread: 1, cost: 0.03 },
  found: [
    {
      type: 'clash',
      sides: [side(1, true), side(4, false)],
      why: 'One sentence leaves no room for three references.',
      prompt: 'In one sentence: who described the off-switch game first, and what did later work add?',
      reply: 'Hadfield-Menell and others described it first, and later work added human irrationality.'
    },
    {
      type: 'clash',
      sides: [side(0, null), side(1, true)],
      why: 'A question back is not two sentences of answer.',
      prompt: 'Explain corrigibility in two sentences.',
      reply: ''
    },
    { type: 'dead_weight', article: articles[6].id, title: articles[6].title, tried: 5, high: 0.58 },
    {
      type: 'opposed',
      sides: [side(2, null), side(3, null)],
      demands: ['answer in one sentence', 'list three references'],
      where: ['the question is about history'],
      given: ['answer in one sentence; list three references'],
      by: ['Z3 5.4.1.0', 'cvc5 1.4.2'],
      why:
        'Both apply where: the question is about history. “Claims need a source” asks for: answer in one sentence. ' +
        '“Corrigible is not obedient” asks for: list three references. Taken as given, never at once: answer in one ' +
        'sentence; list three references. Found by Z3 5.4.1.0, cvc5 1.4.2, as the model reads the articles: read them ' +
        'yourself.'
    }
  ]
};

export const clashing: Record<'none' | 'estimated' | 'running' | 'done' | 'failed', IClashes | null> = {
  none: null,
  estimated,
  running: {
    ...estimated,
    busy: true,
    searched: { ...searched, status: 'running', done: 7, calls: 12, cost: 0.008 },
    found: done.found.slice(0, 1),
    waiting: { seconds: 6, still: false }
  },
  done,
  failed: {
    ...estimated,
    law: 'another',
    searched: { ...searched, status: 'failed', done: 2, calls: 3 },
    problem: { code: 'model_busy', message: 'lab-70b is busy (429).', remedy: 'Wait a little.' }
  }
};
