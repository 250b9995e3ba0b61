/** Where a proposal stands, in words. Pure. */
import type { Agreement, Amendment, Ballot, InForce, Terms } from '../../contract';
import type { TranslationBundle } from '../parts/props';

/** The proposal that is about exactly this change, the one that can still become law first. */
export function agreementOf(
  inForce: InForce | null,
  { action, article, base, draft, order }: Amendment
): Agreement | null {
  const said = (a: object) => JSON.stringify(a);
  const found = (inForce?.agreeing.proposals ?? []).filter(({ proposal }) => {
    const put = proposal.amendment;
    const named = put && (put.article === article || (action === 'add' && !article));
    return named && said([put.action, put.base, put.draft, put.order]) === said([action, base, draft, order]);
  });
  return found.find(waits) ?? found[0] ?? null;
}

/** Whether it can still become law. */
export function waits({ state }: Agreement): boolean {
  return state === 'open' || state === 'carried';
}

/** How many proposals wait for this person's word. */
export function unsaid(inForce: InForce | null): number {
  return (inForce?.agreeing.proposals ?? []).filter(a => waits(a) && !a.mine).length;
}

/** A name that only the file says. */
export function claimed(name: string, trans: TranslationBundle): string {
  return trans.__('%1 (as claimed)', name || trans.__('Somebody'));
}

/** Who must agree. */
export function termsOf({ kind, needs, people }: Terms, trans: TranslationBundle): string {
  switch (kind) {
    case 'some':
      return trans.__('%1 of %2', needs, people.join(', '));
    case 'writers':
      return trans.__('All who wrote what stands');
    default:
      return trans.__('One person: whoever presses Ratify');
  }
}

export function stateOf({ state, agree, needs }: Agreement, trans: TranslationBundle): string {
  const count = needs ? trans.__('%1 of %2 agree', agree, needs) : trans._n('%1 agrees', '%1 agree', agree);
  switch (state) {
    case 'open':
      return count;
    case 'carried':
      return trans.__('%1: it can be ratified', count);
    case 'rejected':
      return trans.__('%1: not carried', count);
    case 'withdrawn':
      return trans.__('taken back');
    case 'overtaken':
      return trans.__('overtaken');
    case 'ratified':
      return trans.__('ratified');
  }
}

/** What a person said, or why it does not count. */
export function saidOf({ vote, void: why }: Ballot, trans: TranslationBundle): string {
  const said = { agree: trans.__('agrees'), pass: trans.__('passes'), disagree: trans.__('disagrees') }[vote.answer];
  switch (why) {
    case 'wording':
      return trans.__('%1 (to other words: not counted)', said);
    case 'outsider':
      return trans.__('%1 (has no vote here)', said);
    case 'unknown':
      return trans.__('%1: in your name, but you did not cast this here. Not counted.', said);
    default:
      return said;
  }
}
