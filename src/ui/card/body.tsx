import * as React from '../react';
import { AmendStep, unready } from './amend';
import { CorrectStep } from './correct';
import { IWhere, actOf } from './keys';
import { offered } from './proposals';
import type { ICardProps } from './props';
import { Steps } from './steps';

/** The card: one highlight, from what is wrong to which rule would have caught it. */
export function Card(props: ICardProps): JSX.Element {
  const { card, trans } = props;
  const root = React.useRef<HTMLDivElement>(null);
  const list = React.useRef<HTMLDivElement>(null);
  const own = React.useRef<HTMLTextAreaElement>(null);

  // The list has the focus when a step opens, or as soon as there is one while nothing was written; nothing takes the
  // focus away from the person later.
  const before = React.useRef({ about: '', listed: false });
  const about = `${card.step}:${card.annotations[0]?.id}`;
  const listed = card.step === 'correct' ? card.candidates.length > 0 : card.proposals.length > 0;
  // Until rows come the card itself has it, so that a digit pressed too soon is no word.
  const waits = card.step === 'correct' && !listed && card.busy && card.own === '';
  React.useLayoutEffect(() => {
    const was = before.current;
    before.current = { about, listed };
    const inside = root.current?.contains(document.activeElement) && document.activeElement !== root.current;
    if (was.about !== about) {
      (list.current ?? (waits ? null : own.current) ?? root.current)?.focus({ preventScroll: true });
    } else if (!listed && !waits && document.activeElement === root.current) {
      own.current?.focus({ preventScroll: true });
    } else if (listed && !was.listed && (!inside || (document.activeElement === own.current && card.own === ''))) {
      list.current?.focus({ preventScroll: true });
    }
  });
  const saved = React.useRef(card.saved);
  React.useEffect(() => {
    if (card.saved && !saved.current && card.step === 'correct') {
      root.current?.querySelector<HTMLElement>('footer .jp-reconst-primary')?.focus({ preventScroll: true });
    }
    saved.current = card.saved;
  }, [card.saved, card.step]);

  const sayable = card.saved || card.own.trim() !== '' || card.picked !== null;
  const onKeyDown = (event: React.KeyboardEvent): unknown => {
    const act = actOf({ ...pick(event), isComposing: event.nativeEvent.isComposing }, where(event));
    if (act.do === 'pass') {
      return undefined;
    }
    // Never let the notebook see a key that was meant for the card.
    event.stopPropagation();
    if (act.do !== 'own') {
      event.preventDefault();
    }
    switch (act.do) {
      case 'pick':
        return card.step === 'correct' ? props.onPick(act.slot) : props.onChoose(act.slot);
      case 'own':
        return own.current?.focus();
      case 'save':
        return card.saved ? props.onClose() : sayable && props.onSave();
      case 'next':
        return card.step === 'correct' ? sayable && props.onNext() : !unready(card, trans) && props.onPreview();
      case 'close':
        return props.onClose();
      case 'tab':
        return tab(root.current, act.back);
    }
    return undefined;
  };

  const where = (event: React.KeyboardEvent): IWhere => {
    const target = event.target as HTMLElement;
    const text = target.matches('textarea, input');
    const focus =
      target === own.current ? 'own' : text ? 'text' : inList(target) || target === root.current ? 'list' : 'other';
    if (card.step === 'correct') {
      const ready = card.candidates.filter(c => c.status === 'ready').map(c => c.slot);
      return {
        step: 'correct',
        focus,
        slots: card.candidates.map(c => c.slot),
        ready: new Set(ready),
        coming: card.busy,
        picked: card.picked
      };
    }
    const ready = card.proposals.filter(p => offered(p) || p.slot === card.chosen).map(p => p.slot);
    return {
      step: 'amend',
      focus,
      slots: card.proposals.map(p => p.slot),
      ready: new Set(ready),
      coming: card.busy,
      picked: card.chosen
    };
  };

  const label =
    card.step === 'correct' ? trans.__('Correct the highlighted words') : trans.__('Amend the constitution');
  return (
    <div ref={root} cl="cardbox" role="dialog" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      <Steps at={card.step === 'correct' ? 1 : 2} onClose={props.onClose} trans={trans} />
      {card.step === 'correct' ? (
        <CorrectStep {...props} list={list} own={own} />
      ) : (
        <AmendStep {...props} list={list} />
      )}
    </div>
  );
}

function pick({ key, ctrlKey, metaKey, altKey, shiftKey }: React.KeyboardEvent) {
  return { key, ctrlKey, metaKey, altKey, shiftKey };
}

function inList(target: HTMLElement): boolean {
  return target.hasAttribute('data-reconst-list') || target.getAttribute('role') === 'radio';
}

const TABBABLE = 'button, textarea, input, select, summary, [tabindex="0"]';

/** Keep the focus on the card. The list comes first, then the box for one's own words, then the rest as it stands. */
function tab(root: HTMLElement | null, back: boolean): void {
  const found = Array.from(root?.querySelectorAll<HTMLElement>(TABBABLE) ?? []);
  const stops = found.filter(e => e.tabIndex >= 0 && !e.hasAttribute('disabled') && !folded(e));
  const first = stops.findIndex(e => e.hasAttribute('data-reconst-list'));
  if (first > 0) {
    const list = stops.splice(first, 1)[0];
    const own = stops.findIndex(e => e.matches('textarea'));
    const rest = own < 0 ? [] : stops.splice(own, 1);
    stops.unshift(list, ...rest);
  }
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const box = first < 0 && at < 0 && !back ? stops.find(e => e.matches('textarea')) : undefined;
  (box ?? stops[(at + (back ? -1 : 1) + stops.length) % stops.length])?.focus();
}

function folded(element: HTMLElement): boolean {
  const details = element.closest('details:not([open])');
  return details !== null && element.tagName !== 'SUMMARY';
}
