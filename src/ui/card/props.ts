import type { Draft, Estimate, InForce } from '../../contract';
import type { ICard, IPresent } from '../../tokens';
import type { TranslationBundle } from '../parts/props';

/** What the card shows, and what it asks for. */
export interface ICardProps {
  readonly card: ICard;
  readonly inForce: InForce | null;
  readonly present: readonly IPresent[];
  readonly trans: TranslationBundle;
  /** Show the words here: they cannot be seen in the notebook now. */
  readonly quoted: boolean;
  /** What a preview would take, where that is known. */
  readonly estimate: Pick<Estimate, 'probes' | 'calls' | 'cost'> | null;
  readonly onPick: (slot: number) => void;
  readonly onWrite: (own: string) => void;
  readonly onStop: (slot: number) => void;
  readonly onRetry: () => void;
  readonly onConnect: () => void;
  readonly onSave: () => void;
  readonly onNext: () => void;
  /** Ask for what is so, or for how to work. */
  readonly onFact: (fact: boolean) => void;
  readonly onChoose: (slot: number | null) => void;
  readonly onReword: (draft: Partial<Draft>) => void;
  readonly onBack: () => void;
  readonly onPreview: () => void;
  readonly onClose: () => void;
  /** Open what a model was sent for a candidate. */
  readonly onSent: (call: string) => void;
}
