import type { Draft, Estimate } from '../../contract';
import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import type { TranslationBundle } from '../parts/props';
import { Progress } from './progress';

export interface IHeadProps {
  readonly state: IPreviewState;
  /** What the amendment is called. */
  readonly name: string;
  /** What a run takes at most, where that is known. */
  readonly estimate: Estimate | null;
  readonly trans: TranslationBundle;
  readonly onTry: (draft: Draft) => void;
  readonly onStop: () => void;
  readonly onGoOn: () => void;
}

/** The verdict in sentences, what went wrong, and how far it has come. */
export function Head(props: IHeadProps): JSX.Element {
  const { state, trans, name } = props;
  const { preview, rows, problem } = state;
  const said = preview?.evidence.said;
  const ended = preview?.problem || preview?.status === 'failed' ? preview : null;
  const failed = problem ?? (ended && { message: ended.problem, remedy: '' });
  return (
    <div cl="pagehead">
      <div>
        <p cl="muted">{trans.__('Impact of a draft · wording %1', state.wording)}</p>
        <h2>{name}</h2>
        {said && rows.length > 0 && (
          <>
            <p cl="lede verdict">
              <b>{standOf(state, said.stand, trans)}</b> {said.breaks} {said.changed}
            </p>
            {said.target && <p cl="lede">{said.target}</p>}
            {said.side && <p cl="lede">{said.side}</p>}
          </>
        )}
        {preview?.effect === 'none' && (
          <Notice
            title={trans.__('No effect seen.')}
            text={trans.__(
              'The turns that it is for stayed as they were: the model may not follow this wording, or already did so.'
            )}
          />
        )}
        {preview?.status === 'interrupted' && !state.busy && (
          <Notice
            title={trans.__('It was interrupted.')}
            text={trans.__(
              'What is here is kept. Nothing is sent until you go on; nothing recorded is paid for again.'
            )}
          >
            <Button kind="second" onPress={props.onGoOn}>
              {trans.__('Go on')}
            </Button>
            <Button onPress={props.onStop}>{trans.__('Leave it')}</Button>
          </Notice>
        )}
        {preview && preview.maybe_twice > 0 && (
          <p cl="muted below">
            {trans._n(
              'It was interrupted with %1 call under way, which may have been billed twice.',
              'It was interrupted with %1 calls under way, which may have been billed twice.',
              preview.maybe_twice
            )}
          </p>
        )}
        {failed && (
          <Notice
            title={failed.message || trans.__('The preview stopped.')}
            text={`${trans.__('The wording and the rows so far are kept.')} ${failed.remedy}`}
          >
            <Button kind="second" onPress={() => props.onTry(state.draft)}>
              {trans.__('Try again')}
            </Button>
          </Notice>
        )}
      </div>
      <Progress state={state} estimate={props.estimate} trans={trans} onStop={props.onStop} />
    </div>
  );
}

/** Where it stands, in a few words: nothing is decided while it runs. */
function standOf({ preview, busy }: IPreviewState, ended: string, trans: TranslationBundle): string {
  if (busy || preview?.status === 'running') {
    return trans.__('So far.');
  }
  return preview?.effect === 'none' ? trans.__('It does not do its work.') : ended;
}
