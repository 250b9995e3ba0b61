/** Notebooks that come from somebody else: their constitution, their highlights, their turns. */
import { createHash } from 'node:crypto';

/** A ULID of the tests. */
export function id(n: number): string {
  return `01JD${String(n).padStart(22, '0')}`;
}

const SIGNED = { author: 'Mallory', at: '2026-11-01T12:00:00Z', words: [], evidence: '', note: '' };

export interface IWording {
  title: string;
  when?: string;
  then: string;
  why?: string;
  [key: string]: unknown;
}

/** One revision of an article under its key. */
export function article(n: number, wording: IWording, revision = n + 500): Record<string, unknown> {
  const value = {
    id: id(n),
    revision: id(revision),
    parents: [],
    order: String.fromCharCode(65 + (n % 50)),
    when: 'always',
    why: '',
    kind: 'process',
    always: true,
    enabled: true,
    repealed: false,
    provenance: SIGNED,
    ...wording
  };
  return { [`reconst:article:${value.id}:${value.revision}`]: value };
}

export function head(n: number): Record<string, unknown> {
  return { reconst: { version: 1, id: id(n), origin: null, sample: null } };
}

/** A highlight of words in a cell's first output, under its key. */
export function annotation(n: number, cell: string, exact: string, more: object = {}): Record<string, unknown> {
  const quote = { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' };
  return {
    [`reconst:annotation:${id(n)}`]: {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      id: id(n),
      motivation: 'editing',
      body: [{ type: 'TextualBody', purpose: 'editing', value: 'Say it plainly.', source: null }],
      target: {
        type: 'SpecificResource',
        cell,
        output: 0,
        part: 'words',
        occurrence: 0,
        turn: null,
        selector: [quote]
      },
      created: '2026-11-01T12:00:00Z',
      modified: null,
      creator: { type: 'Person', name: 'Mallory' },
      ...more
    }
  };
}

/** A turn as the output of a cell. */
export function turn(n: number, reply: string, more: object = {}): object {
  const record = {
    version: 1,
    turn: id(n),
    parent: null,
    notebook: id(1),
    prompt: 'What holds?',
    reply,
    model: 'theirs',
    digest: createHash('sha256').update('').digest('hex'),
    articles: 0,
    status: 'complete',
    seconds: 1,
    cost: null,
    note: '',
    ...more
  };
  return {
    output_type: 'display_data',
    data: { 'application/vnd.reconst.turn+json': record, 'text/markdown': reply, 'text/plain': reply },
    metadata: { reconst: { turn: record.turn, parent: null, model: record.model, digest: record.digest } }
  };
}
