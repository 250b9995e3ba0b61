import type { Annotation, InForce } from '../../contract';
import type { IPreviewState } from '../../tokens';
import { Ask, asked, votesFirst } from '../agree/foot';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import type { IHurdle } from './tally';

export interface IFootProps {
  readonly state: IPreviewState;
  readonly inForce: InForce | null;
  readonly hurdle: IHurdle | null;
  /** What was ratified is law as it stands here. */
  readonly law: boolean;
  readonly note: string;
  /** The number of the article that it is about. */
  readonly number: number | string;
  readonly trans: TranslationBundle;
  readonly onNote: (note: string) => void;
  readonly onRatify: () => void;
  readonly onPropose: () => void;
  /** Ratify something that could not be tried. */
  readonly onUntested: () => void;
  /** Ask the server once more about what it has not confirmed. */
  readonly onConfirm: () => void;
  readonly onBack: () => void;
  readonly onAskAgain: (annotation: Annotation) => void;
}

/** The way back, what still stands in the way, and the way on. */
export function Foot(props: IFootProps): JSX.Element {
  const { state, hurdle, trans } = props;
  const { annotations } = state;
  if (state.ratified || state.unconfirmed) {
    return <Ratified {...props} />;
  }
  const votes = votesFirst(props.inForce, state);
  const early = hurdle?.kind === 'edited' || hurdle?.kind === 'interrupted' || hurdle?.kind === 'running';
  const asks = votes
    ? !early && asked(props.inForce, state) === null
    : hurdle?.kind === 'why' || (hurdle?.kind === 'untested' && !state.busy);
  const verb =
    state.amendment.action === 'repeal'
      ? trans.__('Repeal article %1', props.number)
      : trans.__('Ratify article %1', props.number);
  const blank = asks && !props.note.trim();
  return (
    <div cl="pagefoot">
      {annotations.length > 0 && (
        <Button flush onPress={props.onBack}>
          {trans.__('Back to the amendment')}
        </Button>
      )}
      <span cl="sp" />
      {asks ? (
        <label cl="whynot">
          <span>{votes ? trans.__('Why, for the others') : reason(props)}</span>
          <input
            id="reconst-impact-note"
            type="text"
            cl="field"
            maxLength={400}
            value={props.note}
            placeholder={trans.__('one line, kept with the article')}
            onChange={event => props.onNote(event.target.value)}
          />
        </label>
      ) : (
        hurdle &&
        (early || !votes) && (
          <span>
            {hurdle.kind === 'marks' && <Icon name="back" tone="bad" />} {reason(props)}
          </span>
        )
      )}
      <Ask
        inForce={props.inForce}
        state={state}
        notYet={early ? reason(props) : undefined}
        trans={trans}
        onPropose={props.onPropose}
      />
      {votes ? null : hurdle?.kind === 'untested' ? (
        <Button
          kind="second"
          notYet={state.busy || blank ? trans.__('Say why it should apply untested') : undefined}
          onPress={props.onUntested}
        >
          {trans.__('Ratify untested')}
        </Button>
      ) : (
        <Button
          kind="primary"
          notYet={blank || (hurdle && hurdle.kind !== 'why') ? reason(props) : undefined}
          onPress={props.onRatify}
        >
          {verb} {!hurdle && <kbd>Ctrl+Enter</kbd>}
        </Button>
      )}
    </div>
  );
}

/** What has become of it: only what the server has confirmed, and only while it stands. */
function Ratified({ state, law, trans, onConfirm, onAskAgain }: IFootProps): JSX.Element {
  const { annotations, ratified } = state;
  const repealed = ratified?.repealed ?? false;
  if (!ratified) {
    return (
      <div cl="pagefoot">
        <Icon name="warn" tone="warn" />
        <span>{trans.__('Ratified and kept, but not confirmed by the server: not yet in force.')}</span>
        <span cl="sp" />
        <Button kind="primary" onPress={onConfirm}>
          {trans.__('Try again')}
        </Button>
      </div>
    );
  }
  if (!law) {
    return (
      <div cl="pagefoot">
        <Icon name="clock" />
        <span>{trans.__('Ratified, and changed since: it no longer stands as it does here.')}</span>
      </div>
    );
  }
  return (
    <div cl="pagefoot">
      <Icon name="done" tone="good" />
      <span>
        {repealed
          ? trans.__('Repealed: it no longer applies from the next answer.')
          : trans.__('In force from the next answer.')}
      </span>
      <span cl="sp" />
      {annotations.length > 0 && (
        <Button kind="primary" onPress={() => onAskAgain(annotations[0])}>
          {repealed ? trans.__('Ask again without this rule') : trans.__('Ask again with this rule')}
        </Button>
      )}
    </div>
  );
}

function reason({ hurdle, trans }: IFootProps): string {
  switch (hurdle?.kind) {
    case 'edited':
      return trans.__('Try this wording first');
    case 'interrupted':
      return trans.__('Go on with it first, or leave it');
    case 'running':
      return trans.__('Still trying; Stop to decide on what is there');
    case 'marks':
      return trans._n('Mark the regression first', 'Mark the %1 regressions first', hurdle.count);
    case 'why':
      return trans._n(
        'Why is the unintended change acceptable?',
        'Why are the %1 unintended changes acceptable?',
        hurdle.count
      );
    case 'untested':
      return trans.__('It could not be tried. Why should it apply all the same?');
    default:
      return '';
  }
}
