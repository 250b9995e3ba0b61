/** The names of what the gallery draws, and how wide; read by the page and by the test. */
export const SIDEBAR = [
  'side-empty',
  'side-missing',
  'side-review',
  'side-review-clear',
  'side-together',
  'side-asking',
  'side-constitution',
  'side-constitution-none',
  'side-scopes',
  'side-conflict',
  'side-agreeing',
  'side-governing',
  'side-clashes-estimated',
  'side-clashes-running',
  'side-clashes-found',
  'side-clashes-failed',
  'side-untrusted',
  'side-history',
  'side-outgrown',
  'side-packs',
  'side-pack',
  'side-pack-tried',
  'side-problem'
] as const;

export const POPOVERS = [
  'chip',
  'card-correct',
  'card-waiting',
  'card-picked',
  'card-saved',
  'card-no-model',
  'card-amend',
  'card-own'
] as const;

export const PAGES = [
  'impact-running',
  'impact-marked',
  'impact-none',
  'impact-failed',
  'impact-ratified',
  'impact-harmless',
  'impact-harmful',
  'impact-open',
  'impact-one',
  'impact-budget',
  'impact-likely',
  'impact-judged',
  'impact-many',
  'impact-propose',
  'argument',
  'argument-weighed',
  'argument-inconsistent',
  'article-edit',
  'article-new',
  'acceptance',
  'offer',
  'offer-weighing',
  'offer-rehearsed',
  'compare',
  'compare-file',
  'compare-same',
  'variants',
  'variants-busy',
  'references',
  'sent',
  'sent-row',
  'report',
  'library',
  'library-reading',
  'library-empty',
  'connect'
] as const;

export const OTHERS = ['question', 'sentences', 'status', 'travels', 'share'] as const;

export type Scene =
  (typeof SIDEBAR)[number] | (typeof POPOVERS)[number] | (typeof PAGES)[number] | (typeof OTHERS)[number];
