/** A run as files to keep or to send: everything as JSON, and a page that opens anywhere and loads nothing. Pure. */
import type { Evidence, Impact, Share } from '../../contract';
import type { IPreviewState } from '../../tokens';
import { pieces } from '../parts/diff';
import { Markup, markup } from '../parts/markup';
import type { TranslationBundle } from '../parts/props';
import { percent } from '../parts/words';
import { courseOf } from './course';
import { verdictName } from './groups';
import { judgeOf, saidOf } from './judge';
import { numbersOf } from './numbers';
import { pathOf, polyline } from './path';
import { binName } from './plot';
import { endOf, spentOf } from './progress';
import { certaintyName, markName } from './row';
import { ORDER, byVerdict, judged, judges } from './tally';
import { verdictOf } from './verdict';

/** The run with its rows, what they add up to, and what was wished for. */
export function jsonOf({ preview, rows, annotations, prompts, turns, without }: IPreviewState): string {
  return JSON.stringify({ ...preview, rows, annotations, prompts, turns, without }, null, 2);
}

/** A page that a colleague can open: no script, nothing that is loaded, every word of others escaped. */
export function htmlOf(state: IPreviewState, name: string, trans: TranslationBundle): string {
  const { preview, rows } = state;
  if (!preview) {
    return '';
  }
  const { evidence } = preview;
  const { stand, breaks, set, target, side } = verdictOf(state, trans);
  const tried = state.amendment.draft ?? state.draft;
  const groups = byVerdict(rows, judges(preview));
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${name}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>${name}</h1>
        <p><b>${stand}</b> ${breaks} ${set}</p>
        <p>${target}</p>
        <p>${side}</p>
        <p>${evidence.judge ? judgeOf(evidence.judge, trans) : ''}</p>
        <p class="muted">${endOf(preview, trans)} ${spentOf(preview, trans)} · ${preview.model} · ${preview.created}</p>
        <h2>${trans.__('Wording')}</h2>
        <dl>
          <dt>${trans.__('When')}</dt>
          <dd>${tried.when}</dd>
          <dt>${trans.__('Then')}</dt>
          <dd>${tried.then}</dd>
        </dl>
        <h2>${trans.__('Share of turns that changed')}</h2>
        ${sharesOf(evidence, trans)}
        <h2>${trans.__('The way to the verdict')}</h2>
        <figure>
          ${pathAsSvg(rows)}
          <figcaption>${courseOf(evidence.side, trans)}</figcaption>
        </figure>
        <h2>${trans.__('The numbers')}</h2>
        <dl>
          ${numbersOf(evidence, trans).map(
            n =>
              markup`<dt>${n.claim}: ${n.formula}</dt>
                <dd>${n.values}</dd>`
          )}
        </dl>
        ${ORDER.map(verdict => [verdict, groups.get(verdict) ?? []] as const)
          .filter(([, found]) => found.length > 0)
          .map(
            ([verdict, found]) =>
              markup`<h2>${verdictName(verdict, trans)} ${found.length}</h2>
                ${found.map(row => rowOf(row, judges(preview), trans))}`
          )}
        <p class="muted">${trans.__('Constitution before: %1. With it: %2.', preview.before, preview.after)}</p>
      </body>
    </html>
`.text;
}

const STYLE = Markup.of`
body { font: 14px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #1a1a1a; background: #fff; }
h1 { font-size: 20px; } h2 { font-size: 16px; margin-top: 2em; } .muted { color: #555; }
table { border-collapse: collapse; } th, td { text-align: start; padding: 4px 12px 4px 0; font-weight: 400; }
.row { border-top: 1px solid #ccc; padding: 8px 0; } .two { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
.two > *, dd { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; } dt { font-weight: 600; margin-top: 8px; }
del { background: #f7dcdc; } ins { background: #d9ecd9; } figure { margin: 0; } svg { overflow: visible; }
@media (max-width: 40em) { .two { grid-template-columns: 1fr; } }
`;

function sharesOf({ shares, measured, differing }: Evidence, trans: TranslationBundle): Markup {
  const line = measured > 0 ? (100 * differing) / measured : null;
  const noise =
    line === null
      ? trans.__('noise not measured')
      : trans.__('noise: %1 of %2 differ when asked twice', differing, measured);
  return markup`<table>
      ${shares.map(
        share =>
          markup`<tr>
            <th scope="row">${binName(share.bin, trans)}</th>
            <td>${shareAsSvg(share, line)}</td>
            <td>${trans.__('%1 of %2', share.changed, share.tried)}</td>
            <td>${trans.__('between %1 and %2', percent(share.low), percent(share.high))}</td>
          </tr> `
      )}
    </table>
    <p class="muted">${trans.__('95% interval, whenever it is stopped')} · ${noise}</p>`;
}

function shareAsSvg({ changed, tried, low, high }: Share, noise: number | null): Markup {
  const line = (from: number, to: number, stroke: string, width: number) =>
    markup`<line x1="${2 * from}" x2="${2 * to}" y1="10" y2="10" stroke="${stroke}" stroke-width="${width}" />`;
  const floor =
    noise === null
      ? ''
      : markup`<line x1="${2 * noise}" x2="${2 * noise}" y1="0" y2="20" stroke="#555" stroke-dasharray="3 3" />`;
  const at = (200 * changed) / Math.max(1, tried);
  return markup`<svg width="200" height="20" viewBox="0 0 200 20" aria-hidden="true">
    ${line(0, 100, '#ccc', 1)}${floor}${line(100 * low, 100 * high, '#888', 4)}
    <circle cx="${at}" cy="10" r="5" fill="#1a1a1a" />
  </svg>`;
}

function pathAsSvg(rows: readonly Impact[]): Markup {
  const limit = (y: number) =>
    markup`<line x1="0" x2="400" y1="${y}" y2="${y}" stroke="#555" stroke-dasharray="3 3" />`;
  return markup`<svg width="400" height="120" viewBox="0 0 400 120" aria-hidden="true">
    ${limit(30)}${limit(90)}
    <polyline points="${polyline(pathOf(rows), 400, 120)}" fill="none" stroke="#1a1a1a" stroke-width="2" />
  </svg>`;
}

function rowOf(row: Impact, judge: boolean, trans: TranslationBundle): Markup {
  const { probe, before, after, certainty, judgement, mark, why } = row;
  const told = [
    binName(probe.bin, trans),
    probe.chosen,
    certainty === 'none' ? '' : certaintyName(certainty, trans),
    mark ? trans.__('You marked it: %1', markName(mark, trans).toLowerCase()) : '',
    why,
    judged(row, judge) ? trans.__('judged') : '',
    judgement ? saidOf(judgement, trans) : ''
  ];
  return markup`<div class="row">
    <p><b>${probe.prompt}</b></p>
    <p class="muted">${told.filter(Boolean).join(' · ')}</p>
    ${before.text === after.text ? markup`<p>${before.text}</p>` : bothOf(before.text, after.text, trans)}
  </div> `;
}

/** Both replies, with the words that differ. */
function bothOf(before: string, after: string, trans: TranslationBundle): Markup {
  const parts = pieces(before, after);
  const left = parts
    .filter(p => p.kind !== 'added' && p.kind !== 'space-after')
    .map(p => (p.kind === 'removed' ? markup`<del>${p.text}</del>` : markup`${p.text}`));
  const right = parts
    .filter(p => p.kind !== 'removed' && p.kind !== 'space-before')
    .map(p => (p.kind === 'added' ? markup`<ins>${p.text}</ins>` : markup`${p.text}`));
  return markup`<div class="two"><p>${trans.__('Now')}: ${left}</p><p>${trans.__('With it')}: ${right}</p></div>`;
}
