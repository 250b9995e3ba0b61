import type { Draft, Formalized, FormalSentence, Verdict } from '../../contract';
import type { IArgument } from '../../tokens';
import { spelt } from '../acceptance/spell';
import { h } from '../h';
import { Icon, IconName } from '../icons';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Notice } from '../parts/notice';
import type { TranslationBundle } from '../parts/props';
import { dollars, short } from '../parts/words';
import { Asking } from '../sidebar/asking';

export interface IArgumentProps {
  readonly argument: IArgument;
  /** What it must stay, where it is pinned. */
  readonly pinned: string | null;
  readonly trans: TranslationBundle;
  readonly onAgain: () => void;
  readonly onGoOn: () => void;
  readonly onStop: () => void;
  readonly onEdit: (at: number, words: { said?: string; formal?: string }) => void;
  readonly onJudge: () => void;
  readonly onShow: (at: number) => void;
  readonly onPin: () => void;
  readonly onArticle: (draft: Partial<Draft>) => void;
}

/** A passage, whether it is worth formalising, its sentences beside their formulas, and what a prover says of them. */
export function Argument(props: IArgumentProps): JSX.Element {
  const { argument, trans } = props;
  const { found, since, problem } = argument;
  return (
    <div cl="pagebox" role="region" aria-label={trans.__('Check an argument')}>
      <div cl="pagehead">
        <div>
          <p cl="muted">{argument.path}</p>
          <h2>{trans.__('Check an argument')}</h2>
          <p cl="words">{spelt(short(argument.passage, 600))}</p>
        </div>
      </div>
      {found && <Worth {...props} found={found} />}
      {problem && (
        <Notice icon="warn" tone="warn" text={`${problem.message} ${problem.remedy}`}>
          {!found?.claim && <Button onPress={found ? props.onGoOn : props.onAgain}>{trans.__('Try again')}</Button>}
        </Notice>
      )}
      {found?.claim && <Sentences {...props} found={found} claim={found.claim} />}
      {since !== null && (
        <Asking
          since={since}
          model={argument.judging ? trans.__('the prover') : (found?.source?.name ?? trans.__('the model'))}
          trans={trans}
          onCancel={props.onStop}
        />
      )}
      {found?.verdict && <Found {...props} found={found} verdict={found.verdict} />}
      {found?.claim && since === null && (
        <div cl="pagefoot">
          <span cl="muted">{trans.__('Nothing is in force by this.')}</span>
          <span cl="sp" />
          <Button
            pressed={props.pinned !== null}
            icon="keep"
            notYet={props.pinned === null ? unsettled(found, trans) : undefined}
            onPress={props.onPin}
          >
            {trans.__('Pin as a case')}
          </Button>
          <Button kind={found.verdict ? 'second' : 'primary'} onPress={props.onJudge}>
            {trans.__('Judge what is written')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What the model says before anything else is sent, and what it was sent. */
function Worth(props: IArgumentProps & { found: Formalized }): JSX.Element {
  const { argument, found, trans } = props;
  const begun = found.claim !== null || argument.since !== null;
  const { missing, worth, sent, calls, cost } = found;
  return (
    <section cl="block">
      {missing && (
        <Notice icon="warn" tone="warn" title={trans.__('Nothing can be judged here.')} text={missing}>
          {!begun && <Button onPress={props.onAgain}>{trans.__('Look again')}</Button>}
        </Notice>
      )}
      {found.loss && (
        <p>
          <b>{worth ? trans.__('Worth formalising. What would be lost:') : trans.__('Not worth formalising:')}</b>{' '}
          {spelt(found.loss)}
        </p>
      )}
      {!begun && (
        <div cl="line">
          <Button kind={worth && !missing ? 'primary' : 'second'} onPress={props.onGoOn}>
            {worth ? trans.__('Formalise') : trans.__('Formalise all the same')}
          </Button>
          <span cl="muted">{trans.__('The passage goes to the model again, without your articles.')}</span>
        </div>
      )}
      {sent.length > 0 && (
        <details cl="whole">
          <summary>
            <Icon name="right" />
            {trans.__('What the model was sent')}
            {calls > 0 && ` · ${trans._n('%1 call', '%1 calls', calls)}${cost ? ` · ${dollars(cost)}` : ''}`}
          </summary>
          {sent.flat().map((message, at) => (
            <pre key={at} cl="seen">
              {`${message.role}\n${spelt(message.content)}`}
            </pre>
          ))}
        </details>
      )}
    </section>
  );
}

/** The premises, then the claim. */
function Sentences(props: IArgumentProps & { found: Formalized; claim: FormalSentence }): JSX.Element {
  const { found, claim, trans } = props;
  const { premises, symbols, frame } = found;
  return (
    <section cl="block argument">
      <h3>{trans.__('Premises')}</h3>
      <ol>
        {premises.map((one, at) => (
          <Row key={one.name} {...props} one={one} at={at} />
        ))}
      </ol>
      <h3>{trans.__('Claim')}</h3>
      <ol>
        <Row {...props} one={claim} at={premises.length} />
      </ol>
      <details cl="whole">
        <summary>
          <Icon name="right" />
          {trans.__('What may stand in a formula')}
        </summary>
        <ul cl="leaves">
          {symbols.map(({ name, takes, gives, words }) => (
            <li key={name}>
              <code>{`${name}${takes.length ? `(${takes.join(', ')})` : ''}: ${gives}`}</code> {spelt(words)}
            </li>
          ))}
          {frame && <li>{trans.__('Necessity as in %1', frame)}</li>}
        </ul>
      </details>
    </section>
  );
}

/** One sentence: where it is said, in words, its formula, and how that reads. */
function Row(props: IArgumentProps & { found: Formalized; one: FormalSentence; at: number }): JSX.Element {
  const { found, one, at, trans } = props;
  const premise = at < found.premises.length;
  return (
    <li>
      <div cl="ends">
        <b>{one.name}</b>
        {one.source ? (
          <Button flush label={trans.__('Show the words of “%1”', one.name)} onPress={() => props.onShow(at)}>
            “{spelt(short(one.source.quote, 80))}”
          </Button>
        ) : (
          <span cl="tag">{trans.__('not said in the passage')}</span>
        )}
      </div>
      <Field
        label={trans.__('%1 in words', one.name)}
        rows={2}
        maxLength={4000}
        value={one.said}
        onChange={said => props.onEdit(at, { said })}
      />
      <Field
        label={trans.__('%1 as a formula', one.name)}
        rows={2}
        maxLength={8000}
        value={one.formal}
        onChange={formal => props.onEdit(at, { formal })}
      />
      <p cl="muted">{found.verdict ? trans.__('The formula says: %1', spelt(one.words)) : null}</p>
      {one.doubt && (
        <p>
          <Icon name="warn" tone="warn" /> <b>{trans.__('Doubtful.')}</b> {spelt(one.doubt)}
        </p>
      )}
      {premise && (
        <Button onPress={() => props.onArticle(ruleOf(one, found, trans))}>{trans.__('Make it an article…')}</Button>
      )}
    </li>
  );
}

/** The premises by themselves, the verdict in a word and a shape, and what there is to know of it. */
function Found(props: IArgumentProps & { verdict: Verdict; found: Formalized }): JSX.Element {
  const { verdict, pinned, trans } = props;
  const { says, core, consistent } = verdict;
  const [icon, tone, title] = wordsOf(verdict, trans);
  return (
    <section cl="block" aria-live="polite">
      <h3>{trans.__('Verdict')}</h3>
      <p cl="muted">
        {consistent === null
          ? trans.__('The premises alone: whether they can all be true is not known.')
          : consistent
            ? trans.__('The premises alone: they can all be true.')
            : trans.__('The premises alone: they cannot all be true.')}
      </p>
      <p cl="verdict">
        <Icon name={icon} tone={tone} /> <b>{title}</b>{' '}
        {says === 'follows' && core.length > 0 && trans.__('It rests on: %1.', core.join(', '))}
        {says === 'premises inconsistent' && trans.__('These contradict each other: %1.', core.join(', '))}
        {says === 'does not follow' && trans.__('It could be like this, the premises true and the claim false:')}{' '}
        {spelt(verdict.why)}
      </p>
      <ul cl="leaves">
        {verdict.words.map((line, at) => (
          <li key={at}>{spelt(line)}</li>
        ))}
      </ul>
      {verdict.by.length > 0 && <p cl="muted">{trans.__('Judged by %1', verdict.by.join(', '))}</p>}
      {pinned && (
        <p>
          <Icon name={pinned === says ? 'keep' : 'warn'} tone={pinned === says ? undefined : 'warn'} />{' '}
          {trans.__('Pinned as a case: “%1”.', pinned)}
        </p>
      )}
    </section>
  );
}

function wordsOf({ says }: Verdict, trans: TranslationBundle): [IconName, 'good' | 'bad' | 'warn' | undefined, string] {
  switch (says) {
    case 'follows':
      return ['done', 'good', trans.__('It follows.')];
    case 'does not follow':
      return ['cross', 'bad', trans.__('It does not follow.')];
    case 'premises inconsistent':
      return ['warn', 'bad', trans.__('The premises are inconsistent.')];
    case 'not decided':
      return ['ask', undefined, trans.__('Not decided.')];
    case 'not checked':
      return ['minus', undefined, trans.__('Not checked.')];
  }
}

function unsettled({ verdict }: Formalized, trans: TranslationBundle): string | undefined {
  return verdict && !verdict.says.startsWith('not') ? undefined : trans.__('Only what was settled can be pinned');
}

/** The wording of an article that lets this premise be assumed only with a reason. */
function ruleOf(one: FormalSentence, { claim }: Formalized, trans: TranslationBundle): Partial<Draft> {
  return {
    title: trans.__('Assume “%1” only with a reason', short(one.said, 120)),
    when: trans.__('an argument assumes: %1', one.said),
    then: trans.__('say why it may be assumed; without a reason, do not conclude: %1', claim?.said ?? '')
  };
}
