import type { Cited, MarkedReference } from '../../contract';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Icon, IconName } from '../icons';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import { Field } from '../parts/field';
import { Page } from '../parts/page';
import type { TranslationBundle } from '../parts/props';

export interface IReferencesProps {
  readonly cited: Cited;
  readonly busy: boolean;
  readonly trans: TranslationBundle;
  readonly onLookUp: () => void;
  readonly onStop: () => void;
  readonly onWrong: (marked: MarkedReference, right: string, undo: boolean) => void;
}

/** Every reference of a reply, and what is known of each. */
export function References(props: IReferencesProps): JSX.Element {
  const { cited, busy, trans } = props;
  const { references, registries } = cited;
  return (
    <Page title={trans.__('References')} lede={<span role="status">{summary(references, trans)}</span>}>
      <div cl="cols wide-first">
        <ul cl="leaves">
          {references.map(marked => (
            <Line key={marked.reference.start} {...props} marked={marked} />
          ))}
        </ul>
        <div>
          {registries.length === 0 ? (
            <p cl="muted">{trans.__('Nobody was asked: looking up is off on this server.')}</p>
          ) : busy ? (
            <Button kind="second" icon="stop" onPress={props.onStop}>
              {trans.__('Stop')}
            </Button>
          ) : (
            <>
              <p cl="muted">
                {trans.__('Sent to %1: title, authors, year and ids, nothing else.', registries.join(', '))}
              </p>
              <Button kind="second" icon="probe" onPress={props.onLookUp}>
                {trans.__('Look them up')}
              </Button>
            </>
          )}
        </div>
      </div>
    </Page>
  );
}

function Line(props: IReferencesProps & { marked: MarkedReference }): JSX.Element {
  const { marked, trans } = props;
  const { reference, differs, looked, wrong } = marked;
  const [right, setRight] = React.useState<string | null>(null);
  const [icon, said] = stateOf(marked, trans);
  const places = looked.filter(one => !one.problem).map(one => one.where);
  const confirm = (): void => {
    setRight(null);
    props.onWrong(marked, right ?? '', false);
  };
  return (
    <li
      cl="pack"
      tabIndex={0}
      onKeyDown={event => {
        if (event.key === 'w' && event.target === event.currentTarget && !wrong) {
          event.preventDefault();
          setRight('');
        }
      }}
    >
      <p cl="read exact">{spelt(reference.quote)}</p>
      <p>
        <Icon name={icon} /> <strong>{said}</strong>
        {places.length > 0 && <span cl="muted"> · {trans.__('looked in %1', places.join(', '))}</span>}
      </p>
      {looked
        .filter(one => one.problem)
        .map(one => (
          <p key={one.where} cl="muted">
            {spelt(one.problem)}
          </p>
        ))}
      {differs.length > 0 && (
        <dl cl="law plain read differs">
          {differs.map(({ field, said, known }) => (
            <React.Fragment key={field}>
              <dt>{field}</dt>
              <dd>
                <Diff pieces={pieces(spelt(said), spelt(known))} trans={trans} />
              </dd>
            </React.Fragment>
          ))}
        </dl>
      )}
      {wrong ? (
        <p>
          <Icon name="cross" />{' '}
          {wrong.right ? trans.__('You marked this wrong: %1', spelt(wrong.right)) : trans.__('You marked this wrong.')}{' '}
          <Button flush onPress={() => props.onWrong(marked, '', true)}>
            {trans.__('Take back')}
          </Button>
        </p>
      ) : right === null ? (
        <Button flush onPress={() => setRight('')}>
          {trans.__('Wrong…')}
        </Button>
      ) : (
        <div cl="line">
          <Field
            ref={field => field?.focus()}
            value={right}
            label={trans.__('What is right, if you know it')}
            placeholder={trans.__('What is right, if you know it')}
            onChange={setRight}
            onKeyDown={event => {
              if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                event.preventDefault();
                confirm();
              } else if (event.key === 'Escape') {
                setRight(null);
              }
            }}
          />
          <Button kind="second" onPress={confirm}>
            {trans.__('Confirm')}
          </Button>
          <Button onPress={() => setRight(null)}>{trans.__('Cancel')}</Button>
        </div>
      )}
    </li>
  );
}

function stateOf({ state }: MarkedReference, trans: TranslationBundle): [IconName, string] {
  return {
    in_library: ['library', trans.__('in your library')],
    found: ['tick', trans.__('found')],
    differs: ['warn', trans.__('differs')],
    not_found: ['lost', trans.__('not found')],
    unknown: ['ask', trans.__('not looked up')]
  }[state] as [IconName, string];
}

/** “3 references: 1 in your library, 1 not found”. */
function summary(all: readonly MarkedReference[], trans: TranslationBundle): string {
  const counts = new Map<string, number>();
  all.forEach(one => counts.set(stateOf(one, trans)[1], (counts.get(stateOf(one, trans)[1]) ?? 0) + 1));
  const parts = [...counts].map(([said, count]) => `${count} ${said}`);
  return [trans._n('%1 reference', '%1 references', all.length), parts.join(', ')].filter(Boolean).join(': ');
}
