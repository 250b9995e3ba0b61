import type { Estimate, Preview } from '../../contract';
import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Bar } from '../parts/bar';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { dollars, estimateOf } from '../parts/words';

/** How far the run has come, what it has cost, and how to stop it. */
export function Progress(props: {
  state: IPreviewState;
  estimate: Estimate | null;
  trans: TranslationBundle;
  onStop: () => void;
}): JSX.Element {
  const { state, estimate, trans, onStop } = props;
  const { preview, rows } = state;
  const running = preview?.status === 'running';
  const planned = preview?.planned ?? 0;
  const left = preview?.seconds_left ?? null;
  const repeating = preview?.repeating.length ?? 0;
  return (
    <div cl="progress">
      <div cl="ends">
        <span>
          <b cl="num">{trans.__('%1 of %2', rows.length, planned || '…')}</b> {trans.__('probes')}
        </span>
        {running && left !== null && <span cl="muted num">{trans.__('about %1 s left', Math.ceil(left))}</span>}
      </div>
      {preview && !running && <p cl="muted">{endOf(preview, trans)}</p>}
      <Bar role="progressbar" label={trans.__('Probes')} now={rows.length} most={planned} />
      {running && repeating > 0 && (
        <p cl="muted">
          {trans._n('deciding %1 row by asking it again', 'deciding %1 rows by asking them again', repeating)}
        </p>
      )}
      {running && preview.judging.length > 0 && (
        <p cl="muted">
          {trans._n('putting %1 row to the judge', 'putting %1 rows to the judge', preview.judging.length)}
        </p>
      )}
      {estimate && (running || !preview) && <p cl="muted">{estimateOf(estimate, trans)}</p>}
      {state.waiting && running && <p cl="muted num">{waitingOf(state, trans)}</p>}
      <div cl="line">
        <span cl="muted">{preview ? spentOf(preview, trans) : ''}</span>
        <span cl="sp" />
        {running && (
          <Button kind="second" icon="stop" onPress={onStop}>
            {trans.__('Stop')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** How long no call has brought a word. */
function waitingOf({ waiting, rows }: IPreviewState, trans: TranslationBundle): string {
  const s = Math.round(waiting?.seconds ?? 0);
  if (waiting?.still) {
    return trans.__('still waiting, %1 s: Stop ends it', s);
  }
  return rows.length === 0
    ? trans.__('waiting for the first reply, %1 s', s)
    : trans.__('waiting for a reply, %1 s', s);
}

/** Why the run has ended. */
export function endOf({ status, ended }: Preview, trans: TranslationBundle): string {
  switch (ended) {
    case 'all':
      return trans.__('Ended: every probe was tried.');
    case 'decided':
      return trans.__('Ended: the side effects are decided.');
    case 'budget':
      return trans.__('Ended: the budget is spent.');
    case 'stopped':
      return trans.__('Ended: you stopped it.');
    case 'exhausted':
      return trans.__('Ended: nothing new was left to ask.');
    default:
      return {
        running: trans.__('running'),
        interrupted: trans.__('interrupted'),
        stopped: trans.__('stopped'),
        done: trans.__('done'),
        failed: trans.__('failed')
      }[status];
  }
}

/** What it has taken so far. */
export function spentOf({ calls, tokens, cost, saved }: Preview, trans: TranslationBundle): string {
  const told = [
    cost !== null ? dollars(cost) : calls > 0 ? trans.__('price unknown') : '',
    trans._n('%1 call', '%1 calls', calls),
    tokens > 0 ? trans.__('%1 tokens', tokens.toLocaleString('en')) : '',
    saved > 0 ? trans.__('%1 from before', saved) : ''
  ];
  return told.filter(Boolean).join(' · ');
}
