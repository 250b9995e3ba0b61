import React, { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { Annotation, Draft, InForce } from '../../contract';
import type { IPreviewState } from '../../tokens';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import type { TranslationBundle } from '../parts/props';
import { isLaw, numberOf, short } from '../parts/words';
import { Course } from './course';
import { Foot } from './foot';
import { Groups } from './groups';
import { Mark, actOf } from './keys';
import { Numbers } from './numbers';
import { Plot } from './plot';
import { Progress } from './progress';
import { ORDER, byVerdict, hurdle } from './tally';
import { verdictOf } from './verdict';
import { OwnPrompts, WordingBox } from './wording';

export interface IImpactProps {
  readonly state: IPreviewState;
  readonly inForce: InForce | null;
  readonly trans: TranslationBundle;
  readonly onEdit: (draft: Draft) => void;
  readonly onTry: (draft: Draft) => void;
  readonly onPrompt: (prompt: string) => void;
  readonly onStop: () => void;
  readonly onGoOn: () => void;
  readonly onMark: (probe: string, mark: Mark | null) => void;
  readonly onRatify: (note: string) => void;
  readonly onConfirm: () => void;
  readonly onBack: () => void;
  readonly onAskAgain: (annotation: Annotation) => void;
}

/** What an amendment changes: the verdict, how sure it is, and the rows that argue against it. */
export function ImpactView(props: IImpactProps): JSX.Element {
  const { state, inForce, trans } = props;
  const { amendment, preview, rows, ratified } = state;
  const { onEdit } = props;
  const root = useRef<HTMLDivElement>(null);
  const when = useRef<HTMLTextAreaElement>(null);
  const draft = useRef(state.draft);
  draft.current = state.draft;
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = useRef(false);

  const groups = useMemo(() => byVerdict(rows), [rows]);
  const order = useMemo(
    () => ORDER.filter(v => v !== 'unchanged').flatMap(v => (groups.get(v) ?? []).map(r => r.probe.id)),
    [groups]
  );
  const current = chosen !== null && rows.some(r => r.probe.id === chosen) ? chosen : (order[0] ?? null);
  const row = rows.find(r => r.probe.id === current) ?? null;

  // A marked row moves to its group; the keyboard goes with it.
  useEffect(() => {
    if (wanted.current && current !== null) {
      const element = document.getElementById(`reconst-row-${current}`);
      if (element && !element.contains(document.activeElement)) {
        element.focus({ preventScroll: true });
        element.scrollIntoView?.({ block: 'nearest' });
      }
    }
  }, [current, groups]);

  const onCurrent = useCallback((probe: string) => setChosen(probe), []);
  const onExcept = useCallback(
    (prompt: string) => {
      const { current } = draft;
      onEdit({ ...current, when: `${current.when.trim()}, but not for “${short(prompt, 120)}”` });
      when.current?.focus();
    },
    [onEdit]
  );
  const stands = hurdle(state);
  const ratify = () => {
    if (ratified || state.unconfirmed || (stands && stands.kind !== 'why')) {
      return;
    }
    if (stands?.kind === 'why' && !note.trim()) {
      root.current?.querySelector<HTMLElement>('#reconst-impact-note')?.focus();
      return;
    }
    props.onRatify(note.trim());
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const text = (event.target as HTMLElement).matches('textarea, input:not([type=checkbox])');
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const act = actOf({ key, ctrlKey, metaKey, altKey, shiftKey, isComposing: event.nativeEvent.isComposing }, text);
    if (act.do === 'pass') {
      wanted.current = wanted.current && !text;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (act.do === 'ratify') {
      ratify();
    } else if (act.do === 'wording') {
      wanted.current = false;
      when.current?.focus();
    } else if (act.do === 'row') {
      wanted.current = true;
      const at = current === null ? -1 : order.indexOf(current);
      setChosen(order[Math.max(0, Math.min(order.length - 1, at + act.by))] ?? null);
    } else if (act.do === 'mark' && row && row.verdict !== 'unchanged' && row.verdict !== 'failed') {
      wanted.current = true;
      props.onMark(row.probe.id, row.mark === act.mark ? null : act.mark);
    }
  };

  const added = numberOf(inForce, ratified?.id ?? null) || (inForce?.constitution.articles.length ?? 0) + 1;
  const number = numberOf(inForce, amendment.article);
  const names = {
    add: [trans.__('Article %1', added), trans.__('With the article')],
    revise: [trans.__('Article %1, revised', number || '?'), trans.__('With the revision')],
    repeal: [trans.__('Without article %1', number || '?'), trans.__('Without it')]
  };
  const [name, heading] = names[amendment.action];
  return (
    <div
      ref={root}
      className="jp-reconst-pagebox"
      role="region"
      aria-label={trans.__('Impact: %1', name)}
      onKeyDown={onKeyDown}
    >
      <Head {...props} name={name} />
      <div className="jp-reconst-cols">
        <div>
          <section className="jp-reconst-block">
            <h3>{trans.__('Share of turns that changed')}</h3>
            {preview && rows.length > 0 ? (
              <Plot evidence={preview.evidence} floor={preview.floor} trans={trans} />
            ) : (
              <p className="jp-reconst-muted">{trans.__('Nothing has been tried yet.')}</p>
            )}
          </section>
          {preview && rows.length > 0 && (
            <section className="jp-reconst-block">
              <h3>{trans.__('The way to the verdict')}</h3>
              <Course rows={rows} side={preview.evidence.side} trans={trans} />
              <Numbers evidence={preview.evidence} trans={trans} />
            </section>
          )}
          <WordingBox state={state} trans={trans} when={when} onDraft={onEdit} onTry={props.onTry} />
          {!ratified && !state.unconfirmed && (
            <OwnPrompts prompts={state.prompts} trans={trans} onAdd={props.onPrompt} />
          )}
        </div>
        <Groups
          groups={groups}
          current={current}
          heading={heading}
          inForce={inForce}
          trans={trans}
          onCurrent={onCurrent}
          onMark={props.onMark}
          onExcept={onExcept}
        />
      </div>
      <Foot
        state={state}
        hurdle={stands}
        law={ratified !== null && isLaw(inForce, ratified)}
        number={amendment.action === 'add' ? added : number || '?'}
        note={note}
        trans={trans}
        onNote={setNote}
        onRatify={ratify}
        onUntested={() => props.onRatify(note.trim())}
        onConfirm={props.onConfirm}
        onBack={props.onBack}
        onAskAgain={props.onAskAgain}
      />
    </div>
  );
}

function Head(props: IImpactProps & { name: string }): JSX.Element {
  const { state, trans, name } = props;
  const { preview, rows, problem } = state;
  const { stand, breaks, set, target, side } = verdictOf(state, trans);
  const ended = preview?.problem || preview?.status === 'failed' ? preview : null;
  const failed = problem ?? (ended && { message: ended.problem, remedy: '' });
  const { title } = state.draft;
  return (
    <div className="jp-reconst-pagehead">
      <div>
        <p className="jp-reconst-muted">{trans.__('Impact of a draft · wording %1', state.wording)}</p>
        <h2>{title ? `${name}: ${title}` : name}</h2>
        {rows.length > 0 && (
          <>
            <p className="jp-reconst-lede jp-reconst-verdict">
              <b>{stand}</b> {breaks} {set}
            </p>
            {target && <p className="jp-reconst-lede">{target}</p>}
            {side && <p className="jp-reconst-lede">{side}</p>}
          </>
        )}
        {preview?.effect === 'none' && (
          <Notice
            icon="warn"
            tone="warn"
            title={trans.__('No effect seen.')}
            text={trans.__(
              'The turns that it is for stayed as they were: the model may not follow this wording, or already did so.'
            )}
          />
        )}
        {preview?.status === 'interrupted' && !state.busy && (
          <Notice
            icon="warn"
            tone="warn"
            title={trans.__('It was interrupted.')}
            text={trans.__('What is here is kept. Nothing is sent until you go on, and nothing is paid for twice.')}
          >
            <Button kind="second" onPress={props.onGoOn}>
              {trans.__('Go on')}
            </Button>
            <Button onPress={props.onStop}>{trans.__('Leave it')}</Button>
          </Notice>
        )}
        {failed && (
          <Notice
            icon="warn"
            tone="warn"
            title={failed.message || trans.__('The preview stopped.')}
            text={`${trans.__('The wording and the rows so far are kept.')} ${failed.remedy}`}
          >
            <Button kind="second" onPress={() => props.onTry(state.draft)}>
              {trans.__('Try again')}
            </Button>
          </Notice>
        )}
      </div>
      <Progress state={state} trans={trans} onStop={props.onStop} />
    </div>
  );
}

/** Before there is anything to show. */
export function NoImpact({ trans }: { trans: TranslationBundle }): JSX.Element {
  return (
    <div className="jp-reconst-pagebox">
      <div className="jp-reconst-pagehead">
        <div>
          <h2>{trans.__('Impact')}</h2>
          <p className="jp-reconst-lede">
            <Icon name="probe" /> {trans.__('Choose an amendment and press Preview to see what it changes.')}
          </p>
        </div>
      </div>
    </div>
  );
}
