import type { Annotation, Target } from '../../contract';
import type { IState } from '../../tokens';
import * as React from '../react';
import { Icon } from '../icons';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { numberOf } from '../parts/words';
import { IItemActs, Item } from './item';
import { NextBlock } from './next';
import { Paged } from '../parts/paged';
import { IItem, nextOf } from './standing';

export interface IReviewProps extends IItemActs {
  readonly state: IState;
  readonly items: readonly IItem[];
  readonly now: number;
  readonly trans: TranslationBundle;
  readonly quiet: boolean;
  readonly placing: Annotation | null;
  readonly offer: { readonly quote: string; readonly target: Target } | null;
  readonly onReview: () => void;
  readonly onResolve: () => void;
  readonly onAside: () => void;
}

/** The corrections of this notebook: what comes next, what is open, what has lost its place, what is settled. */
export function ReviewList(props: IReviewProps): JSX.Element {
  const { state, items, trans } = props;
  const [ticked, setTicked] = React.useState<ReadonlySet<string>>(new Set());
  const next = nextOf(state, items);
  const shown = next && 'item' in next ? next.item : null;
  const open = items.filter(i => i.standing !== 'settled' && i.standing !== 'kept' && i !== shown);
  const settled = items.filter(i => i.standing === 'settled' || i.standing === 'kept');
  const corrected = items.filter(i => i.standing === 'corrected');
  const together = corrected.filter(i => ticked.has(i.placed.annotation.id)).map(i => i.placed.annotation);
  // Amending several together needs a list of them, the one in the block above included.
  const list = corrected.length > 1 && shown?.standing === 'corrected' ? [shown, ...open] : open;
  const draw = (item: IItem) => {
    const { id } = item.placed.annotation;
    return (
      <Item
        key={id}
        {...props}
        item={item}
        present={state.present}
        number={numberOf(state.inForce, item.article?.id ?? null)}
        placing={props.placing?.id === id}
        ticked={item.standing === 'corrected' && corrected.length > 1 ? ticked.has(id) : null}
        onTick={on => {
          const now = new Set(ticked);
          now[on ? 'add' : 'delete'](id);
          setTicked(now);
        }}
      />
    );
  };
  return (
    <>
      {next && <NextBlock {...props} next={next} />}
      <Block title={trans.__('In this notebook')}>
        {items.length === 0 && <p>{trans.__('No corrections yet. Select words in any output to start.')}</p>}
        <Paged items={list} draw={draw} trans={trans} />
        {together.length > 1 && (
          <div cl="line together">
            <Button
              kind="second"
              onPress={() => {
                setTicked(new Set());
                props.onAmend(together);
              }}
            >
              {trans._n('Amend %1 together', 'Amend %1 together', together.length)}
            </Button>
          </div>
        )}
        {settled.length > 0 && (
          <details>
            <summary cl="muted">
              <Icon name="right" />
              {trans.__('Settled')} {settled.length}
            </summary>
            <Paged items={settled} draw={draw} trans={trans} />
          </details>
        )}
      </Block>
    </>
  );
}
