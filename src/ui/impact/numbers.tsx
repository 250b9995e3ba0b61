import type { Evidence } from '../../contract';
import * as React from '../react';
import { Icon } from '../icons';
import type { TranslationBundle } from '../parts/props';
import { percent } from '../parts/words';
import { signed } from './course';
import { measureOf } from './judge';
import { LIMIT } from './path';

/** One claim of the header: what it is about, the formula by its name, and the values. */
export interface INumber {
  readonly claim: string;
  readonly formula: string;
  readonly values: string;
}

/** What stands behind each sentence. */
export function numbersOf(evidence: Evidence, trans: TranslationBundle): INumber[] {
  const { measured, differing, value, target, side, judge } = evidence;
  const limit = LIMIT.toFixed(3);
  return [
    {
      claim: trans.__('Whether anything changed'),
      formula: trans.__('Sign-flip e-process of A/A/B'),
      values: trans.__(
        'E %1, decided from 20; %2 of %3 replies differ when asked twice',
        value < 1e9 ? `= ${value.toFixed(2)}` : '> 10⁹',
        differing,
        measured
      )
    },
    {
      claim: trans.__('Turns that it is for'),
      formula: target.exact
        ? trans.__('McNemar’s exact test, two-sided')
        : trans.__('Beta-mixture e-process against even odds, p = 1/E'),
      values: trans.__(
        'fixed %1, broken %2 of %3; p %4, decided up to 0.05',
        target.fixed,
        target.broken,
        target.tried,
        target.p < 0.0001 ? '< 0.0001' : `= ${target.p.toFixed(4)}`
      )
    },
    {
      claim: trans.__('Turns that it should leave alone'),
      formula: trans.__('Wald’s sequential test of 5% against 20%'),
      values: trans.__(
        '%1 of %2 changed; log ratio %3, decided at ±%4',
        side.changed,
        side.tried,
        signed(side.ratio),
        limit
      )
    },
    {
      claim: trans.__('Between which shares the truth lies'),
      formula: trans.__('Beta-mixture confidence sequence, 95%'),
      values: trans.__('%1 to %2, whenever it is stopped', percent(side.low), percent(side.high))
    },
    ...(judge
      ? [
          {
            claim: trans.__('What the judge’s word is worth'),
            formula: trans.__('Matthews’ correlation with your marks'),
            values: trans.__(
              '%1; better by both %2, by it alone %3, by you alone %4, by neither %5; it counts from 0.40',
              measureOf(judge, trans),
              judge.hits,
              judge.false_alarms,
              judge.misses,
              judge.passes
            )
          }
        ]
      : [])
  ];
}

/** The numbers behind the sentences, one click away. */
export function Numbers({ evidence, trans }: { evidence: Evidence; trans: TranslationBundle }): JSX.Element {
  return (
    <details cl="numbers">
      <summary>
        <Icon name="right" />
        {trans.__('The numbers')}
      </summary>
      <dl>
        {numbersOf(evidence, trans).map(({ claim, formula, values }) => (
          <React.Fragment key={formula}>
            <dt>
              {claim}: {formula}
            </dt>
            <dd cl="muted">{values}</dd>
          </React.Fragment>
        ))}
      </dl>
    </details>
  );
}
