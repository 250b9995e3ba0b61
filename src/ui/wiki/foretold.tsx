import type { Foreseen, Foresight, Problem } from '../../contract';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import { Fold } from '../parts/fold';
import { Notice } from '../parts/notice';
import type { IPageProps } from './props';

const ORDER = ['regression', 'unsure', 'intended', 'unchanged'];

/** What the update does to kept cases: what would be sent is said first, and sent by an act of its own. */
export function Foretold({ page, wiki, trans }: IPageProps): JSX.Element {
  const [stands, setStands] = React.useState<Foresight | null>(null);
  const [rows, setRows] = React.useState<readonly Foreseen[]>([]);
  const [problem, setProblem] = React.useState<Problem | null>(null);
  const [busy, setBusy] = React.useState(false);
  const run = React.useRef(new AbortController());
  const stop = () => run.current.abort();
  React.useEffect(() => stop, []);
  const look = async (accept: string | null) => {
    setProblem(null);
    setRows([]);
    setBusy(true);
    const { signal } = (run.current = new AbortController());
    for await (const event of wiki.foresee(page, accept, signal)) {
      if (signal.aborted) {
        break;
      }
      if (event.type === 'foresight') {
        setStands(event);
      } else if (event.type === 'foreseen') {
        setRows(before => [...before, event]);
      } else if (event.type === 'failed') {
        setProblem(event.problem);
      }
    }
    setBusy(false);
  };
  const words: Record<string, string> = {
    regression: trans.__('Regression'),
    unsure: trans.__('Cannot tell'),
    intended: trans.__('Holds again'),
    unchanged: trans.__('Unchanged')
  };
  const sorted = [...rows].sort((a, b) => ORDER.indexOf(a.effect) - ORDER.indexOf(b.effect));
  const asking = stands?.status === 'estimated';
  return (
    <>
      {problem && <Notice text={`${problem.message} ${problem.remedy}`} />}
      {stands && asking && (
        <>
          <p>
            {trans.__(
              'This sends %1, and the prompts of your kept cases, to %2: for these calls alone, at most %3. Nothing is accepted by it.',
              trans._n(
                '%1 article that you have not accepted',
                '%1 articles that you have not accepted',
                stands.articles.length
              ),
              stands.model,
              stands.most
            )}
          </p>
          <Fold title={trans._n('%1 prompt', '%1 prompts', stands.prompts.length)}>
            <ul>
              {stands.prompts.map((prompt, at) => (
                <li key={at} cl="read">
                  {spelt(prompt)}
                </li>
              ))}
            </ul>
          </Fold>
        </>
      )}
      {stands && !asking && (
        <p role="status">
          {trans.__('%1 of %2 cases tried, %3 calls.', rows.length, stands.prompts.length, stands.calls)}
        </p>
      )}
      <ul>
        {sorted.map(row => (
          <li key={row.case.id} cl="pack">
            <Fold
              title={
                <>
                  <b>{words[row.effect]}</b> {spelt(row.case.prompt)}
                </>
              }
            >
              <p cl="muted">{`${row.article} · ${row.after.why}`}</p>
              <p cl="read">
                <Diff pieces={pieces(spelt(row.before.reply), spelt(row.after.reply))} trans={trans} />
              </p>
            </Fold>
          </li>
        ))}
      </ul>
      <div cl="line">
        {busy ? (
          <Button kind="second" onPress={stop}>
            {trans.__('Stop')}
          </Button>
        ) : (
          <Button kind="second" onPress={() => void look(asking ? stands.accept : null)}>
            {asking ? trans.__('Send them') : trans.__('Try it on my kept cases')}
          </Button>
        )}
        {asking && !busy && <Button onPress={() => setStands(null)}>{trans.__('Not now')}</Button>}
      </div>
    </>
  );
}
