/** What a turn was given beside the law and the conversation, as its output tells: facts, and passages. */
import type { Given, TurnRecord } from '../contract';
import { isApplied, isGiven } from './keys';

/** What the record tells of; what an output says is not trusted to be of any shape. */
export function givenOf(record: TurnRecord, kind: Given['kind']): Given[] {
  return Array.isArray(record.given) ? record.given.filter(given => isGiven(given) && given.kind === kind) : [];
}

/** Why it was given, and where it is from. */
export function reasonOf(record: TurnRecord, given: Given): string {
  const applied = Array.isArray(record.applied) ? record.applied.filter(isApplied) : [];
  return [applied.find(({ article }) => article === given.id)?.why, given.source].filter(Boolean).join(' · ');
}
