/** A constitution of several scopes, one article of which a nearer version stands in for. */
import type { InForce } from '../../../src/contract';
import { articles, inForce } from './states';

const [mine, theirs, everywhere, covering] = articles;

export const scoped: InForce = {
  ...inForce,
  constitution: {
    ...inForce.constitution,
    articles: [everywhere, theirs, mine, covering],
    scopes: { [everywhere.id]: 'user', [theirs.id]: 'project' },
    beneath: [{ scope: 'project', article: { ...covering, revision: 'far', then: 'say nothing' } }]
  },
  sent: [everywhere, theirs, mine, covering].map(a => ({ article: a.id, text: a.then, tokens: 9 })),
  around: [
    { scope: 'user', place: '~/.local/share/jupyter/reconst/constitutions/25bf8e1a2393f1108d37029b3df55932.md' },
    { scope: 'project', place: 'lab/corrigibility/constitution.md' }
  ]
};
