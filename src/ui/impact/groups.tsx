import type { Impact } from '../../contract';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';
import { callsToDecide, likely } from './deciding';
import { IRowProps, Row, SHAPES } from './row';
import { ORDER, SHOULD_CHANGE, Verdict } from './tally';

/** Rows of a group that are drawn at first: more than fit on a screen, few enough to draw at once. */
const PAGE = 20;

export interface IGroupsProps extends Omit<IRowProps, 'row' | 'current'> {
  readonly groups: Map<Verdict, Impact[]>;
  readonly current: string | null;
}

export function verdictName(verdict: Verdict, trans: TranslationBundle): string {
  return {
    regression: trans.__('Regression'),
    unintended: trans.__('Unintended'),
    unmarked: trans.__('Unmarked'),
    intended: trans.__('Intended'),
    unchanged: trans.__('Unchanged'),
    failed: trans.__('Failed')
  }[verdict];
}

/** The rows in groups, bad news first, unchanged ones folded. */
export function Groups(props: IGroupsProps): JSX.Element {
  const { groups, trans } = props;
  const shown = ORDER.filter(verdict => (groups.get(verdict)?.length ?? 0) > 0);
  return (
    <div>
      <div cl="colhead">
        <nav cl="counts" aria-label={trans.__('Groups')}>
          {shown.map(verdict => (
            <a key={verdict} href={`#reconst-group-${verdict}`} onClick={event => go(event, verdict)}>
              <Icon name={SHAPES[verdict][0]} tone={SHAPES[verdict][1]} />
              <b>{`${verdictName(verdict, trans)} ${groups.get(verdict)?.length ?? 0}`}</b>
            </a>
          ))}
        </nav>
        <div cl="two muted" aria-hidden="true">
          <span>{trans.__('Now')}</span>
          <span>{props.heading}</span>
        </div>
      </div>
      <DecideAll {...props} />
      {shown.length === 0 && <p cl="muted">{trans.__('Rows appear here as they are ready.')}</p>}
      {shown.map(verdict =>
        verdict === 'unchanged' ? (
          <Folded key={verdict} {...props} rows={groups.get(verdict) ?? []} />
        ) : (
          <Group key={verdict} {...props} verdict={verdict} rows={groups.get(verdict) ?? []} />
        )
      )}
    </div>
  );
}

/** Links to a group scroll inside the view; the address of the page stays as it is. */
function go(event: React.MouseEvent, verdict: Verdict): void {
  event.preventDefault();
  const group = document.getElementById(`reconst-group-${verdict}`);
  group?.scrollIntoView?.({ block: 'start' });
  group?.querySelector<HTMLElement>('summary, li')?.focus({ preventScroll: true });
}

function Group(props: IGroupsProps & { verdict: Verdict; rows: readonly Impact[] }): JSX.Element {
  const { verdict, trans } = props;
  const note = {
    regression: trans.__('an earlier correction undone'),
    unintended: trans.__('changed, though the rule was not meant for them'),
    unmarked: trans.__('changed; say whether it should have'),
    intended: trans.__('changed as you asked'),
    unchanged: '',
    failed: trans.__('could not be compared; they count for nothing')
  }[verdict];
  return (
    <section cl="group" id={`reconst-group-${verdict}`} aria-label={verdictName(verdict, trans)}>
      <div cl="ghead">
        <Icon name={SHAPES[verdict][0]} tone={SHAPES[verdict][1]} />
        <h3>{verdictName(verdict, trans)}</h3>
        <span cl="muted">{note}</span>
      </div>
      <Rows {...props} />
    </section>
  );
}

function Folded(props: IGroupsProps & { rows: readonly Impact[] }): JSX.Element {
  const { rows, trans } = props;
  const [open, setOpen] = React.useState(false);
  const missed = rows.filter(r => SHOULD_CHANGE.includes(r.probe.bin)).length;
  const note =
    missed > 0
      ? trans._n('%1 of them should have changed', '%1 of them should have changed', missed)
      : trans.__('as it should be');
  return (
    <section cl="group" id="reconst-group-unchanged" aria-label={verdictName('unchanged', trans)}>
      <details open={open} onToggle={event => setOpen((event.target as HTMLDetailsElement).open)}>
        <summary>
          <Icon name="right" />
          <Icon name="equal" />
          <b>{verdictName('unchanged', trans)}</b>
          <span cl="muted">{`${rows.length}, ${note}`}</span>
        </summary>
        {open && <Rows {...props} />}
      </details>
    </section>
  );
}

/** A page at a time, and as many as it takes to show the current one. */
function Rows(props: IGroupsProps & { rows: readonly Impact[] }): JSX.Element {
  const { rows, current, trans } = props;
  const showing = React.useMemo(() => rows.findIndex(row => row.probe.id === current), [rows, current]);
  const draw = (row: Impact) => (
    <Row key={row.probe.id} {...only(props)} row={row} current={row.probe.id === current} />
  );
  return <Paged items={rows} draw={draw} page={PAGE} showing={showing} trans={trans} />;
}

/** Rows that differ by more than noise, once: asking them again decides each, however many there are. */
function DecideAll({ groups, trans, onRepeat }: IGroupsProps): JSX.Element | null {
  const count = React.useMemo(() => likely([...groups.values()].flat()).length, [groups]);
  if (count === 0) {
    return null;
  }
  return (
    <div cl="line above">
      <span cl="muted">
        {trans._n(
          '%1 row is likely to have changed, which one reply does not decide.',
          '%1 rows are likely to have changed, which one reply each does not decide.',
          count
        )}
      </span>
      {onRepeat && (
        <>
          <Button kind="second" icon="ask" onPress={() => onRepeat([])}>
            {trans.__('Ask again to decide all')}
          </Button>
          <span cl="muted">{trans.__('at most %1 calls', callsToDecide(count))}</span>
        </>
      )}
    </div>
  );
}

/** The props that a row looks at, so that its memory of them holds. */
function only({
  judge,
  heading,
  inForce,
  trans,
  onCurrent,
  onMark,
  onExcept,
  onDrop,
  onRepeat,
  onSent
}: IGroupsProps): Omit<IRowProps, 'row' | 'current'> {
  return { judge, heading, inForce, trans, onCurrent, onMark, onExcept, onDrop, onRepeat, onSent };
}
