import type { Beneath, InForce } from '../../contract';
import * as React from '../react';
import { Icon } from '../icons';
import type { TranslationBundle } from './props';

export type Scope = Beneath['scope'];

const ICONS = { user: 'person', project: 'folder', notebook: 'notebook' } as const;

/** Where articles hold, from the farthest to the nearest; the nearest version of one applies. */
export const SCOPES = Object.keys(ICONS) as readonly Scope[];

export function scopeOf(inForce: InForce | null, article: string | null): Scope {
  return inForce?.constitution.scopes[article ?? ''] ?? 'notebook';
}

export function scopeName(scope: Scope, trans: TranslationBundle): string {
  return {
    user: trans.__('All my notebooks'),
    project: trans.__('Project'),
    notebook: trans.__('This notebook')
  }[scope];
}

export function ScopeBadge({ scope, trans }: { scope: Scope; trans: TranslationBundle }): JSX.Element {
  return (
    <span cl="badge">
      <Icon name={ICONS[scope]} />
      {scopeName(scope, trans)}
    </span>
  );
}
