import type { Impact } from '../../contract';
import * as React from '../react';
import type { TranslationBundle } from '../parts/props';
import { pathOf, polyline } from './path';

const WIDTH = 300;
const HEIGHT = 96;

/** How the rows led to the verdict on side effects: the log ratio after each of them, between the limits; in words too. */
export function Course(props: { rows: readonly Impact[]; said: string; trans: TranslationBundle }): JSX.Element {
  const { rows, trans } = props;
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
      <figcaption>{props.said}</figcaption>
    </figure>
  );
}
