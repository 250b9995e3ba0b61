import type { Impact, InForce } from '../../contract';
import * as React from '../react';
import { Icon, IconName } from '../icons';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { WhatWasSent } from '../parts/sent';
import { numberOf } from '../parts/words';
import { callsToDecide } from './deciding';
import type { Mark } from './keys';
import { binName } from './plot';
import { saidOf } from './judge';
import { Verdict, judged, standing } from './tally';

/** The shape of a verdict: never colour alone. */
export const SHAPES: Record<Verdict, [IconName, 'bad' | 'warn' | 'good' | undefined]> = {
  regression: ['back', 'bad'],
  unintended: ['warn', 'warn'],
  unmarked: ['ask', undefined],
  intended: ['done', 'good'],
  unchanged: ['equal', undefined],
  failed: ['cross', undefined]
};

export interface IRowProps {
  readonly row: Impact;
  readonly current: boolean;
  /** Whether a judge's word fills rows that nobody else decides. */
  readonly judge: boolean;
  readonly heading: string;
  readonly inForce: InForce | null;
  readonly trans: TranslationBundle;
  readonly onCurrent: (probe: string) => void;
  readonly onMark: (probe: string, mark: Mark | null) => void;
  readonly onExcept: (prompt: string) => void;
  /** Leave out the probe, and ask it again to decide the row; null while neither can be done. */
  readonly onDrop: ((probe: string) => void) | null;
  readonly onRepeat: ((probes: readonly string[]) => void) | null;
  /** Open what was sent for both sides, or for a judge's call; null where nobody keeps that. */
  readonly onSent: ((probe: string, call?: string) => void) | null;
}

/** Before and after on one probe. Rows that did not change are not drawn again. */
export const Row = React.memo(function Row(props: IRowProps): JSX.Element {
  const { row, current, judge, trans, inForce } = props;
  const { probe, verdict } = row;
  const [icon, tone] = SHAPES[standing(row, judge)];
  const found = inForce?.cases.find(c => c.id === probe.case);
  const from = found
    ? trans.__('Kept case, from article %1', numberOf(inForce, found.article) || '?')
    : binName(probe.bin, trans);
  return (
    <li
      id={`reconst-row-${probe.id}`}
      className={current ? 'jp-reconst-imp jp-reconst-cur' : 'jp-reconst-imp'}
      tabIndex={current || verdict === 'unchanged' ? 0 : -1}
      aria-current={current || undefined}
      onFocus={() => !current && props.onCurrent(probe.id)}
      onClick={() => !current && props.onCurrent(probe.id)}
    >
      <div cl="ask">
        <b>{probe.prompt}</b>
        <span cl="muted" title={probe.chosen || undefined}>
          {probe.generator ? trans.__('%1, written by %2', from, probe.generator) : from}
          {row.certainty !== 'none' && <span cl="tag">{certaintyName(row.certainty, trans)}</span>}
          {judged(row, judge) && <span cl="tag">{trans.__('judged')}</span>}
        </span>
      </div>
      {verdict === 'failed' ? <Failed {...props} /> : <Two {...props} />}
      {row.why && verdict !== 'failed' && (
        <p cl="because">
          <Icon name={icon} tone={tone} />
          <span>{row.why}</span>
        </p>
      )}
      {row.judgement && (
        <p cl="because muted">
          <Icon name="ask" />
          <span>{saidOf(row.judgement, trans)}</span>
          {current && props.onSent && (
            <WhatWasSent call={row.judgement.call} trans={trans} onSent={call => props.onSent?.(probe.id, call)} />
          )}
        </p>
      )}
      <WhatWasSent call={row.call} trans={trans} onSent={call => props.onSent?.(probe.id, call)} />
      {current && (probe.chosen || row.p !== null) && <Because {...props} />}
      {row.mark && !current && (
        <p cl="because">
          <Icon name={verdict === 'unchanged' ? 'keep' : 'person'} />
          <span>
            {verdict === 'unchanged'
              ? trans.__('Pinned: it will be kept as a case.')
              : trans.__('You marked it: %1', markName(row.mark, trans).toLowerCase())}
          </span>
        </p>
      )}
      {current && <Marks {...props} />}
    </li>
  );
});

/** How sure it is that this one row changed. */
export function certaintyName(certainty: Exclude<Impact['certainty'], 'none'>, trans: TranslationBundle): string {
  return { likely: trans.__('likely'), changed: trans.__('changed'), noise: trans.__('within noise') }[certainty];
}

export function markName(mark: Mark, trans: TranslationBundle): string {
  return {
    regression: trans.__('Regression'),
    unintended: trans.__('Unintended'),
    intended: trans.__('Intended')
  }[mark];
}

function Two({ row, heading, trans }: IRowProps): JSX.Element {
  const { before, after } = row;
  const parts = React.useMemo(() => pieces(before.text, after.text), [before.text, after.text]);
  return (
    <div cl="two read">
      <div>
        <p cl="lab">{trans.__('Now')}</p>
        <p cl="text">
          <Diff pieces={parts} side="before" trans={trans} />
        </p>
      </div>
      <div>
        <p cl="lab">{heading}</p>
        <p cl="text">
          <Diff pieces={parts} side="after" trans={trans} />
        </p>
      </div>
    </div>
  );
}

function Failed({ row, trans }: IRowProps): JSX.Element {
  return (
    <>
      <p cl="because">
        <Icon name="cross" />
        <span>{row.why || trans.__('It could not be compared.')}</span>
      </p>
      {(row.before.text || row.after.text) && (
        <p cl="muted text">{trans.__('Received before it failed: %1', row.after.text || row.before.text)}</p>
      )}
    </>
  );
}

/** Why it was chosen, and what decided it. */
function Because({ row, trans }: IRowProps): JSX.Element {
  const { probe, repeats, p } = row;
  return (
    <p cl="because muted">
      {probe.chosen && <span>{trans.__('Chosen: %1.', probe.chosen)}</span>}
      {p !== null && (
        <span>
          {trans.__('Asked %1 times under each law: permutation test, p = %2, then Holm.', repeats, p.toFixed(4))}
        </span>
      )}
    </p>
  );
}

/** What can be said of a row, and done with its probe. */
function Marks({ row, trans, onMark, onExcept, onDrop, onRepeat, onSent }: IRowProps): JSX.Element {
  const { probe, verdict, mark } = row;
  const marks: readonly [Mark, string][] = [
    ['regression', 'r'],
    ['unintended', 'u'],
    ['intended', 'i']
  ];
  const changed = verdict !== 'failed' && verdict !== 'unchanged';
  return (
    <div cl="line">
      {changed && (
        <span cl="verd" role="group" aria-label={trans.__('Your verdict')}>
          <span cl="muted">{trans.__('Mark as')}</span>
          {marks.map(([name, key]) => (
            <Button key={name} pressed={mark === name} onPress={() => onMark(probe.id, mark === name ? null : name)}>
              {markName(name, trans)} <kbd cl="soft">{key}</kbd>
            </Button>
          ))}
        </span>
      )}
      {verdict === 'unchanged' && (
        <Button icon="keep" pressed={mark !== null} onPress={() => onMark(probe.id, mark ? null : 'intended')}>
          {mark ? trans.__('Pinned as a case') : trans.__('Pin as a case')}
        </Button>
      )}
      <span cl="sp" />
      {row.certainty === 'likely' && onRepeat && (
        <>
          <Button icon="ask" onPress={() => onRepeat([probe.id])}>
            {trans.__('Ask again to decide')}
          </Button>
          <span cl="muted">{trans.__('at most %1 calls', callsToDecide(1))}</span>
        </>
      )}
      {changed && (
        <Button icon="plus" onPress={() => onExcept(probe.prompt)}>
          {trans.__('Make it an exception')}
        </Button>
      )}
      {onDrop && (
        <Button icon="minus" onPress={() => onDrop(probe.id)}>
          {trans.__('Leave it out')}
        </Button>
      )}
      {onSent && <WhatWasSent call={probe.id} trans={trans} onSent={probe => onSent(probe)} />}
    </div>
  );
}
