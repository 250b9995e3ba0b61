import type { TurnRecord } from '../../contract';
import type { IAnswer, IVarying } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import { Notice } from '../parts/notice';
import { Page } from '../parts/page';
import type { TranslationBundle } from '../parts/props';
import { WhatWasSent } from '../parts/sent';
import { dollars } from '../parts/words';
import { IWaysProps, Ways } from './ways';

export interface IVariantsProps extends IWaysProps {
  readonly varying: IVarying;
  readonly label: string;
  readonly trans: TranslationBundle;
  readonly onKeep: (turn: string) => void;
  readonly onRetry: (answer: IAnswer) => void;
  readonly onSent: (turn: string) => void;
}

/** The answers to one question side by side, against the one in the cell; and how to ask it otherwise. */
export function VariantsBody(props: IVariantsProps): JSX.Element {
  const { varying, trans } = props;
  const { shown, answers, problem } = varying;
  const [at, setAt] = React.useState(-1);
  const list = React.useRef<HTMLDivElement>(null);
  const current = answers[at];
  const move = (by: number): void => {
    const all = Array.from(list.current?.children ?? []) as HTMLElement[];
    const now = all.findIndex(one => one.contains(document.activeElement));
    all[Math.min(Math.max(now + by, 0), all.length - 1)]?.focus();
  };
  return (
    <Page
      over={props.label}
      title={trans.__('Other answers')}
      lede={shown?.prompt}
      onKeyDown={event => {
        const by = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const target = event.target as HTMLElement;
        if (by && !/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !event.ctrlKey && !event.metaKey) {
          event.preventDefault();
          move(by);
        } else if (event.key === 'Enter' && target.parentElement === list.current && whole(current)) {
          props.onKeep(current.record!.turn);
        }
      }}
    >
      <div cl="cols wide-first">
        <div>
          {problem && <Notice text={problem.message + ' ' + problem.remedy} />}
          <div cl="answers read" ref={list}>
            {shown && (
              <article cl="answer" tabIndex={0} onFocus={() => setAt(-1)}>
                <Head says={[trans.__('In the cell')]} record={shown} trans={trans} />
                <p cl="text">
                  {current ? (
                    <Diff pieces={pieces(shown.reply, current.reply)} side="before" trans={trans} />
                  ) : (
                    shown.reply
                  )}
                </p>
              </article>
            )}
            {answers.map((answer, index) => (
              <article
                key={answer.way.id}
                cl="answer"
                tabIndex={0}
                aria-current={index === at}
                onFocus={() => setAt(index)}
              >
                <Answer {...props} answer={answer} />
              </article>
            ))}
          </div>
        </div>
        {shown && (
          <div>
            <Ways {...props} shown={shown} />
          </div>
        )}
      </div>
    </Page>
  );
}

function Answer(props: IVariantsProps & { answer: IAnswer }): JSX.Element {
  const { answer, varying, trans } = props;
  const { record, reply, problem, seconds } = answer;
  const shown = varying.shown!;
  const good = whole(answer);
  // A growing answer is not compared before its end: the others would be drawn again with its every word.
  const said = React.useMemo(
    () => (record ? pieces(shown.reply, reply) : [{ kind: 'same' as const, text: reply }]),
    [shown.reply, reply, record]
  );
  const says = answer.differs.length ? answer.differs : [record ? trans.__('asked the same') : trans.__('asking…')];
  const ended = problem
    ? problem.message
    : record && !good
      ? trans.__('It was cut off; what had arrived is kept.')
      : '';
  return (
    <>
      <Head says={says} record={record} trans={trans} />
      {record && record.prompt !== shown.prompt && (
        <p cl="muted">
          <Diff pieces={pieces(shown.prompt, record.prompt)} trans={trans} />
        </p>
      )}
      <p cl="text">
        <Diff pieces={said} side="after" trans={trans} />
      </p>
      {!record && !problem && seconds > 0 && <p cl="muted">{trans.__('waiting, %1 s', Math.round(seconds))}</p>}
      {ended && <Notice icon="cross" text={ended} />}
      <div cl="line">
        {good && record!.reply === shown.reply && <span cl="muted">{trans.__('It says the same.')}</span>}
        <span cl="sp" />
        <WhatWasSent call={record?.turn} trans={trans} onSent={props.onSent} />
        {good ? (
          <Button kind="second" icon="keep" onPress={() => props.onKeep(record!.turn)}>
            {trans.__('Keep this one')}
          </Button>
        ) : (
          ended && <Button onPress={() => props.onRetry(answer)}>{trans.__('Try again')}</Button>
        )}
      </div>
    </>
  );
}

function Head(props: { says: readonly string[]; record: TurnRecord | null; trans: TranslationBundle }): JSX.Element {
  const { record, says } = props;
  const facts = record && [
    record.model,
    record.style,
    `${record.seconds.toFixed(1)} s`,
    record.cost && dollars(record.cost)
  ];
  return (
    <p>
      <b>{says.join(', ')}</b> <span cl="muted">{facts && facts.filter(Boolean).join(' · ')}</span>
    </p>
  );
}

/** Whether an answer has come to its end, so that it can be kept. */
function whole(answer: IAnswer | undefined): boolean {
  return !answer?.problem && answer?.record?.status === 'complete';
}
