import type { Evidence, Probe, Share } from '../../contract';
import * as React from '../react';
import type { TranslationBundle } from '../parts/props';
import { percent } from '../parts/words';
import { SHOULD_CHANGE, SHOULD_STAY } from './tally';

/** The bins in plain words. */
export function binName(bin: Probe['bin'], trans: TranslationBundle): string {
  return {
    source: trans.__('Corrected turn'),
    in: trans.__('Turns it is for'),
    near: trans.__('Look-alikes'),
    out: trans.__('Unrelated turns'),
    case: trans.__('Kept cases'),
    conflict: trans.__('Clashes'),
    own: trans.__('Your own')
  }[bin];
}

/** The share of turns that changed, by kind of probe: a dot, the server's interval, and every number in words. A table. */
export function Plot(props: { evidence: Evidence; floor: number | null; trans: TranslationBundle }): JSX.Element {
  const { evidence, floor, trans } = props;
  const { measured, differing } = evidence;
  const line = measured > 0 ? differing / measured : null;
  const group = (label: string, bins: readonly Probe['bin'][]) => {
    const all = evidence.shares.filter(share => bins.includes(share.bin));
    return (
      all.length > 0 && (
        <tbody>
          <tr>
            <th cl="grp" colSpan={3} scope="rowgroup">
              {label}
            </th>
          </tr>
          {all.map(share => (
            <Line key={share.bin} share={share} noise={line} trans={trans} />
          ))}
        </tbody>
      )
    );
  };
  return (
    <div cl="plot">
      <table>
        <caption cl="sr">{trans.__('Share of turns that changed, by kind of probe')}</caption>
        <colgroup>
          <col cl="bin" />
          <col />
          <col cl="of" />
        </colgroup>
        {group(trans.__('Should change'), SHOULD_CHANGE)}
        {group(trans.__('Should stay the same'), SHOULD_STAY)}
        {group(trans.__('Yours to judge'), ['own'])}
        <tfoot aria-hidden="true">
          <tr>
            <td />
            <td>
              <span cl="ax">
                <span>0%</span>
                <span>50%</span>
                <span>100%</span>
              </span>
            </td>
            <td />
          </tr>
        </tfoot>
      </table>
      <p cl="key">
        <span>
          <i cl="kd" />
          {trans.__('changed')}
        </span>
        <span>
          <i cl="kc" />
          {trans.__('95% interval, whenever it is stopped')}
        </span>
        <span>
          {line !== null && <i cl="kn" />}
          {line !== null
            ? trans.__('noise: %1 of %2 differ when asked twice', differing, measured)
            : trans.__('noise not measured')}
        </span>
        {!!floor && <span>{trans.__('changes within %1 of the words count as noise', percent(floor))}</span>}
      </p>
    </div>
  );
}

/** The drawing is 100 units wide: one per percent. */
function Line(props: { share: Share; noise: number | null; trans: TranslationBundle }): JSX.Element {
  const { share, trans } = props;
  const { low, high } = share;
  const p = (100 * share.changed) / share.tried;
  return (
    <tr>
      <th scope="row">{binName(share.bin, trans)}</th>
      <td>
        <svg cl="trk" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
          <line cl="base" x1="0" x2="100" y1="14" y2="14" />
          {props.noise !== null && <line cl="floor" x1={100 * props.noise} x2={100 * props.noise} y1="0" y2="28" />}
          <line cl="ci" x1={100 * low} x2={100 * high} y1="14" y2="14" />
          <line cl="ring" x1={p} x2={p} y1="14" y2="14" />
          <line cl="dot" x1={p} x2={p} y1="14" y2="14" />
        </svg>
        <span cl="sr">{trans.__('between %1 and %2', percent(low), percent(high))}</span>
      </td>
      <td cl="num">{trans.__('%1 of %2', share.changed, share.tried)}</td>
    </tr>
  );
}
