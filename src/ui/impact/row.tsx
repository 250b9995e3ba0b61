import React, { useMemo } from 'react';

import type { Impact, InForce } from '../../contract';
import { Icon, IconName } from '../icons';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { numberOf } from '../parts/words';
import type { Mark } from './keys';
import { binName } from './plot';
import { Verdict, standing } from './tally';

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
  readonly heading: string;
  readonly inForce: InForce | null;
  readonly trans: TranslationBundle;
  readonly onCurrent: (probe: string) => void;
  readonly onMark: (probe: string, mark: Mark | null) => void;
  readonly onExcept: (prompt: string) => void;
}

/** Before and after on one probe. Rows that did not change are not drawn again. */
export const Row = React.memo(function Row(props: IRowProps): JSX.Element {
  const { row, current, trans, inForce } = props;
  const { probe, verdict } = row;
  const [icon, tone] = SHAPES[standing(row)];
  const found = inForce?.cases.find(c => c.id === probe.case);
  const from = found
    ? trans.__('Kept case, from article %1', numberOf(inForce, found.article) || '?')
    : binName(probe.bin, trans);
  return (
    <li
      id={`reconst-row-${probe.id}`}
      className={current ? 'jp-reconst-imp jp-reconst-cur' : 'jp-reconst-imp'}
      tabIndex={current ? 0 : -1}
      aria-current={current || undefined}
      onFocus={() => !current && props.onCurrent(probe.id)}
      onClick={() => !current && props.onCurrent(probe.id)}
    >
      <div className="jp-reconst-ask">
        <b>{probe.prompt}</b>
        <span className="jp-reconst-muted" title={probe.chosen || undefined}>
          {probe.generator ? trans.__('%1, written by %2', from, probe.generator) : from}
        </span>
      </div>
      {verdict === 'failed' ? <Failed {...props} /> : <Two {...props} />}
      {row.why && verdict !== 'failed' && (
        <p className="jp-reconst-because">
          <Icon name={icon} tone={tone} />
          <span>{row.why}</span>
        </p>
      )}
      {row.mark && !current && (
        <p className="jp-reconst-because">
          <Icon name="person" />
          <span>{trans.__('You marked it: %1', markName(row.mark, trans).toLowerCase())}</span>
        </p>
      )}
      {current && verdict !== 'failed' && verdict !== 'unchanged' && <Marks {...props} />}
    </li>
  );
});

export function markName(mark: Mark, trans: TranslationBundle): string {
  return {
    regression: trans.__('Regression'),
    unintended: trans.__('Unintended'),
    intended: trans.__('Intended')
  }[mark];
}

function Two({ row, heading, trans }: IRowProps): JSX.Element {
  const { before, after } = row;
  const parts = useMemo(() => pieces(before.text, after.text), [before.text, after.text]);
  return (
    <div className="jp-reconst-two jp-reconst-read">
      <div>
        <p className="jp-reconst-lab">{trans.__('Now')}</p>
        <p className="jp-reconst-text">
          <Diff pieces={parts} side="before" trans={trans} />
        </p>
      </div>
      <div>
        <p className="jp-reconst-lab">{heading}</p>
        <p className="jp-reconst-text">
          <Diff pieces={parts} side="after" trans={trans} />
        </p>
      </div>
    </div>
  );
}

function Failed({ row, trans }: IRowProps): JSX.Element {
  return (
    <>
      <p className="jp-reconst-because">
        <Icon name="cross" />
        <span>{row.why || trans.__('It could not be compared.')}</span>
      </p>
      {(row.before.text || row.after.text) && (
        <p className="jp-reconst-muted jp-reconst-text">
          {trans.__('Received before it failed: %1', row.after.text || row.before.text)}
        </p>
      )}
    </>
  );
}

function Marks({ row, trans, onMark, onExcept }: IRowProps): JSX.Element {
  const marks: readonly [Mark, string][] = [
    ['regression', 'r'],
    ['unintended', 'u'],
    ['intended', 'i']
  ];
  return (
    <div className="jp-reconst-line">
      <span className="jp-reconst-verd" role="group" aria-label={trans.__('Your verdict')}>
        <span className="jp-reconst-muted">{trans.__('Mark as')}</span>
        {marks.map(([mark, key]) => (
          <Button
            key={mark}
            pressed={row.mark === mark}
            onPress={() => onMark(row.probe.id, row.mark === mark ? null : mark)}
          >
            {markName(mark, trans)} <kbd className="jp-reconst-soft">{key}</kbd>
          </Button>
        ))}
      </span>
      <span className="jp-reconst-sp" />
      <Button icon="plus" onPress={() => onExcept(row.probe.prompt)}>
        {trans.__('Make it an exception')}
      </Button>
    </div>
  );
}
