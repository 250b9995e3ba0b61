import React from 'react';

import type { ICard, IProposal } from '../../tokens';
import { Icon } from '../icons';
import { Button } from '../parts/button';
import { dollars, saidOf, short } from '../parts/words';
import type { ICardProps } from './props';
import { Quoted } from './correct';
import { Proposal } from './proposals';
import { Trouble } from './trouble';
import { Wording } from './wording';

/** Whether there is something to preview. */
export function previewable(card: ICard): boolean {
  const chosen = card.proposals.find(p => p.slot === card.chosen)?.amendment;
  return chosen?.action === 'repeal' || !!card.draft?.then.trim();
}

/** Step 3: which rule would have caught it. */
export function AmendStep(props: ICardProps & { list: React.Ref<HTMLDivElement> }): JSX.Element {
  const { card, trans, quoted, inForce } = props;
  const number = new Map(card.proposals.map((p, index) => [p.slot, index]));
  const rejected = card.proposals.filter(p => p.trial.status === 'rejected');
  const open = card.proposals.filter(p => p.trial.status !== 'rejected');
  const own = card.chosen === null && card.draft !== null;
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
    />
  );
  const corrections = card.annotations.length;
  return (
    <>
      <div className="jp-reconst-body">
        {quoted && <Quoted {...props} />}
        <p className="jp-reconst-from">
          {corrections > 1
            ? trans._n('From %1 correction', 'From %1 corrections', corrections)
            : trans.__('Corrected to: %1', short(saidOf(card.annotations[0]), 160))}
        </p>
        <p className="jp-reconst-read">
          <b>{trans.__('Which rule would have caught this?')}</b>
        </p>
        <div
          ref={props.list}
          className="jp-reconst-opts"
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
            <details className="jp-reconst-folded">
              <summary>
                <Icon name="right" />
                {trans._n('%1 set aside after its trial', '%1 set aside after their trials', rejected.length)}
                <span className="jp-reconst-muted">{short(rejected[0].trial.why, 60)}</span>
              </summary>
              {rejected.map(draw)}
            </details>
          )}
          {own && card.draft && (
            <div className="jp-reconst-opt jp-reconst-on" role="none">
              <Icon name="pen" />
              <div>
                <div className="jp-reconst-t" role="radio" aria-checked={true} id="reconst-proposal-own">
                  <b>{trans.__('Your own')}</b>
                </div>
                <Wording draft={card.draft} reach={null} before={null} titled trans={trans} onReword={props.onReword} />
              </div>
            </div>
          )}
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
        <span className="jp-reconst-sp" />
        <span className="jp-reconst-muted jp-reconst-num">{cost(props)}</span>
        <Button
          kind="primary"
          notYet={previewable(card) ? undefined : trans.__('Choose an amendment or write your own')}
          onPress={props.onPreview}
        >
          {trans.__('Preview')} <kbd>Ctrl+Enter</kbd>
        </Button>
      </footer>
    </>
  );
}

function cost({ card, estimate, trans }: ICardProps): string {
  if (!previewable(card)) {
    return trans.__('choose one first');
  }
  if (!estimate) {
    return '';
  }
  const probes = trans._n('%1 probe', '%1 probes', estimate.probes);
  return estimate.cost === null ? probes : `${probes}, ${trans.__('about %1', dollars(estimate.cost))}`;
}

function Waiting({ trans }: ICardProps): JSX.Element {
  return (
    <div className="jp-reconst-opt jp-reconst-wait" role="none">
      <kbd aria-hidden="true">1</kbd>
      <div>
        <div role="radio" aria-checked={false} aria-disabled={true} aria-label={trans.__('Amendment 1, not ready')}>
          <span className="jp-reconst-skel" aria-hidden="true" />
          <span className="jp-reconst-skel jp-reconst-brief" aria-hidden="true" />
        </div>
        <p className="jp-reconst-src">{trans.__('looking for rules that would have caught this')}</p>
      </div>
    </div>
  );
}
