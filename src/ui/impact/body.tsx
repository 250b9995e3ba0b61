import type { Annotation, Draft, Estimate, InForce } from '../../contract';
import { votesFirst } from '../agree/foot';
import * as React from '../react';
import { Icon } from '../icons';
import { Block } from '../parts/block';
import { Page } from '../parts/page';
import type { TranslationBundle } from '../parts/props';
import { isLaw, numberOf, short } from '../parts/words';
import { Course } from './course';
import { settled } from './deciding';
import { Drafted, IDraftedProps } from './drafted';
import { Export, IExportProps } from './export';
import { Foot } from './foot';
import { Groups } from './groups';
import { Head } from './head';
import { Judge } from './judge';
import { Mark, actOf } from './keys';
import { Numbers } from './numbers';
import { Plot } from './plot';
import { IProbesProps, Probes } from './probes';
import { ORDER, byVerdict, hurdle, judges } from './tally';
import { WordingBox } from './wording';

export interface IImpactProps extends IProbesProps {
  readonly estimate: Estimate | null;
  readonly inForce: InForce | null;
  readonly drafted: IDraftedProps['drafted'];
  readonly onArticle: IDraftedProps['onArticle'];
  readonly onEdit: (draft: Draft) => void;
  readonly onTry: (draft: Draft) => void;
  readonly onPrint: IExportProps['onPrint'];
  readonly onStop: () => void;
  readonly onGoOn: () => void;
  readonly onMark: (probe: string, mark: Mark | null) => void;
  readonly onDrop: (probe: string) => void;
  readonly onRepeat: (probes: readonly string[]) => void;
  readonly onSent: (probe: string, call?: string) => void;
  readonly onJudge: () => void;
  readonly onRatify: (note: string) => void;
  readonly onPropose: (note: string) => void;
  readonly onConfirm: () => void;
  readonly onBack: () => void;
  readonly onAskAgain: (annotation: Annotation) => void;
}

/** What an amendment changes: the verdict, how sure it is, and the rows that argue against it. */
export function ImpactView(props: IImpactProps): JSX.Element {
  const { state, inForce, trans } = props;
  const { amendment, preview, rows, ratified } = state;
  const { onEdit } = props;
  const root = React.useRef<HTMLDivElement>(null);
  const when = React.useRef<HTMLTextAreaElement>(null);
  const draft = React.useRef(state.draft);
  draft.current = state.draft;
  const [note, setNote] = React.useState('');
  const [chosen, setChosen] = React.useState<string | null>(null);
  const wanted = React.useRef(false);

  const judge = judges(preview);
  const groups = React.useMemo(() => byVerdict(rows, judge), [rows, judge]);
  const order = React.useMemo(
    () => ORDER.filter(v => v !== 'unchanged').flatMap(v => (groups.get(v) ?? []).map(r => r.probe.id)),
    [groups]
  );
  const current = chosen !== null && rows.some(r => r.probe.id === chosen) ? chosen : (order[0] ?? null);
  const row = rows.find(r => r.probe.id === current) ?? null;

  // A marked row moves to its group; the keyboard goes with it.
  React.useEffect(() => {
    if (wanted.current && current !== null) {
      const element = document.getElementById(`reconst-row-${current}`);
      if (element && !element.contains(document.activeElement)) {
        element.focus({ preventScroll: true });
        element.scrollIntoView?.({ block: 'nearest' });
      }
    }
  }, [current, groups]);

  const onCurrent = React.useCallback((probe: string) => setChosen(probe), []);
  const onExcept = React.useCallback(
    (prompt: string) => {
      const { current } = draft;
      onEdit({ ...current, when: `${current.when.trim()}, but not for “${short(prompt, 120)}”` });
      when.current?.focus();
    },
    [onEdit]
  );
  const stands = hurdle(state);
  const free = settled(state);
  const ratify = () => {
    if (ratified || state.unconfirmed || votesFirst(inForce, state) || (stands && stands.kind !== 'why')) {
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
  const titled = state.draft.title ? `${name}: ${state.draft.title}` : name;
  return (
    <div ref={root} cl="pagebox" role="region" aria-label={trans.__('Impact: %1', name)} onKeyDown={onKeyDown}>
      <Head {...props} name={titled} />
      <div cl="cols">
        <div>
          <Block title={trans.__('Share of turns that changed')}>
            {preview && rows.length > 0 ? (
              <Plot evidence={preview.evidence} floor={preview.floor} trans={trans} />
            ) : (
              <p cl="muted">{trans.__('Nothing has been tried yet.')}</p>
            )}
          </Block>
          {preview && rows.length > 0 && (
            <Block title={trans.__('The way to the verdict')}>
              <Course rows={rows} said={preview.evidence.said.course} trans={trans} />
              <Numbers evidence={preview.evidence} trans={trans} />
              <Judge state={state} trans={trans} onJudge={free ? props.onJudge : null} />
              <Export state={state} name={titled} trans={trans} onPrint={props.onPrint} />
            </Block>
          )}
          <WordingBox state={state} trans={trans} when={when} onDraft={onEdit} onTry={props.onTry} />
          <Drafted {...props} />
          {!ratified && !state.unconfirmed && <Probes {...props} />}
        </div>
        <Groups
          groups={groups}
          judge={judge}
          current={current}
          heading={heading}
          inForce={inForce}
          trans={trans}
          onCurrent={onCurrent}
          onMark={props.onMark}
          onExcept={onExcept}
          onDrop={free ? props.onDrop : null}
          onRepeat={free ? props.onRepeat : null}
          onSent={props.onSent}
        />
      </div>
      <Foot
        state={state}
        inForce={inForce}
        hurdle={stands}
        law={ratified !== null && isLaw(inForce, ratified)}
        number={amendment.action === 'add' ? added : number || '?'}
        note={note}
        trans={trans}
        onNote={setNote}
        onRatify={ratify}
        onPropose={() => props.onPropose(note.trim())}
        onUntested={() => props.onRatify(note.trim())}
        onConfirm={props.onConfirm}
        onBack={props.onBack}
        onAskAgain={props.onAskAgain}
      />
    </div>
  );
}

/** Before there is anything to show. */
export function NoImpact({ trans }: { trans: TranslationBundle }): JSX.Element {
  return (
    <Page
      title={trans.__('Impact')}
      lede={
        <>
          <Icon name="probe" /> {trans.__('Choose an amendment and press Preview to see what it changes.')}
        </>
      }
    />
  );
}
