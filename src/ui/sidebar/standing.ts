/** Where each correction stands, and what comes next. Pure. */
import type { Annotation, Article, Conflict, Review } from '../../contract';
import type { IPlaced, IPreviewState, IState } from '../../tokens';
import { unsaid } from '../agree/agreement';
import { isLaw, saidOf, settledBy } from '../parts/words';

/**
 * open: highlighted, nothing said yet. corrected: said, no rule yet. tried: a rule is in preview. lost, moved: its words
 * are gone, or probably elsewhere. settled: has an article. kept: praise, or a note that asks for no rule.
 */
export type Standing = 'open' | 'corrected' | 'tried' | 'lost' | 'moved' | 'settled' | 'kept';

export interface IItem {
  readonly placed: IPlaced;
  readonly standing: Standing;
  readonly article: Article | null;
}

/** The one thing worth doing now. */
export type Next =
  | { readonly kind: 'review'; readonly review: Review }
  | { readonly kind: 'conflict'; readonly conflict: Conflict }
  | { readonly kind: 'ratified'; readonly annotation: Annotation; readonly article: Article }
  | { readonly kind: 'impact'; readonly preview: IPreviewState }
  | { readonly kind: 'amend' | 'correct'; readonly item: IItem };

export function itemsOf(state: IState): IItem[] {
  const articles = settledBy(state.inForce);
  const trying = new Set(state.preview && !state.preview.ratified ? state.preview.annotations.map(a => a.id) : []);
  return state.placed.map(placed => {
    const { annotation, place } = placed;
    const article = articles.get(annotation.id) ?? null;
    const standing: Standing = article
      ? 'settled'
      : place === 'lost' || place === 'moved'
        ? place
        : trying.has(annotation.id)
          ? 'tried'
          : annotation.motivation === 'assessing' || annotation.motivation === 'commenting'
            ? 'kept'
            : saidOf(annotation)
              ? 'corrected'
              : 'open';
    return { placed, standing, article };
  });
}

export function nextOf(state: IState, items: readonly IItem[]): Next | null {
  const { inForce, preview } = state;
  if (inForce?.review) {
    return { kind: 'review', review: inForce.review };
  }
  if (inForce?.conflicts.length) {
    return { kind: 'conflict', conflict: inForce.conflicts[0] };
  }
  if (preview?.ratified && !preview.asked && preview.annotations.length > 0 && isLaw(inForce, preview.ratified)) {
    return { kind: 'ratified', annotation: preview.annotations[0], article: preview.ratified };
  }
  if (preview && !preview.ratified) {
    return { kind: 'impact', preview };
  }
  const corrected = items.filter(i => i.standing === 'corrected').pop();
  if (corrected) {
    return { kind: 'amend', item: corrected };
  }
  const open = items.filter(i => i.standing === 'open').pop();
  return open ? { kind: 'correct', item: open } : null;
}

/** How many things wait for the person. */
export function waiting(state: IState, items: readonly IItem[]): number {
  const mine = items.filter(i => i.standing !== 'settled' && i.standing !== 'kept').length;
  return mine + unsaid(state.inForce) + (state.inForce?.review ? 1 : 0) + (state.inForce?.conflicts.length ?? 0);
}
