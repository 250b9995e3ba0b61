import type { Agreement, InForce } from '../../contract';
import type { IPresent } from '../../tokens';
import * as React from '../react';
import { Icon } from '../icons';
import { Spelt } from '../acceptance/row';
import { spell } from '../acceptance/spell';
import { Button } from '../parts/button';
import { Diff, pieces } from '../parts/diff';
import { Field } from '../parts/field';
import { Here } from '../parts/here';
import { Law } from '../parts/law';
import { Paged } from '../parts/paged';
import type { IDrafts, TranslationBundle } from '../parts/props';
import { ago, numberOf } from '../parts/words';
import { claimed, saidOf, stateOf, termsOf, waits } from './agreement';

export interface IVoting {
  readonly onVote: (
    on: Agreement,
    answer: 'agree' | 'pass' | 'disagree',
    why: string,
    prompt: string
  ) => Promise<boolean>;
  readonly onImpact: (on: Agreement) => void;
  readonly onRatify: (on: Agreement) => void;
}

interface IProposalsProps extends IVoting {
  readonly inForce: InForce | null;
  readonly present: readonly IPresent[];
  /** A proposal is being looked at. */
  readonly onLook: (proposal: string | null) => void;
  readonly drafts: IDrafts;
  readonly now: number;
  readonly trans: TranslationBundle;
}

const visible = (text: string) =>
  spell(text)
    .map(part => part.text)
    .join('');
const spelt = (text: string) => text && <Spelt text={text} />;

/** What somebody would make law, and what the others say to it. */
export function Proposals(props: IProposalsProps): JSX.Element | null {
  const { inForce, trans } = props;
  const proposals = inForce?.agreeing.proposals ?? [];
  const open = proposals.filter(waits);
  const past = proposals.filter(a => !waits(a));
  const draw = (on: Agreement) => <Proposal key={on.proposal.id} {...props} on={on} />;
  if (!proposals.length) {
    return null;
  }
  return (
    <section cl="block" aria-label={trans.__('Proposals')}>
      <h3>{trans.__('Proposals')}</h3>
      <Paged items={open} draw={draw} trans={trans} />
      {past.length > 0 && (
        <details>
          <summary cl="muted">
            <Icon name="right" />
            {trans.__('Decided')} {past.length}
          </summary>
          <Paged items={past} draw={draw} trans={trans} />
        </details>
      )}
    </section>
  );
}

function Proposal(props: IProposalsProps & { on: Agreement }): JSX.Element {
  const { on, inForce, now, trans } = props;
  const { amendment, terms, prompts, provenance } = on.proposal;
  const before = inForce?.constitution.articles.find(a => a.id === amendment?.article);
  const draft = amendment?.draft;
  const title = draft?.title ?? before?.title ?? '?';
  const number = numberOf(inForce, amendment?.article ?? null) || '?';
  const name = {
    add: trans.__('New article:'),
    revise: trans.__('Article %1, revised:', number),
    repeal: trans.__('Repeal article %1:', number)
  };
  const does = [
    stateOf(on, trans),
    draft &&
      before &&
      draft.enabled !== before.enabled &&
      (draft.enabled ? trans.__('switches it on') : trans.__('switches it off')),
    amendment?.order && before && trans.__('moved'),
    draft && !draft.always && trans.__('sent when it fits')
  ].filter(Boolean);
  // Word by word against what stands, hidden characters spelled out on both sides.
  const reads = (clause: 'when' | 'then' | 'source' | 'why') =>
    draft &&
    (before && before[clause] !== draft[clause] ? (
      <Diff pieces={pieces(visible(before[clause]), visible(draft[clause]))} trans={trans} />
    ) : (
      spelt(draft[clause])
    ));
  const by = claimed(provenance.author, trans);
  return (
    <li cl="item" onFocus={() => props.onLook(on.proposal.id)} onBlur={() => props.onLook(null)}>
      <Icon name={on.state === 'ratified' ? 'tick' : 'pen'} />
      <div cl="proposal">
        <p>
          <b>{amendment ? name[amendment.action] : trans.__('Rule:')}</b>{' '}
          <Spelt text={terms ? termsOf(terms, trans) : title} />
        </p>
        <p cl="meta">
          <Spelt text={[by, ago(provenance.at, now, trans), ...does].join(' · ')} />{' '}
          <Here present={props.present} at={on.proposal.id} trans={trans} />
        </p>
        {draft && (
          <Law when={reads('when')} then={reads('then')} source={reads('source')} why={reads('why')} trans={trans} />
        )}
        {[provenance.evidence, provenance.note].filter(Boolean).map(text => (
          <p key={text} cl="muted">
            <Spelt text={text} />
          </p>
        ))}
        {prompts.map((prompt, n) => (
          <Try key={n} prompt={prompt} trans={trans} />
        ))}
        <Votes {...props} />
        {on.state === 'carried' && (
          <Button kind="second" icon="tick" onPress={() => props.onRatify(on)}>
            {trans.__('Ratify')}
          </Button>
        )}
        {on.state !== 'ratified' && on.state !== 'overtaken' && <Vote {...props} />}
        {amendment && waits(on) && (
          <div cl="line">
            <Button
              kind="second"
              icon="probe"
              describedBy={`reconst-sends-${on.proposal.id}`}
              onPress={() => props.onImpact(on)}
            >
              {trans.__('Run the impact')}
            </Button>
            <span cl="muted" id={`reconst-sends-${on.proposal.id}`}>
              {trans.__('Sends these words and prompts to your model, for these calls alone.')}
            </span>
          </div>
        )}
      </div>
    </li>
  );
}

function Votes({ on, trans }: IProposalsProps & { on: Agreement }): JSX.Element {
  return (
    <ul cl="votes">
      {on.ballots.map(ballot => {
        const { id, author, why, provocation } = ballot.vote;
        return (
          <li key={id}>
            <b>
              <Spelt text={claimed(author, trans)} />
            </b>{' '}
            {saidOf(ballot, trans)}
            {spelt(why && `: ${why}`)}
            {provocation && <Try prompt={provocation} trans={trans} />}
          </li>
        );
      })}
    </ul>
  );
}

function Try({ prompt, trans }: { prompt: string; trans: TranslationBundle }): JSX.Element {
  return (
    <p cl="muted">
      {trans.__('Try:')} <Spelt text={prompt} />
    </p>
  );
}

/** What one is writing stays until the vote is in the notebook. */
function Vote(props: IProposalsProps & { on: Agreement }): JSX.Element {
  const { on, drafts, trans } = props;
  const keys = ['why', 'prompt'].map(name => JSON.stringify(['vote', name, on.proposal.id]));
  const [said, setSaid] = React.useState(() => keys.map(key => drafts.get(key)));
  const [busy, setBusy] = React.useState(false);
  const write = (at: number, text: string) => {
    drafts.set(keys[at], text);
    setSaid(said.map((before, n) => (n === at ? text : before)));
  };
  const cast = async (answer: 'agree' | 'pass' | 'disagree') => {
    setBusy(true);
    if (await props.onVote(on, answer, said[0].trim(), said[1].trim())) {
      keys.forEach(key => drafts.set(key, ''));
      setSaid(['', '']);
    }
    setBusy(false);
  };
  const answers = { agree: trans.__('Agree'), pass: trans.__('Pass'), disagree: trans.__('Disagree') };
  return (
    <details open={!on.mine}>
      <summary>
        <Icon name="right" />
        {on.mine ? trans.__('Vote again') : trans.__('Your vote')}
      </summary>
      {[trans.__('Why, in a line'), trans.__('A prompt that shows it')].map((label, at) => (
        <Field
          key={label}
          label={label}
          placeholder={label}
          value={said[at]}
          maxLength={at ? 4000 : 200}
          onChange={text => write(at, text)}
        />
      ))}
      <div cl="line">
        {(['agree', 'pass', 'disagree'] as const).map(answer => (
          <Button
            key={answer}
            kind="second"
            pressed={on.mine === answer}
            notYet={busy ? trans.__('Being written') : undefined}
            onPress={() => void cast(answer)}
          >
            {answers[answer]}
          </Button>
        ))}
      </div>
    </details>
  );
}
