import type { Budget } from '../../contract';
import * as React from '../react';
import { Fold } from '../parts/fold';
import type { TranslationBundle } from '../parts/props';
import { dollars } from '../parts/words';

/** What one preview may take at most; kept with the notebook, and for the next run on. */
export function BudgetBox(props: {
  budget: Budget | null;
  trans: TranslationBundle;
  onBudget: (budget: Budget | null) => void;
}): JSX.Element {
  const { budget, trans, onBudget } = props;
  const [calls, setCalls] = React.useState(budget?.calls?.toString() ?? '');
  const [money, setMoney] = React.useState(budget?.dollars?.toString() ?? '');
  const take = (calls: string, money: string) => {
    setCalls(calls);
    setMoney(money);
    const told = budgetOf(calls, money);
    if (told !== undefined) {
      onBudget(told);
    }
  };
  const wrong = budgetOf(calls, money) === undefined;
  return (
    <Fold look="budget" title={trans.__('Budget: %1', budgetName(budget, trans))}>
      <div cl="line">
        <label>
          {trans.__('Calls at most')}
          <input
            type="text"
            inputMode="numeric"
            cl="field"
            value={calls}
            maxLength={9}
            aria-describedby="reconst-impact-budget"
            onChange={event => take(event.target.value, money)}
          />
        </label>
        <label>
          {trans.__('Dollars at most')}
          <input
            type="text"
            inputMode="decimal"
            cl="field"
            value={money}
            maxLength={9}
            aria-describedby="reconst-impact-budget"
            onChange={event => take(calls, event.target.value)}
          />
        </label>
      </div>
      <p id="reconst-impact-budget" cl="muted">
        {wrong
          ? trans.__('Numbers only: this is not kept.')
          : trans.__('For each run in this notebook, from the next one on. Empty is no limit.')}
      </p>
    </Fold>
  );
}

/** What was written as a budget; null for none, undefined where it is no number. */
export function budgetOf(calls: string, money: string): Budget | null | undefined {
  if (!/^\d*$/.test(calls.trim()) || !/^(\d+(\.\d*)?|\.\d+)?$/.test(money.trim())) {
    return undefined;
  }
  const budget = {
    calls: calls.trim() ? Number(calls) : null,
    dollars: money.trim() ? Number(money) : null
  };
  return budget.calls === null && budget.dollars === null ? null : budget;
}

export function budgetName(budget: Budget | null, trans: TranslationBundle): string {
  const told = [
    budget?.calls != null ? trans._n('%1 call', '%1 calls', budget.calls) : '',
    budget?.dollars != null ? dollars(budget.dollars) : ''
  ];
  return told.filter(Boolean).join(', ') || trans.__('none');
}
