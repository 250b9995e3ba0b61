import type { Article, History, Tried } from '../../contract';
import * as React from '../react';
import { Block } from '../parts/block';
import { Button } from '../parts/button';
import { Confirm, IQuestion } from '../parts/confirm';
import { Diff } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { clock } from '../parts/words';
import { ILine, daysOf } from './events';

export interface IHistoryProps {
  readonly history: History | null;
  readonly metadata: Record<string, unknown>;
  /** The articles as they stand now. */
  readonly articles: readonly Article[];
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
  const days = daysOf(history.events, props, props.now, trans);
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

function Line(props: IHistoryProps & { line: ILine }): JSX.Element {
  const { line, trans } = props;
  const { restore, turn, tried } = line;
  return (
    <li>
      <span cl="v num">{clock(line.at)}</span>
      <span>
        {line.text}
        {line.diff && line.diff.length > 0 && (
          <span cl="change">
            <Diff pieces={line.diff} trans={trans} />
          </span>
        )}
        {line.meta && <span cl="muted meta">{line.meta}</span>}
      </span>
      {restore && (
        <Button onPress={() => props.onRestore(restore.article, restore.revision)}>{trans.__('Restore')}</Button>
      )}
      {tried && <Button onPress={() => props.onOpen(tried)}>{trans.__('Open')}</Button>}
      {turn && <Button onPress={() => props.onForget(turn)}>{trans.__('Erase')}</Button>}
    </li>
  );
}
