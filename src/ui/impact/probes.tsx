import type { Budget } from '../../contract';
import type { IPreviewState } from '../../tokens';
import * as React from '../react';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Fold } from '../parts/fold';
import { Paged } from '../parts/paged';
import type { TranslationBundle } from '../parts/props';
import { short } from '../parts/words';
import { BudgetBox } from './budget';
import { IPastTurn, settled } from './deciding';
import { goes } from './keys';

export interface IProbesProps {
  readonly state: IPreviewState;
  /** Turns of the notebook that could be tried as well. */
  readonly past: readonly IPastTurn[];
  readonly trans: TranslationBundle;
  readonly onPrompt: (prompt: string) => void;
  readonly onTurn: (turn: string) => void;
  readonly onBringBack: () => void;
  readonly onHarder: () => void;
  readonly onBudget: (budget: Budget | null) => void;
}

/** What it is tried on besides what was chosen: prompts of one's own, past turns, harder ones; and for how much. */
export function Probes(props: IProbesProps): JSX.Element {
  const { state, past, trans } = props;
  const dropped = state.without.length;
  return (
    <Block title={trans.__('Probes')}>
      <Own prompts={state.prompts} trans={trans} onAdd={props.onPrompt} />
      {past.length > 0 && (
        <Fold look="past" title={trans.__('Pick a past turn')}>
          <Paged
            items={past}
            page={20}
            trans={trans}
            draw={({ turn, prompt }) => (
              <li key={turn}>
                <span>{short(prompt, 120)}</span>
                <Button
                  icon="plus"
                  label={trans.__('Try it on: %1', short(prompt, 60))}
                  onPress={() => props.onTurn(turn)}
                />
              </li>
            )}
          />
        </Fold>
      )}
      {dropped > 0 && (
        <div cl="line">
          <span cl="muted">{trans._n('%1 probe left out.', '%1 probes left out.', dropped)}</span>
          <Button onPress={props.onBringBack}>{trans._n('Bring it back', 'Bring them back', dropped)}</Button>
        </div>
      )}
      <Harder {...props} />
      <BudgetBox budget={state.budget} trans={trans} onBudget={props.onBudget} />
    </Block>
  );
}

/** Prompts of one's own, tried beside the chosen ones. */
function Own(props: {
  prompts: readonly string[];
  trans: TranslationBundle;
  onAdd: (prompt: string) => void;
}): JSX.Element {
  const { prompts, trans } = props;
  const [text, setText] = React.useState('');
  const add = () => {
    if (text.trim()) {
      props.onAdd(text);
      setText('');
    }
  };
  return (
    <>
      {prompts.length > 0 && (
        <ul cl="own">
          {prompts.map(prompt => (
            <li key={prompt}>{prompt}</li>
          ))}
        </ul>
      )}
      <Field
        label={trans.__('A prompt to try')}
        placeholder={trans.__('A prompt to try as well')}
        value={text}
        maxLength={4000}
        onChange={setText}
        onKeyDown={event => goes(event) && add()}
      />
      <div cl="line">
        <Button
          kind="second"
          icon="plus"
          notYet={text.trim() ? undefined : trans.__('Write a prompt first')}
          onPress={add}
        >
          {trans.__('Add')}
        </Button>
      </div>
    </>
  );
}

function Harder({ state, trans, onHarder }: IProbesProps): JSX.Element {
  const { preview, budget } = state;
  const notYet = !settled(state)
    ? trans.__('Once this run has ended')
    : preview?.ended === 'exhausted'
      ? trans.__('Nothing new is left to ask')
      : preview?.evidence.side.standing !== 'open'
        ? trans.__('The side effects are decided')
        : undefined;
  const most = budget
    ? trans.__('Prompts at the edge of When, until the side effects are decided or the budget is spent.')
    : trans.__('Prompts at the edge of When, until the side effects are decided or you press Stop. No budget is set.');
  return (
    <div cl="line">
      <Button kind="second" icon="probe" notYet={notYet} describedBy="reconst-impact-harder" onPress={onHarder}>
        {trans.__('Probe harder')}
      </Button>
      <span id="reconst-impact-harder" cl="muted">
        {notYet ?? most}
      </span>
    </div>
  );
}
