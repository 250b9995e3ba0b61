import type { IRehearsing, ITicked } from '../../tokens';
import * as React from '../react';
import { Row } from '../impact/row';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import type { TranslationBundle } from '../parts/props';
import { dollars, estimateOf } from '../parts/words';

export interface IRehearsalProps {
  readonly rehearsing: IRehearsing;
  readonly trans: TranslationBundle;
  readonly onRehearse: (ticked: ITicked, start: boolean) => void;
  readonly onStop: () => void;
  readonly onSent: (call: string) => void;
}

/** What trying the ticked articles takes, said before anything is sent; then what it changes. It accepts nothing. */
export function Rehearsal(props: IRehearsalProps): JSX.Element {
  const { rehearsing, trans } = props;
  const { rehearsal, rows, busy, problem, ticked } = rehearsing;
  const status = rehearsal?.status;
  const turns = rehearsal?.probes.length ?? 0;
  const title = rows.length > 0 ? trans.__('Tried on your turns') : trans.__('Try it on your turns first');
  const start = (verb: string): JSX.Element => (
    <Button kind="second" autoFocus onPress={() => props.onRehearse(ticked, true)}>
      {verb}
    </Button>
  );
  return (
    <section cl="block trying" aria-label={title}>
      <h3>{title}</h3>
      <p role="status">{saidOf(rehearsing, trans)}</p>
      {problem && <Notice text={`${problem.message} ${problem.remedy}`} />}
      {rows.length === 0 && turns > 0 && (
        <ul cl="own">
          {rehearsal?.probes.map(probe => (
            <li key={probe.id}>{probe.prompt}</li>
          ))}
        </ul>
      )}
      <ul>
        {rows.map(row => (
          <Row
            key={row.probe.id}
            row={row}
            current={false}
            judge={false}
            heading={trans.__('As ticked')}
            inForce={null}
            trans={trans}
            onCurrent={nothing}
            onMark={nothing}
            onExcept={nothing}
            onDrop={null}
            onRepeat={null}
            onSent={(_, call) => call && props.onSent(call)}
          />
        ))}
      </ul>
      <div cl="line">
        {busy && status === 'running' ? (
          <Button kind="second" icon="stop" autoFocus onPress={props.onStop}>
            {trans.__('Stop')}
          </Button>
        ) : (
          !busy &&
          turns > 0 &&
          (status === 'estimated'
            ? start(trans.__('Send and try'))
            : (problem || status !== 'done') && start(trans.__('Go on')))
        )}
      </div>
    </section>
  );
}

function saidOf({ rehearsal, rows, busy }: IRehearsing, trans: TranslationBundle): string {
  if (!rehearsal) {
    return busy ? trans.__('Working out what it takes') : '';
  }
  const { status, model, probes, most, price, calls, cost } = rehearsal;
  const { length } = probes;
  if (length === 0) {
    return trans.__('You have asked nothing here yet. Ask a question in a notebook, then come back.');
  }
  if (status === 'estimated') {
    const takes = estimateOf({ calls: most, cost: price }, trans);
    return trans.__(
      'What is ticked is sent to %1 for these calls alone and not accepted by it: %2 of your turns fit, %3.',
      model,
      length,
      takes
    );
  }
  const spent = trans.__(
    '%1 of %2 turns, %3 calls, %4.',
    rows.length,
    length,
    calls,
    cost === null ? '?' : dollars(cost)
  );
  return status === 'running' ? spent : `${spent} ${trans.__('Nothing was accepted; nothing is paid for twice.')}`;
}

function nothing(): void {
  // Rows are only looked at here: nothing of them is kept.
}
