/** A server that knows the law of each notebook as it was told last, signs what is asked for, and keeps previews. */
import type { Evidence, Amendment, Article, Change, Draft, Impact, InForce, Preview, Tried } from '../../src/contract';
import { ulid } from '../../src/service/ids';
import { Answers, IN_FORCE } from './served';

type Metadata = Record<string, unknown>;

const PROVENANCE = { at: '2026-01-01T00:00:00Z', author: '', evidence: '', note: '', words: [] };

export const DRAFT: Draft = {
  title: 'No praise',
  when: 'always',
  then: 'no praise',
  why: '',
  source: '',
  kind: 'process',
  always: true,
  enabled: true
};

export function adding(draft: Partial<Draft> = {}, patch: Partial<Amendment> = {}): Amendment {
  return {
    id: ulid(),
    action: 'add',
    article: null,
    base: null,
    draft: { ...DRAFT, ...draft },
    order: null,
    reach: 'kind',
    source: { by: 'person', name: '' },
    annotations: [],
    note: '',
    ...patch
  };
}

export function article(patch: Partial<Article> = {}): Article {
  return {
    ...DRAFT,
    id: ulid(),
    revision: ulid(),
    parents: [],
    seals: [],
    order: 'V',
    repealed: false,
    provenance: PROVENANCE,
    ...patch
  };
}

export const keyOf = ({ id, revision }: Article): string => `reconst:article:${id}:${revision}`;

/** The heads that are not repealed, in order. */
export function lawOf(metadata: Metadata): Article[] {
  const all = Object.keys(metadata)
    .filter(key => key.startsWith('reconst:article:'))
    .map(key => metadata[key] as Article);
  const parents = new Set(all.flatMap(a => a.parents));
  const heads = all.filter(a => !parents.has(a.revision) && !a.repealed);
  const sorted = (a: Article): string => `${a.order} ${a.id}`;
  return heads.sort((a, b) => (sorted(a) < sorted(b) ? -1 : 1));
}

function inForceOf(metadata: Metadata): InForce {
  const articles = lawOf(metadata);
  const digest = JSON.stringify(articles.map(({ title, when, then, enabled }) => [title, when, then, enabled]));
  return { ...IN_FORCE, digest, constitution: { ...IN_FORCE.constitution, articles }, conflicts: [], pending: [] };
}

export function court(previews: readonly Tried[] = []) {
  const told = new Map<string, Metadata>();
  const answers: Answers = {
    sync: ({ path, metadata }: { path: string; metadata: Metadata }) => {
      told.set(path, metadata);
      return inForceOf(metadata);
    },
    ratify: ({ path, amendment }: { path: string; amendment: Amendment }): Change => {
      const known = told.get(path) ?? {};
      const before = Object.values(known).find(a => (a as Article).revision === amendment.base) as Article | undefined;
      const made = article({
        ...(before ?? {}),
        ...amendment.draft,
        id: amendment.article ?? ulid(),
        revision: ulid(),
        parents: before ? [before.revision] : [],
        order: amendment.order ?? before?.order ?? 'V',
        repealed: amendment.action === 'repeal'
      });
      const writes = { [keyOf(made)]: made };
      return { id: ulid(), article: made, writes, removes: [], digest: inForceOf({ ...known, ...writes }).digest };
    },
    previews: () => ({ previews }),
    preview: ({ id, amendment }: { id: string; amendment: Amendment }) =>
      previewOf(amendment, { id, status: 'running' }),
    watch: () => [],
    stop: () => ({ ok: true })
  };
  return { answers, told };
}

/** Nothing has been tried yet. */
export const NO_EVIDENCE: Evidence = {
  measured: 0,
  differing: 0,
  value: 1,
  changed: false,
  target: { tried: 0, fixed: 0, broken: 0, judged: 0, p: 1, exact: false, more: 6 },
  side: { tried: 0, changed: 0, low: 0, high: 1, standing: 'open', ratio: 0, more: 18 },
  shares: [],
  judge: null,
  said: { stand: '', breaks: '', changed: '', target: '', side: '', course: '', judge: '', figures: [] }
};

export function previewOf(amendment: Amendment, patch: Partial<Preview> = {}): Preview {
  return {
    id: ulid(),
    notebook: IN_FORCE.notebook,
    amendment,
    before: 'd0',
    after: 'd1',
    model: 'm',
    status: 'done',
    planned: 1,
    rows: [],
    calls: 2,
    saved: 0,
    tokens: 0,
    cost: null,
    budget: null,
    harder: false,
    ended: 'all',
    repeating: [],
    judging: [],
    judge: null,
    maybe_twice: 0,
    seconds_left: null,
    created: new Date().toISOString(),
    problem: '',
    effect: 'seen',
    floor: 0,
    evidence: NO_EVIDENCE,
    ...patch
  };
}

export function row(prompt: string, patch: Partial<Impact> = {}): Impact {
  const reply = {
    text: prompt,
    finish_reason: 'stop',
    cached: false,
    usage: { prompt: 1, completion: 1, estimated: false },
    timings: { first: 1, total: 1 }
  };
  const probe = {
    bin: 'own' as const,
    history: [],
    attachments: [],
    given: [],
    form: '' as const,
    style: null,
    caveat: '',
    turn: null,
    case: null,
    generator: '',
    chosen: '',
    key: ''
  };
  return {
    probe: { ...probe, id: ulid(), prompt },
    before: reply,
    after: { ...reply, text: `${prompt}!` },
    verdict: 'unmarked',
    why: '',
    distance: 0.5,
    noise: null,
    certainty: 'likely',
    sent: null,
    repeats: 0,
    p: null,
    judgement: null,
    call: null,
    mark: null,
    note: '',
    ...patch
  };
}
