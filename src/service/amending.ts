import type { Amendment, Annotation, Draft, ProposeEvent } from '../contract';
import type { ICard, IProposal } from '../tokens';
import { IContext, opened, patchCard, problemOf } from './context';
import { Wordings } from './wordings';

const BLANK: Draft = { title: '', when: '', then: '', why: '', kind: 'process', always: true, enabled: true };

/** Step 4: from one or several corrections to the wording of a rule. */
export class Amending {
  constructor(private readonly _context: IContext) {
    this._wordings = new Wordings(_context.drafts);
  }

  async amend(annotations?: readonly Annotation[]): Promise<void> {
    const document = opened(this._context);
    const about = annotations ?? this._card?.annotations ?? [];
    if (!document || about.length === 0) {
      return;
    }
    this.stop();
    const { store } = this._context;
    const before = this._card?.annotations[0].id === about[0].id ? this._card : null;
    const { last } = this._wordings.of(about[0].id);
    const selection = before?.selection ?? document.reveal(about[0].id);
    const card: ICard = {
      step: 'amend',
      selection,
      annotations: about,
      own: before?.own ?? '',
      picked: before?.picked ?? null,
      candidates: before?.candidates ?? [],
      disagrees: null,
      proposals: [],
      chosen: null,
      // What was worded before the page was left comes back as what it was: a revision stays one.
      amendment: last,
      draft: last?.draft ? { ...BLANK, ...last.draft } : null,
      busy: true,
      cost: null,
      saved: before?.saved ?? true,
      problem: null
    };
    this._reworded.clear();
    store.update({ card, announcement: this._context.trans.__('Looking for rules that would have caught this') });
    document.activate(about[0].target);
    const abort = (this._abort = new AbortController());
    const request = {
      id: this._context.id(),
      path: document.path,
      annotations: about,
      reading: selection?.reading ?? ''
    };
    try {
      for await (const event of this._context.client.stream<ProposeEvent>('propose', request, abort.signal)) {
        if (abort.signal.aborted) {
          return;
        }
        this._take(event);
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this._update({ problem: problemOf(error) });
      }
    }
    if (!abort.signal.aborted) {
      this._update({ busy: false });
    }
  }

  /** Choose a proposal that has been tried, or none to write one's own. What was written elsewhere on the card stays. */
  choose(slot: number | null): void {
    const proposal = this._card?.proposals.find(p => p.slot === slot);
    if (slot === null) {
      const amendment = this._own();
      this._update({ chosen: null, amendment, draft: { ...BLANK, ...amendment.draft } });
    } else if (proposal?.amendment && tested(proposal)) {
      const { amendment } = proposal;
      this._update({ chosen: slot, amendment, draft: this._reworded.get(slot) ?? amendment.draft });
    }
  }

  reword(draft: Partial<Draft>): void {
    const card = this._card;
    if (!card) {
      return;
    }
    const amendment = card.amendment ?? this._own();
    const next = { ...BLANK, ...card.draft, ...draft };
    this._update({ amendment, draft: next });
    if (card.chosen !== null) {
      this._reworded.set(card.chosen, next);
    }
    this._wordings.keep(card.annotations[0].id, { ...amendment, draft: next });
  }

  back(): void {
    this.stop();
    this._update({ step: 'correct', busy: false });
  }

  stop(): void {
    this._abort.abort();
  }

  /** The amendment that the card amounts to, or null while it has no wording. */
  get amendment(): Amendment | null {
    const card = this._card;
    if (!card?.amendment) {
      return null;
    }
    const annotations = card.annotations.map(a => a.id);
    if (card.amendment.action === 'repeal') {
      return { ...card.amendment, annotations };
    }
    if (!card.draft?.then.trim()) {
      return null;
    }
    const draft = { ...card.draft, title: card.draft.title.trim() || titleOf(card.draft.then) };
    return { ...card.amendment, draft, annotations };
  }

  private _take(event: ProposeEvent): void {
    switch (event.type) {
      case 'slot':
        this._proposal(event.slot, { source: event.source });
        break;
      case 'waiting':
        this._proposal(event.slot, { seconds: event.seconds });
        break;
      case 'proposal': {
        const { slot, amendment, trial } = event;
        this._proposal(slot, { amendment, trial, source: amendment.source });
        if (this._card?.amendment === null && trial.status === 'passed') {
          this.choose(slot);
        }
        break;
      }
      case 'failed':
        if (typeof event.slot === 'number') {
          this._proposal(event.slot, { problem: event.problem });
        } else {
          this._update({ problem: event.problem });
        }
        break;
      case 'finished':
        this._update({ cost: event.cost, busy: false });
    }
  }

  private _proposal(slot: number, patch: Partial<IProposal>): void {
    const proposals = [...(this._card?.proposals ?? [])];
    let at = proposals.findIndex(p => p.slot === slot);
    if (at < 0) {
      at = proposals.push({ ...WAITING, slot }) - 1;
    }
    proposals[at] = { ...proposals[at], ...patch };
    this._update({ proposals });
  }

  /** Words of one's own: those that were written before, or none yet. */
  private _own(): Amendment {
    const kept = this._card ? this._wordings.of(this._card.annotations[0].id).own : null;
    return kept ?? { ...OWN, id: this._context.id() };
  }

  private get _card(): ICard | null {
    return this._context.store.value.card;
  }

  private _update(patch: Partial<ICard>): void {
    patchCard(this._context.store, patch);
  }

  private readonly _wordings: Wordings;
  /** How proposals of this card were reworded, by slot. */
  private readonly _reworded = new Map<number, Draft>();
  private _abort = new AbortController();
}

const OWN: Omit<Amendment, 'id'> = {
  action: 'add',
  article: null,
  base: null,
  draft: null,
  order: null,
  reach: 'kind',
  source: { by: 'person', name: '' },
  annotations: [],
  note: ''
};

const WAITING: IProposal = {
  slot: 0,
  source: { by: 'model', name: '' },
  amendment: null,
  trial: { status: 'waiting', fires: null, moved: null, why: '' },
  seconds: 0,
  problem: null
};

/** A candidate is offered once its trial has ended, whatever it showed. */
function tested({ trial }: IProposal): boolean {
  return trial.status !== 'waiting' && trial.status !== 'running';
}

/** A title for a rule that its author did not name. */
function titleOf(then: string): string {
  const first = then.trim().split(/[.;\n]/, 1)[0];
  return first.length > 80 ? `${first.slice(0, 79).trimEnd()}…` : first;
}
