import type { Amendment, Draft, InForce } from '../../contract';
import type { IProposal } from '../../tokens';
import * as React from '../react';
import { Icon, IconName } from '../icons';
import { Diff, pieces } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { WhatWasSent } from '../parts/sent';
import { numberOf, short } from '../parts/words';
import { Wording } from './wording';

export interface IProposalProps {
  readonly proposal: IProposal;
  readonly index: number;
  readonly chosen: boolean;
  readonly draft: Draft | null;
  readonly inForce: InForce | null;
  readonly trans: TranslationBundle;
  readonly onChoose: (slot: number) => void;
  readonly onReword: (draft: Partial<Draft>) => void;
  readonly onSent: (call: string) => void;
}

/** A candidate is offered once its trial has ended, whatever it showed. */
export function offered({ amendment, trial }: IProposal): boolean {
  return amendment !== null && trial.status !== 'waiting' && trial.status !== 'running';
}

/** What an amendment would do to the constitution, with its icon. */
export function deedOf(amendment: Amendment, inForce: InForce | null, trans: TranslationBundle): [IconName, string] {
  const number = numberOf(inForce, amendment.article);
  switch (amendment.action) {
    case 'add':
      return ['plus', trans.__('Adds article %1', (inForce?.constitution.articles.length ?? 0) + 1)];
    case 'revise':
      return ['pen', trans.__('Revises article %1', number || '?')];
    case 'repeal':
      return ['minus', trans.__('Repeals article %1', number || '?')];
  }
}

/** One candidate amendment. The chosen one opens its wording; the others show what they would change. */
export function Proposal(props: IProposalProps): JSX.Element {
  const { proposal, index, chosen, inForce, trans } = props;
  const { amendment } = proposal;
  if (!amendment || !(offered(proposal) || chosen)) {
    return <Unready {...props} />;
  }
  const article = inForce?.constitution.articles.find(a => a.id === amendment.article) ?? null;
  const [icon, deed] = deedOf(amendment, inForce, trans);
  const title = amendment.draft?.title || article?.title || short(amendment.draft?.then ?? '', 60);
  const kind = amendment.draft?.kind === 'knowledge' ? trans.__('a fact') : trans.__('how to work');
  return (
    <div className={chosen ? 'jp-reconst-opt jp-reconst-on' : 'jp-reconst-opt'} role="none">
      <kbd aria-hidden="true">{index + 1}</kbd>
      <div>
        <div
          id={`reconst-proposal-${proposal.slot}`}
          cl="t"
          role="radio"
          aria-checked={chosen}
          onClick={() => props.onChoose(proposal.slot)}
        >
          <b>{title}</b>
          <span cl="kind">
            <Icon name={icon} />
            {amendment.action === 'add' ? `${deed} · ${kind}` : deed}
          </span>
        </div>
        {chosen && props.draft && amendment.action !== 'repeal' ? (
          <Wording
            draft={props.draft}
            reach={amendment.reach}
            before={article}
            trans={trans}
            onReword={props.onReword}
          />
        ) : (
          <Gist amendment={amendment} before={article} trans={trans} />
        )}
        <Tried proposal={proposal} trans={trans} />
        <WhatWasSent call={proposal.call} trans={trans} onSent={props.onSent} />
      </div>
    </div>
  );
}

/** What an amendment that is not chosen says, in a line or two. */
function Gist(props: { amendment: Amendment; before: Draft | null; trans: TranslationBundle }): JSX.Element | null {
  const { amendment, before, trans } = props;
  const { draft } = amendment;
  if (amendment.action === 'repeal') {
    const why = amendment.note || draft?.why;
    return why ? <p>{`${trans.__('Why:')} ${why}`}</p> : null;
  }
  if (!draft) {
    return null;
  }
  if (before) {
    const when = before.when === draft.when ? null : pieces(before.when, draft.when);
    const then = before.then === draft.then ? null : pieces(before.then, draft.then);
    return (
      <>
        {when && (
          <p>
            {trans.__('When:')} <Diff pieces={when} trans={trans} />
          </p>
        )}
        {then && (
          <p>
            {trans.__('Then:')} <Diff pieces={then} trans={trans} />
          </p>
        )}
      </>
    );
  }
  return (
    <p cl="clamp">
      {`${trans.__('When:')} ${draft.when}. `}
      {`${trans.__('Then:')} ${draft.then}`}
    </p>
  );
}

/** What its trial on the highlighted words showed. */
function Tried({ proposal, trans }: { proposal: IProposal; trans: TranslationBundle }): JSX.Element | null {
  const { status, why } = proposal.trial;
  const [icon, tone, text]: [IconName, 'good' | 'warn' | undefined, string] = {
    waiting: ['clock', undefined, trans.__('Not tried yet')] as [IconName, undefined, string],
    running: ['clock', undefined, trans.__('Trying it on your highlighted words')] as [IconName, undefined, string],
    passed: ['done', 'good', trans.__('Tried on your highlighted words: it fires, and the reply changes.')] as [
      IconName,
      'good',
      string
    ],
    rejected: ['warn', 'warn', trans.__('Its trial failed')] as [IconName, 'warn', string],
    untested: ['warn', 'warn', trans.__('It could not be tried')] as [IconName, 'warn', string]
  }[status];
  const said = status === 'passed' && why ? why : why ? `${text}: ${why}` : text;
  return (
    <p cl="tried">
      <Icon name={icon} tone={tone} />
      <span>{said}</span>
    </p>
  );
}

/** A place for a candidate that is being written, or tried. */
function Unready({ proposal, index, trans }: IProposalProps): JSX.Element {
  const { problem, amendment } = proposal;
  const seconds = Math.round(proposal.seconds);
  const doing = amendment
    ? trans.__('being tried on your highlighted words')
    : seconds > 0
      ? trans.__('writing, %1 s', seconds)
      : trans.__('waiting');
  return (
    <div cl="opt wait" role="none">
      <kbd aria-hidden="true">{index + 1}</kbd>
      <div>
        <div
          role="radio"
          aria-checked={false}
          aria-disabled={true}
          aria-label={trans.__('Amendment %1, not ready', index + 1)}
        >
          {!problem && <span cl="skel" aria-hidden="true" />}
          {!problem && <span cl="skel brief" aria-hidden="true" />}
        </div>
        <p cl="src">
          <span>
            <Icon name={problem ? 'warn' : 'model'} tone={problem ? 'warn' : undefined} />{' '}
            {problem ? problem.message : doing}
          </span>
        </p>
      </div>
    </div>
  );
}
