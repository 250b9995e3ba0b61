import type { ICandidate } from '../../tokens';
import * as React from '../react';
import { Icon, IconName } from '../icons';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { WhatWasSent } from '../parts/sent';
import { sourceOf } from '../parts/words';

export interface ICandidatesProps {
  readonly candidates: readonly ICandidate[];
  readonly picked: number | null;
  readonly trans: TranslationBundle;
  readonly onPick: (slot: number) => void;
  readonly onStop: (slot: number) => void;
  readonly onRetry: () => void;
  readonly onSent: (call: string) => void;
}

/** Candidates in rows of their own: none moves, none takes the focus, only whole ones can be picked. */
export const Candidates = React.forwardRef<HTMLDivElement, ICandidatesProps>(function Candidates(props, ref) {
  const { candidates, picked, trans } = props;
  return (
    <div
      ref={ref}
      cl="cands"
      role="radiogroup"
      tabIndex={0}
      aria-label={trans.__('Candidate corrections')}
      aria-activedescendant={picked === null ? undefined : `reconst-candidate-${picked}`}
      data-reconst-list=""
    >
      {candidates.map((candidate, index) => (
        <Row key={candidate.slot} {...props} candidate={candidate} index={index} />
      ))}
    </div>
  );
});

function Row(props: ICandidatesProps & { candidate: ICandidate; index: number }): JSX.Element {
  const { candidate, index, trans, picked } = props;
  const ready = candidate.status === 'ready';
  const classes = ['jp-reconst-cand', ready ? '' : 'jp-reconst-wait', picked === candidate.slot ? 'jp-reconst-on' : ''];
  return (
    <div className={classes.filter(Boolean).join(' ')} aria-busy={candidate.status === 'writing' || undefined}>
      <kbd aria-hidden="true">{index + 1}</kbd>
      <div>
        <div
          id={`reconst-candidate-${candidate.slot}`}
          role="radio"
          aria-checked={picked === candidate.slot}
          aria-disabled={!ready || undefined}
          aria-label={ready ? undefined : trans.__('Candidate %1, not ready', index + 1)}
          cl="pick"
          onClick={() => ready && props.onPick(candidate.slot)}
        >
          <Text candidate={candidate} />
        </div>
        <Foot {...props} />
      </div>
    </div>
  );
}

function Text({ candidate }: { candidate: ICandidate }): JSX.Element {
  if (!candidate.text && candidate.status !== 'failed') {
    return (
      <span aria-hidden="true">
        <span cl="skel" />
        <span cl="skel brief" />
      </span>
    );
  }
  return (
    <>
      <span cl="read">
        {candidate.text}
        {candidate.status === 'writing' && <span cl="caret" aria-hidden="true" />}
      </span>
      {candidate.why && candidate.status === 'ready' && <span cl="why">{candidate.why}</span>}
    </>
  );
}

function Foot(props: ICandidatesProps & { candidate: ICandidate }): JSX.Element {
  const { candidate, trans } = props;
  const icon: IconName = { model: 'model', library: 'library', person: 'person' }[candidate.source.by] as IconName;
  if (candidate.status === 'failed') {
    const cut = candidate.problem?.code === 'model_incomplete';
    const text = cut ? trans.__('Cut off before the end, so it cannot be picked') : candidate.problem?.message;
    return (
      <p cl="src">
        <span>
          <Icon name="warn" tone="warn" /> {text ?? trans.__('It did not arrive')}
        </span>
        <Button onPress={props.onRetry}>{trans.__('Try again')}</Button>
      </p>
    );
  }
  const words = [sourceOf(candidate.source, trans)];
  const seconds = Math.round(candidate.seconds);
  if (candidate.status === 'waiting') {
    words.push(seconds > 0 ? trans.__('waiting, %1 s', seconds) : trans.__('waiting'));
  } else if (candidate.status === 'writing') {
    words.push(seconds > 0 ? trans.__('writing, %1 s', seconds) : trans.__('writing'));
  }
  return (
    <p cl="src">
      <span>
        <Icon name={icon} /> {words.join(' · ')}
      </span>
      {candidate.status !== 'ready' && (
        <Button kind={seconds >= 5 ? 'second' : 'plain'} onPress={() => props.onStop(candidate.slot)}>
          {trans.__('Stop')}
        </Button>
      )}
      <WhatWasSent call={candidate.call} trans={trans} onSent={props.onSent} />
    </p>
  );
}
