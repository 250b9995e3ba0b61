import type { Draft } from '../../contract';
import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import { Field } from '../parts/field';
import { Law } from '../parts/law';
import type { TranslationBundle } from '../parts/props';
import { goes } from './keys';
import { edited } from './tally';

/** The wording under trial, edited in place. A changed one is tried again, and only what changed is asked again. */
export function WordingBox(props: {
  state: IPreviewState;
  trans: TranslationBundle;
  when: React.Ref<HTMLTextAreaElement>;
  onDraft: (draft: Draft) => void;
  onTry: (draft: Draft) => void;
}): JSX.Element {
  const { state, trans, onDraft } = props;
  const { amendment, draft } = state;
  const tried = amendment.draft;
  if (!tried || state.ratified || state.unconfirmed) {
    return (
      <Block title={tried || state.ratified ? trans.__('Wording') : trans.__('What would be repealed')}>
        <Law when={draft.when} then={draft.then} trans={trans} />
      </Block>
    );
  }
  const same = !edited(state);
  const notYet = same
    ? trans.__('Change the wording first')
    : draft.then.trim() === ''
      ? trans.__('Say what to do instead')
      : undefined;
  // What it did elsewhere is known of the wording that was tried, not of one that is still being written.
  const harms = same && tried.always && (state.preview?.evidence.side.changed ?? 0) > 0 && !state.busy;
  const onKeyDown = (event: React.KeyboardEvent) => goes(event) && !notYet && props.onTry(draft);
  return (
    <Block title={trans.__('Wording')}>
      <div cl="form">
        <div>
          <label cl="lab" htmlFor="reconst-impact-when">
            {trans.__('When')}
          </label>
          <Field
            ref={props.when}
            id="reconst-impact-when"
            value={draft.when}
            rows={2}
            maxLength={4000}
            onChange={when => onDraft({ ...draft, when })}
            onKeyDown={onKeyDown}
          />
        </div>
        <div>
          <label cl="lab" htmlFor="reconst-impact-then">
            {trans.__('Then')}
          </label>
          <Field
            id="reconst-impact-then"
            value={draft.then}
            rows={2}
            maxLength={4000}
            onChange={then => onDraft({ ...draft, then })}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
      {!same && (
        <p cl="change below">
          <span cl="muted">{trans.__('Changes:')}</span> <Diff pieces={pieces(tried.when, draft.when)} trans={trans} />
          {' · '}
          <Diff pieces={pieces(tried.then, draft.then)} trans={trans} />
        </p>
      )}
      <div cl="line">
        <Button kind="second" notYet={notYet} onPress={() => props.onTry(draft)}>
          {trans.__('Try this wording')}
        </Button>
        {!same && <Button onPress={() => onDraft(tried)}>{trans.__('As it was tried')}</Button>}
        <span cl="muted">{notYet ?? trans.__('What does not change is not asked again.')}</span>
      </div>
      {harms && (
        <div cl="line">
          <span>
            {trans.__(
              'It also changes turns that it should leave alone. Send it only when its WHEN fits the question?'
            )}
          </span>
          <Button kind="second" onPress={() => props.onTry({ ...tried, always: false })}>
            {trans.__('Try it scoped')}
          </Button>
        </div>
      )}
    </Block>
  );
}
