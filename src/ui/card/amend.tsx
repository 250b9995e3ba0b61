import type { Amendment } from '../../contract';
import type { ICard, IProposal } from '../../tokens';
import * as React from '../react';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import { Choice } from '../parts/choice';
import { Fold } from '../parts/fold';
import type { TranslationBundle } from '../parts/props';
import { unsourced } from '../parts/source';
import { estimateOf, saidOf, short } from '../parts/words';
import type { ICardProps } from './props';
import { Quoted } from './correct';
import { Proposal, deedOf } from './proposals';
import { Trouble } from './trouble';
import { Wording } from './wording';

/** Why there is nothing to preview yet; empty where there is. */
export function unready({ amendment, draft }: ICard, trans: TranslationBundle): string {
  return amendment?.action === 'repeal'
    ? ''
    : draft?.then.trim()
      ? unsourced(draft, trans)
      : trans.__('Choose an amendment or write your own');
}

/** Step 3: which rule would have caught it. */
export function AmendStep(props: ICardProps & { list: React.Ref<HTMLDivElement> }): JSX.Element {
  const { card, trans, quoted, inForce } = props;
  const number = new Map(card.proposals.map((p, index) => [p.slot, index]));
  // A row that one has begun to write in stays where it is, whatever its trial shows later.
  const begun = React.useRef(new Set<number>());
  card.proposals
    .filter(p => p.slot === card.chosen && p.trial.status !== 'rejected')
    .forEach(p => begun.current.add(p.slot));
  const aside = (p: IProposal) => p.trial.status === 'rejected' && !begun.current.has(p.slot);
  const rejected = card.proposals.filter(aside);
  const open = card.proposals.filter(p => !aside(p));
  const left = card.chosen === null ? card.amendment : null;
  const own = left?.source.by === 'person';
  const draw = (proposal: IProposal) => (
    <Proposal
      key={proposal.slot}
      proposal={proposal}
      index={number.get(proposal.slot) ?? 0}
      chosen={card.chosen === proposal.slot}
      draft={card.draft}
      inForce={inForce}
      trans={trans}
      onChoose={props.onChoose}
      onReword={props.onReword}
      onSent={props.onSent}
    />
  );
  const corrections = card.annotations.length;
  return (
    <>
      <div cl="body">
        {quoted && <Quoted {...props} />}
        <p cl="from">
          {corrections > 1
            ? trans._n('From %1 correction', 'From %1 corrections', corrections)
            : trans.__('Corrected to: %1', short(saidOf(card.annotations[0]), 160))}
        </p>
        <p cl="read">
          <b>{card.fact ? trans.__('What is so?') : trans.__('Which rule would have caught this?')}</b>{' '}
          <Choice
            label={trans.__('What the correction is about')}
            value={card.fact ? 'fact' : 'rule'}
            options={[
              { value: 'rule', label: trans.__('How to work') },
              { value: 'fact', label: trans.__('This fact') }
            ]}
            onChange={about => props.onFact(about === 'fact')}
          />
        </p>
        <div
          ref={props.list}
          cl="opts"
          role="radiogroup"
          tabIndex={0}
          aria-label={trans.__('Candidate amendments')}
          aria-busy={card.busy || undefined}
          aria-activedescendant={card.chosen === null ? undefined : `reconst-proposal-${card.chosen}`}
          data-reconst-list=""
        >
          {open.map(draw)}
          {card.proposals.length === 0 && card.busy && <Waiting {...props} />}
          {rejected.length > 0 && (
            <Fold
              look="folded"
              title={
                <>
                  {trans._n('%1 set aside after its trial', '%1 set aside after their trials', rejected.length)}
                  <span cl="muted">{short(rejected[0].trial.why, 60)}</span>
                </>
              }
            >
              {rejected.map(draw)}
            </Fold>
          )}
          {left && <Left {...props} left={left} />}
        </div>
        <Trouble {...props} />
      </div>
      <footer>
        <Button flush onPress={props.onBack}>
          {trans.__('Back')}
        </Button>
        {!own && (
          <Button icon="pen" onPress={() => props.onChoose(null)}>
            {trans.__('Write my own')}
          </Button>
        )}
        <span cl="sp" />
        <span cl="muted">{cost(props)}</span>
        <Button kind="primary" notYet={unready(card, trans) || undefined} onPress={props.onPreview}>
          {trans.__('Preview')} <kbd>Ctrl+Enter</kbd>
        </Button>
      </footer>
    </>
  );
}

/** What no candidate of the list says: words of one's own, or what one left off with. */
function Left(props: ICardProps & { left: Amendment }): JSX.Element {
  const { card, left, inForce, trans } = props;
  const own = left.source.by === 'person';
  const [icon, deed] = deedOf(left, inForce, trans);
  const article = inForce?.constitution.articles.find(a => a.id === left.article) ?? null;
  return (
    <div cl="opt on" role="none">
      <Icon name="pen" />
      <div>
        <div cl="t" role="radio" aria-checked={true} id="reconst-proposal-own">
          <b>{own ? trans.__('Your own') : trans.__('As you left it')}</b>
          {!own && (
            <span cl="kind">
              <Icon name={icon} />
              {deed}
            </span>
          )}
        </div>
        {card.draft && (
          <Wording
            draft={card.draft}
            reach={own ? null : left.reach}
            before={article}
            titled={own}
            trans={trans}
            onReword={props.onReword}
          />
        )}
      </div>
    </div>
  );
}

function cost({ card, estimate, trans }: ICardProps): string {
  return unready(card, trans) || (estimate ? estimateOf(estimate, trans) : '');
}

function Waiting({ trans }: ICardProps): JSX.Element {
  return (
    <div cl="opt wait" role="none">
      <kbd aria-hidden="true">1</kbd>
      <div>
        <div role="radio" aria-checked={false} aria-disabled={true} aria-label={trans.__('Amendment 1, not ready')}>
          <span cl="skel" aria-hidden="true" />
          <span cl="skel brief" aria-hidden="true" />
        </div>
        <p cl="src">{trans.__('looking for rules that would have caught this')}</p>
      </div>
    </div>
  );
}
