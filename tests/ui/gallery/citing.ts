/** The references of a reply, in every state. */
import type { Cited, MarkedReference } from '../../../src/contract';

const none = { label: '', container: '', volume: '', pages: '', url: '', mentions: [], arxiv: '', doi: '' };

function one(start: number, quote: string, more: Partial<MarkedReference>): MarkedReference {
  const authors = [{ family: 'Hadfield-Menell', given: 'D.' }];
  const reference = {
    ...none,
    title: quote,
    authors,
    year: 2017,
    quote,
    start,
    end: start + 9,
    form: 'entry' as const
  };
  return { reference, state: 'unknown', looked: [], differs: [], wrong: null, ...more };
}

const library = { where: 'your library', nearest: null, url: '', problem: '' };
const crossref = { ...library, where: 'Crossref' };

export const references: Cited = {
  registries: ['Crossref', 'arXiv'],
  references: [
    one(10, 'Hadfield-Menell, D., Dragan, A., Abbeel, P., & Russell, S. (2017). The off-switch game. IJCAI, 220–227.', {
      state: 'in_library',
      looked: [library]
    }),
    one(200, 'Soares, N. (2016). Corrigibility. AAAI Workshop on AI and Ethics.', {
      state: 'differs',
      looked: [library, crossref],
      differs: [
        { field: 'year', said: '2016', known: '2015' },
        { field: 'authors', said: 'N. Soares', known: 'Nate Soares, Benja Fallenstein' }
      ]
    }),
    one(300, 'Okafor, B. (2021). On switches that decide. Journal of Machine Ethics, 4(1), 1–19.', {
      state: 'not_found',
      looked: [library, crossref, { ...library, where: 'arXiv', problem: 'arXiv cannot be reached.' }],
      wrong: { id: '01J0000000000000000000000A', right: 'There is no such paper.' }
    }),
    one(400, 'Lee (2019)', {})
  ]
};
