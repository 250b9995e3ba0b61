import React from 'react';

import type { Preview } from '../../contract';
import type { IPreviewState } from '../../tokens';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { dollars } from '../parts/words';

/** How far the run has come, what it has cost, and how to stop it. */
export function Progress(props: { state: IPreviewState; trans: TranslationBundle; onStop: () => void }): JSX.Element {
  const { state, trans, onStop } = props;
  const { preview, rows } = state;
  const running = preview?.status === 'running';
  const planned = preview?.planned ?? 0;
  const left = preview?.seconds_left ?? null;
  const cost = preview?.cost ?? null;
  const calls = preview ? trans._n('%1 call', '%1 calls', preview.calls) : '';
  const saved = preview?.saved ? trans.__('%1 from before', preview.saved) : '';
  return (
    <div className="jp-reconst-progress">
      <div className="jp-reconst-ends">
        <span>
          <b className="jp-reconst-num">{trans.__('%1 of %2', rows.length, planned || '…')}</b> {trans.__('probes')}
        </span>
        {running && left !== null && (
          <span className="jp-reconst-muted jp-reconst-num">{trans.__('about %1 s left', Math.ceil(left))}</span>
        )}
        {preview && !running && <span className="jp-reconst-muted">{statusName(preview.status, trans)}</span>}
      </div>
      <div
        className="jp-reconst-bar-track"
        role="progressbar"
        aria-label={trans.__('Probes')}
        aria-valuemin={0}
        aria-valuemax={Math.max(planned, rows.length, 1)}
        aria-valuenow={rows.length}
      >
        <i style={{ width: `${planned ? Math.min(100, (100 * rows.length) / planned) : 0}%` }} />
      </div>
      {state.waiting && running && <p className="jp-reconst-muted jp-reconst-num">{waitingOf(state, trans)}</p>}
      <div className="jp-reconst-line">
        <span className="jp-reconst-muted jp-reconst-num">
          {[cost === null ? '' : dollars(cost), calls, saved].filter(Boolean).join(' · ')}
        </span>
        <span className="jp-reconst-sp" />
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

function statusName(status: Preview['status'], trans: TranslationBundle): string {
  return {
    running: trans.__('running'),
    interrupted: trans.__('interrupted'),
    stopped: trans.__('stopped'),
    done: trans.__('done'),
    failed: trans.__('failed')
  }[status];
}
