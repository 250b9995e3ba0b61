import type { Impact, SideEffects } from '../../contract';
import * as React from '../react';
import type { TranslationBundle } from '../parts/props';
import { LIMIT, pathOf, polyline } from './path';

const WIDTH = 300;
const HEIGHT = 96;

/** How the rows led to the verdict on side effects: the log ratio after each of them, between the two limits. */
export function Course(props: { rows: readonly Impact[]; side: SideEffects; trans: TranslationBundle }): JSX.Element {
  const { rows, side, trans } = props;
  const path = React.useMemo(() => pathOf(rows), [rows]);
  return (
    <figure cl="course">
      <span aria-hidden="true">{trans.__('harmful')}</span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <line cl="base" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <line cl="floor" x1="0" x2={WIDTH} y1={HEIGHT / 4} y2={HEIGHT / 4} />
        <line cl="floor" x1="0" x2={WIDTH} y1={(3 * HEIGHT) / 4} y2={(3 * HEIGHT) / 4} />
        <polyline points={polyline(path, WIDTH, HEIGHT)} />
      </svg>
      <span aria-hidden="true">{trans.__('harmless')}</span>
      <figcaption>{courseOf(side, trans)}</figcaption>
    </figure>
  );
}

/** The drawing in words. */
export function courseOf({ tried, ratio, standing }: SideEffects, trans: TranslationBundle): string {
  const limit = LIMIT.toFixed(3);
  const found = trans._n(
    'After %1 turn that it should leave alone the log ratio is %2',
    'After %1 turns that it should leave alone the log ratio is %2',
    tried,
    signed(ratio)
  );
  return {
    harmful: trans.__('%1: it has reached +%2, harmful.', found, limit),
    harmless: trans.__('%1: it has reached −%2, harmless.', found, limit),
    open: trans.__('%1: between −%2, harmless, and +%2, harmful.', found, limit)
  }[standing];
}

/** With its sign, and a minus that reads as one. */
export function signed(value: number): string {
  const size = Math.abs(value).toFixed(3);
  return value < 0 ? `−${size}` : value > 0 ? `+${size}` : size;
}
