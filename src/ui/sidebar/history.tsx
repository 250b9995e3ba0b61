import type { History, Remembered, Tried, Turn } from '../../contract';
import * as React from '../react';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Confirm, IQuestion } from '../parts/confirm';
import { Diff } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { clock } from '../parts/words';
import { changeOf, daysOf } from './events';

export interface IHistoryProps {
  readonly history: History | null;
  readonly now: number;
  readonly trans: TranslationBundle;
  readonly onRestore: (article: string, revision: string) => void;
  readonly onForget: (turn: string) => void;
  readonly onOpen: (tried: Tried) => void;
  readonly onMore: () => void;
}

/** What this person did in this notebook, newest first. */
export function HistoryList(props: IHistoryProps): JSX.Element {
  const { history, trans } = props;
  const [question, setQuestion] = React.useState<IQuestion | null>(null);
  if (!history) {
    return <p>{trans.__('Nothing yet. What you ask, correct, preview and ratify is listed here.')}</p>;
  }
  const days = daysOf(history.events, props.now, trans);
  const forget = (turn: string) =>
    setQuestion({
      text: trans.__('Erase the text of this turn from your store? The notebook keeps what it shows.'),
      verb: trans.__('Erase'),
      run: () => props.onForget(turn)
    });
  return (
    <>
      {question && <Confirm question={question} trans={trans} onClose={() => setQuestion(null)} />}
      {days.length === 0 && <p>{trans.__('Nothing yet. What you ask, correct, preview and ratify is listed here.')}</p>}
      {days.map(day => (
        <Block key={day.name} title={day.name}>
          <ol cl="hist">
            {day.lines.map(line => (
              <Line key={line.id} {...props} line={line} onForget={forget} />
            ))}
          </ol>
        </Block>
      ))}
      {history.more && (
        <div cl="line">
          <Button kind="second" onPress={props.onMore}>
            {trans.__('Earlier')}
          </Button>
        </div>
      )}
      {days.length > 0 && <p cl="muted below">{trans.__('Restoring makes a new version. Nothing is deleted.')}</p>}
    </>
  );
}

function Line(props: IHistoryProps & { line: Remembered }): JSX.Element {
  const { line, trans } = props;
  const { deed, subject } = line;
  const { tried, prompt, id } = line.body as { tried?: Tried } & Partial<Turn>;
  const change = changeOf(deed);
  return (
    <li>
      <span cl="v num">{clock(line.created)}</span>
      <span>
        {deed.text}
        {change.length > 0 && (
          <span cl="change">
            <Diff pieces={change} trans={trans} />
          </span>
        )}
        {deed.meta && <span cl="muted meta">{deed.meta}</span>}
      </span>
      {deed.restores && subject && (
        <Button onPress={() => props.onRestore(subject, deed.restores!)}>{trans.__('Restore')}</Button>
      )}
      {tried && <Button onPress={() => props.onOpen(tried)}>{trans.__('Open')}</Button>}
      {line.kind === 'turn' && prompt && id && <Button onPress={() => props.onForget(id)}>{trans.__('Erase')}</Button>}
    </li>
  );
}
