import type { Formalized, FormalSentence, Verdict } from '../../contract';
import type { IArgument, IArguing } from '../../tokens';
import { spelt } from '../acceptance/spell';
import * as React from '../react';
import { Icon, IconName } from '../icons';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Notice } from '../parts/notice';
import { Page } from '../parts/page';
import type { TranslationBundle } from '../parts/props';
import { short } from '../parts/words';
import { Asking } from '../sidebar/asking';

export interface IArgumentProps {
  readonly argument: IArgument;
  readonly arguing: IArguing;
  readonly trans: TranslationBundle;
  readonly onSent: (call: string) => void;
  readonly onArticle: (rule: FormalSentence['rule']) => void;
}

/** A passage, whether it is worth formalising, its sentences beside their formulas, and what a prover says of them. */
export function Argument(props: IArgumentProps): JSX.Element {
  const { argument, arguing, trans } = props;
  const { found, since, problem } = argument;
  const claim = found?.claim;
  return (
    <Page title={trans.__('Check an argument')} under={<p cl="words">{spelt(short(argument.passage, 600))}</p>}>
      <div cl="cols wide-first">
        <div cl="argument">
          {found && <Worth {...props} found={found} />}
          {!found && !problem && since === null && (
            <Button kind="primary" onPress={arguing.weigh}>
              {trans.__('Ask whether it is worth formalising')}
            </Button>
          )}
          {problem && (
            <Notice text={`${problem.message} ${problem.remedy}`}>
              {!claim && <Button onPress={found ? arguing.formalize : arguing.weigh}>{trans.__('Try again')}</Button>}
            </Notice>
          )}
          {claim && (
            <ol>
              {[...found.premises, claim].map((one, at) => (
                <Row key={one.name} {...props} found={found} one={one} at={at} />
              ))}
            </ol>
          )}
          {since !== null && (
            <Asking
              since={since}
              model={claim ? trans.__('the prover') : (found?.source?.name ?? trans.__('the model'))}
              trans={trans}
              onCancel={arguing.stop}
            />
          )}
        </div>
        <div>{found?.verdict && <Found {...props} found={found} verdict={found.verdict} />}</div>
      </div>
      {claim && since === null && (
        <div cl="pagefoot">
          <Title {...found} trans={trans} />
          <span cl="sp" />
          <Button icon="keep" pressed={arguing.pinned !== null} onPress={arguing.pin}>
            {trans.__('Pin as a case')}
          </Button>
          <Button kind={found.verdict ? 'second' : 'primary'} onPress={arguing.judge}>
            {trans.__('Judge what is written')}
          </Button>
        </div>
      )}
    </Page>
  );
}

/** What the model says before anything else is sent. */
function Worth({ argument, arguing, found, trans, onSent }: IArgumentProps & { found: Formalized }): JSX.Element {
  const { claim, worth, loss, call } = found;
  return (
    <>
      <p>
        <b>{worth ? trans.__('Worth formalising. What would be lost:') : trans.__('Not worth formalising:')}</b>{' '}
        {spelt(loss)}
      </p>
      <div cl="line">
        {!claim && argument.since === null && (
          <Button kind={worth ? 'primary' : 'second'} onPress={arguing.formalize}>
            {trans.__('Formalise')}
          </Button>
        )}
        {call && <Button onPress={() => onSent(call)}>{trans.__('What the model was sent')}</Button>}
      </div>
    </>
  );
}

/** One sentence: where it is said, in words, its formula, and how that reads. */
function Row(props: IArgumentProps & { found: Formalized; one: FormalSentence; at: number }): JSX.Element {
  const { arguing, found, one, at, trans } = props;
  const { name, source, rule, doubt } = one;
  return (
    <li>
      <div cl="line">
        <b>{at < found.premises.length ? trans.__('Premise %1: %2', at + 1, name) : trans.__('So: %1', name)}</b>
        {source ? (
          <Button flush icon="link" onPress={() => arguing.show(at)}>
            “{spelt(short(source.quote, 80))}”
          </Button>
        ) : (
          <span cl="tag">{trans.__('not said in the passage')}</span>
        )}
      </div>
      <Field
        label={trans.__('%1 in words', name)}
        rows={2}
        maxLength={4000}
        value={one.said}
        onChange={said => arguing.edit(at, { said })}
      />
      <Field
        label={trans.__('%1 as a formula', name)}
        rows={2}
        maxLength={8000}
        value={one.formal}
        onChange={formal => arguing.edit(at, { formal })}
      />
      {found.verdict && <p cl="muted">{trans.__('The formula says: %1', spelt(one.words))}</p>}
      {doubt && (
        <p>
          <Icon name="warn" tone="warn" /> <b>{trans.__('Doubtful.')}</b> {spelt(doubt)}
        </p>
      )}
      {rule && <Button onPress={() => props.onArticle(rule)}>{trans.__('Make it an article…')}</Button>}
    </li>
  );
}

const SHAPES: Record<Verdict['says'], [IconName, 'good' | 'bad'] | [IconName]> = {
  follows: ['done', 'good'],
  'does not follow': ['cross', 'bad'],
  'premises inconsistent': ['warn', 'bad'],
  'not decided': ['ask'],
  'not checked': ['minus']
};

/** The verdict in a shape and a word. */
function Title(props: Pick<Formalized, 'verdict' | 'told'> & { trans: TranslationBundle }): JSX.Element {
  const { verdict, told, trans } = props;
  const [icon, tone] = SHAPES[verdict?.says ?? 'not checked'];
  return (
    <b>
      <Icon name={icon} tone={tone} /> {verdict ? told[0] : trans.__('Not judged yet.')}
    </b>
  );
}

/** The verdict in plain words, and whether it is what was pinned. */
function Found({
  arguing,
  found,
  verdict,
  trans
}: IArgumentProps & { found: Formalized; verdict: Verdict }): JSX.Element {
  const { pinned } = arguing;
  return (
    <section cl="block" aria-live="polite">
      <h3>
        <Title {...found} trans={trans} />
      </h3>
      <ul cl="leaves">
        {found.told.slice(1).map((line, at) => (
          <li key={at}>{spelt(line)}</li>
        ))}
      </ul>
      {pinned && (
        <p>
          <Icon name={pinned === verdict.says ? 'keep' : 'warn'} /> {trans.__('Pinned as a case: “%1”.', pinned)}
        </p>
      )}
    </section>
  );
}
