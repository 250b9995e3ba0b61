/** Our drawn icons: 16 px, stroke 1.5, the colour of the text beside them. */
import { LabIcon } from '@jupyterlab/ui-components';

import * as React from './react';

const PATHS = {
  more: 'M8 3.5v.1M8 8v.1M8 12.5v.1',
  link: 'M6.6 9.4 9.4 6.6M7.8 4.6l1.4-1.4a2.6 2.6 0 0 1 3.7 3.7l-1.5 1.4M8.2 11.4l-1.4 1.4a2.6 2.6 0 0 1-3.7-3.7l1.5-1.4',
  pen: 'm3 13 .7-3L10.6 3a1.5 1.5 0 0 1 2.3 2.2L6 12.3z',
  keep: 'M4 2.5h8v11L8 10.6 4 13.5z',
  ask: 'M1.8 8a6.2 6.2 0 1 0 12.4 0A6.2 6.2 0 1 0 1.8 8M6.2 6.3a1.9 1.9 0 1 1 2.5 1.9c-.5.2-.7.5-.7 1M8 11.3v.1',
  model:
    'M5 3.5h6A1.5 1.5 0 0 1 12.5 5v6a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 11V5A1.5 1.5 0 0 1 5 3.5M6.3 1.5v2M9.7 1.5v2M6.3 12.5v2M9.7 12.5v2M1.5 6.3h2M1.5 9.7h2M12.5 6.3h2M12.5 9.7h2',
  lost: 'M8 14s4.6-4.2 4.6-7.6a4.6 4.6 0 0 0-9.2 0C3.4 9.8 8 14 8 14zM6.6 6.4h2.8',
  right: 'm6 4 4 4-4 4',
  down: 'm4 6 4 4 4-4',
  tick: 'm3 8.5 3.2 3.2L13 4.8',
  cross: 'm4 4 8 8M12 4l-8 8',
  library: 'M3 3.2A1.2 1.2 0 0 1 4.2 2H13v10H4.2A1.2 1.2 0 0 0 3 13.2zM3 13.2A1.2 1.2 0 0 0 4.2 14H13v-2',
  argues: 'M2.2 3.2h11.6v7.6H7.6L4.7 13.4v-2.6H2.2z',
  plus: 'M8 3v10M3 8h10',
  done: 'M1.8 8a6.2 6.2 0 1 0 12.4 0A6.2 6.2 0 1 0 1.8 8m3.4.3 2 2 3.7-4.1',
  minus: 'M3 8h10',
  stop: 'M5 4h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1',
  back: 'M5.5 2.5 2.5 5.5l3 3M2.8 5.5h6.4a4 4 0 0 1 0 8H6',
  warn: 'M8 2.5 14.2 13H1.8zM8 6.5v3M8 11.3v.1',
  equal: 'M3.5 6h9M3.5 10h9',
  probe: 'M2.7 7a4.3 4.3 0 1 0 8.6 0 4.3 4.3 0 1 0-8.6 0m7.6 3.3 3.5 3.5',
  notebook: 'M4 2h5.5l3 3v9H4zM9.3 2v3.2h3.2M6 8.5h4.5M6 11h4.5',
  hidden: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zm1 5.5 11-11',
  lock: 'M4.4 7h7.2a1.2 1.2 0 0 1 1.2 1.2v4.4a1.2 1.2 0 0 1-1.2 1.2H4.4a1.2 1.2 0 0 1-1.2-1.2V8.2A1.2 1.2 0 0 1 4.4 7M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2',
  clock: 'M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8m6-3.4V8l2.3 1.6',
  clip: 'm12.5 7.3-4.9 4.9a3 3 0 0 1-4.2-4.2l5.4-5.4a2 2 0 0 1 2.8 2.8L6.300 10.700a1 1 0 0 1-1.400-1.400L9.500 4.700',
  copy: 'M5.500 5.500h8v8h-8zM3 10.500H2.500v-8h8V3',
  folder: 'M1.800 3h4.500l1.600 2h6.300v8H1.800z',
  person: 'M5.400 5.200a2.600 2.600 0 1 0 5.200 0 2.600 2.600 0 1 0-5.200 0M2.800 13.800a5.200 5.200 0 0 1 10.400 0',
  laws: 'M2.5 3h11M2.5 13h7M3 5.6h10a1.2 1.2 0 0 1 1.2 1.2V9a1.2 1.2 0 0 1-1.2 1.2H3A1.2 1.2 0 0 1 1.8 9V6.8A1.2 1.2 0 0 1 3 5.6M4.500 8h4'
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing; always beside a word, so hidden from screen readers. `tone` colours it, never the word. */
export function Icon(props: { name: IconName; tone?: 'bad' | 'warn' | 'good' | 'accent' }): JSX.Element {
  const { name, tone } = props;
  return (
    <svg
      className={tone ? `jp-reconst-ic jp-reconst-${tone}` : 'jp-reconst-ic'}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} strokeWidth={name === 'more' ? 2.4 : undefined} />
    </svg>
  );
}

/** The mark of the sidebar, of tabs and of the status bar. */
export const reconstIcon = new LabIcon({
  name: 'reconst:icon',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke-width="1.5" ' +
    'stroke-linecap="round" stroke-linejoin="round"><path class="jp-icon3" style="fill:none" ' +
    `stroke="currentColor" d="${PATHS.laws}"/></svg>`
});
