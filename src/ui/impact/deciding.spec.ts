import { previewing, rows } from '../../../tests/ui/gallery/fixtures';
import { impacts } from '../../../tests/ui/gallery/impacts';
import type { TurnRecord } from '../../contract';
import { budgetOf } from './budget';
import { callsToDecide, likely, pastTurns, settled } from './deciding';

it('says at most how many calls deciding takes', () => {
  expect(
    likely(rows)
      .map(row => row.probe.id)
      .slice(0, 2)
  ).toEqual(['p2', 'p3']);
  expect(callsToDecide(3)).toBe(36);
});

it('other probes can be asked for once a run has ended, until it is law', () => {
  expect(settled(previewing)).toBe(false);
  expect(settled(impacts['impact-marked'])).toBe(true);
  expect(settled(impacts['impact-ratified'])).toBe(false);
  expect(settled(impacts['impact-failed'])).toBe(false);
});

it('offers complete turns that are not tried yet, last first, each prompt once', () => {
  const record = (turn: string, prompt: string, status: TurnRecord['status'] = 'complete') =>
    ({ turn, prompt, status }) as TurnRecord;
  const records = [
    record('t1', 'One?'),
    record('t2', 'Two?'),
    record('t3', 'One?'),
    record('t4', 'Three?', 'streaming'),
    record('t5', rows[0].probe.prompt),
    record('t6', 'Six?')
  ];
  expect(pastTurns(records, { ...previewing, turns: ['t6'] })).toEqual([
    { turn: 't3', prompt: 'One?' },
    { turn: 't2', prompt: 'Two?' }
  ]);
});

it('a budget is numbers, or none', () => {
  expect(budgetOf('40', '')).toEqual({ calls: 40, dollars: null });
  expect(budgetOf(' 40 ', '.5')).toEqual({ calls: 40, dollars: 0.5 });
  expect(budgetOf('', ' ')).toBeNull();
  expect(budgetOf('-4', '')).toBeUndefined();
  expect(budgetOf('4', '1e3')).toBeUndefined();
});
