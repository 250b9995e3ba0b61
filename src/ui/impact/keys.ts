/** What a key means in the impact view. */

import type * as React from '../react';
import type { IKey } from '../card/keys';

export type Mark = 'regression' | 'unintended' | 'intended';

export type Act =
  | { readonly do: 'row'; readonly by: 1 | -1 }
  | { readonly do: 'mark'; readonly mark: Mark }
  | { readonly do: 'wording' | 'ratify' | 'pass' };

/** Letters work while no text is being written; Ctrl+Enter ratifies, but for boxes that take it for themselves. */
export function actOf(key: IKey, inText: boolean): Act {
  if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) {
    return { do: 'ratify' };
  }
  if (inText || key.ctrlKey || key.metaKey || key.altKey || key.isComposing) {
    return { do: 'pass' };
  }
  switch (key.key) {
    case 'j':
      return { do: 'row', by: 1 };
    case 'k':
      return { do: 'row', by: -1 };
    case 'r':
      return { do: 'mark', mark: 'regression' };
    case 'u':
      return { do: 'mark', mark: 'unintended' };
    case 'i':
      return { do: 'mark', mark: 'intended' };
    case 'a':
      return { do: 'wording' };
    default:
      return { do: 'pass' };
  }
}

/** Ctrl+Enter in a box is about that box, and never ratifies. */
export function goes(event: React.KeyboardEvent): boolean {
  const pressed = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  if (pressed) {
    event.preventDefault();
    event.stopPropagation();
  }
  return pressed;
}
