/**
 * What is ours in a notebook file: which keys, and reading them without trusting them.
 *
 * Whatever is not of the expected shape is left alone, as `core/notebook.py` does: it has no effect and is not lost.
 */
import type { Annotation, Applied, Given, Head, Target, TurnRecord } from '../contract';

export const TURN_MIME = 'application/vnd.reconst.turn+json';
export const CHOICE_MIME = 'application/vnd.reconst.choice+json';
export const HEAD = 'reconst';
export const PREFIX = 'reconst:';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const LONGEST = 64_000;

type Untrusted = Record<string, unknown>;

export function isOurs(key: string): boolean {
  return key === HEAD || key.startsWith(PREFIX);
}

export function annotationKey(id: string): string {
  return `${PREFIX}annotation:${id}`;
}

export function isAnnotationKey(key: string): boolean {
  return key.startsWith(annotationKey(''));
}

/** The notebook's head, if it can be read. */
export function headOf(value: unknown): Head | null {
  const head = value as Head | undefined;
  return isObject(head) && head.version === 1 && isId(head.id) ? head : null;
}

/** The annotations in a cell's metadata, oldest first. */
export function annotationsIn(metadata: Untrusted): Annotation[] {
  return Object.keys(metadata)
    .filter(isAnnotationKey)
    .map(key => metadata[key])
    .filter(isAnnotation)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The turn that an output records, if it can be read. */
export function recordIn(data: unknown): TurnRecord | null {
  const value = isObject(data) ? (data as Untrusted)[TURN_MIME] : undefined;
  return isRecord(value) ? value : null;
}

export function isRecord(value: unknown): value is TurnRecord {
  const record = value as TurnRecord | undefined;
  return (
    isObject(record) &&
    record.version === 1 &&
    isId(record.turn) &&
    ['reply', 'prompt', 'model', 'digest', 'status', 'notebook'].every(
      key => typeof record[key as 'reply'] === 'string'
    ) &&
    ['articles', 'seconds'].every(key => typeof record[key as 'articles'] === 'number') &&
    (record.applied === undefined || (Array.isArray(record.applied) && record.applied.every(isApplied))) &&
    (record.given === undefined || (Array.isArray(record.given) && record.given.every(isGiven))) &&
    (record.cost === null || record.cost === undefined || typeof record.cost === 'number')
  );
}

/** Something that a turn was given, as an output tells of it. */
export function isGiven(value: unknown): value is Given {
  const given = value as Given | undefined;
  return (
    isObject(given) &&
    ['fact', 'passage'].includes(given.kind) &&
    [given.id, given.label, given.source, given.text].every(isText) &&
    given.id !== '' &&
    given.id.length <= 200 &&
    given.label.length <= 200
  );
}

export function isApplied(value: unknown): value is Applied {
  const applied = value as Applied | undefined;
  return (
    isObject(applied) &&
    isId(applied.article) &&
    isId(applied.revision) &&
    typeof applied.sent === 'boolean' &&
    [applied.title ?? '', applied.why ?? ''].every(text => typeof text === 'string' && text.length <= 200)
  );
}

function isAnnotation(value: unknown): value is Annotation {
  const annotation = value as Annotation | undefined;
  return (
    isObject(annotation) &&
    isId(annotation.id) &&
    typeof annotation.motivation === 'string' &&
    Array.isArray(annotation.body) &&
    annotation.body.every(b => isObject(b) && typeof b.purpose === 'string' && isText(b.value)) &&
    isTarget(annotation.target)
  );
}

function isTarget(value: unknown): value is Target {
  const target = value as Target | undefined;
  return (
    isObject(target) &&
    typeof target.cell === 'string' &&
    isCount(target.output) &&
    ['words', 'missing', 'whole'].includes(target.part) &&
    isCount(target.occurrence) &&
    Array.isArray(target.selector) &&
    target.selector.every(s =>
      s?.type === 'TextQuoteSelector'
        ? isText(s.exact) && isText(s.prefix) && isText(s.suffix)
        : s?.type === 'TextPositionSelector' && isCount(s.start) && isCount(s.end)
    )
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ULID.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2 * LONGEST;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
