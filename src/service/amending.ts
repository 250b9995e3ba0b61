import type { Amendment, Annotation, Draft, ProposeEvent } from '../contract';
import type { ICard, IProposal } from '../tokens';
import { IContext, opened, patchCard, problemOf } from './context';
import { Wordings } from './wordings';

const BLANK: Draft = {
  title: '',
  when: '',
  then: '',
  why: '',
  source: '',
  kind: 'process',
  always: true,
  enabled: true
};

const FACT: Draft = { ...BLANK, kind: 'knowledge', always: false };

/** Step 4: from one or several corrections to the wording of a rule. */
export class Amending {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
    this.#wordings = new Wordings(context.drafts);
  }

  async amend(annotations?: readonly Annotation[], fact?: boolean): Promise<void> {
    const document = opened(this.#context);
    const about = annotations ?? this.#card?.annotations ?? [];
    if (!document || about.length === 0) {
      return;
    }
    this.stop();
    const { store } = this.#context;
    const before = this.#card?.annotations[0].id === about[0].id ? this.#card : null;
    const asks = fact ?? before?.fact ?? false;
    const { last } = this.#wordings.of(about[0].id, asks);
    const selection = before?.selection ?? document.reveal(about[0].id);
    const card: ICard = {
      step: 'amend',
      selection,
      annotations: about,
      own: before?.own ?? '',
      picked: before?.picked ?? null,
      candidates: before?.candidates ?? [],
      disagrees: null,
      fact: asks,
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
    this.#reworded.clear();
    store.update({ card, announcement: this.#context.trans.__('Looking for rules that would have caught this') });
    document.activate(about[0].target);
    const abort = (this.#abort = new AbortController());
    const request = {
      id: this.#context.id(),
      path: document.path,
      annotations: about,
      reading: selection?.reading ?? '',
      kind: asks ? 'knowledge' : 'process'
    };
    try {
      for await (const event of this.#context.client.stream<ProposeEvent>('propose', request, abort.signal)) {
        if (abort.signal.aborted) {
          return;
        }
        this.#take(event);
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this.#update({ problem: problemOf(error) });
      }
    }
    if (!abort.signal.aborted) {
      this.#update({ busy: false });
    }
  }

  /** Choose a proposal that has been tried, or none to write one's own. What was written elsewhere on the card stays. */
  choose(slot: number | null): void {
    const proposal = this.#card?.proposals.find(p => p.slot === slot);
    if (slot === null) {
      const amendment = this.#own();
      const blank = this.#card?.fact ? FACT : BLANK;
      this.#update({ chosen: null, amendment, draft: { ...blank, ...amendment.draft } });
    } else if (proposal?.amendment && tested(proposal)) {
      const { amendment } = proposal;
      this.#update({ chosen: slot, amendment, draft: this.#reworded.get(slot) ?? amendment.draft });
    }
  }

  reword(draft: Partial<Draft>): void {
    const card = this.#card;
    if (!card) {
      return;
    }
    const amendment = card.amendment ?? this.#own();
    const next = { ...(card.fact ? FACT : BLANK), ...card.draft, ...draft };
    this.#update({ amendment, draft: next });
    if (card.chosen !== null) {
      this.#reworded.set(card.chosen, next);
    }
    this.#wordings.keep(card.annotations[0].id, { ...amendment, draft: next });
  }

  back(): void {
    this.stop();
    this.#update({ step: 'correct', busy: false });
  }

  stop(): void {
    this.#abort.abort();
  }

  /** The amendment that the card amounts to, or null while it has no wording. */
  get amendment(): Amendment | null {
    const card = this.#card;
    if (!card?.amendment) {
      return null;
    }
    const annotations = card.annotations.map(a => a.id);
    if (card.amendment.action === 'repeal') {
      return { ...card.amendment, annotations };
    }
    if (!card.draft?.then.trim() || (card.draft.kind === 'knowledge' && !card.draft.source.trim())) {
      return null;
    }
    const draft = { ...card.draft, title: card.draft.title.trim() || titleOf(card.draft.then) };
    return { ...card.amendment, draft, annotations };
  }

  #take(event: ProposeEvent): void {
    switch (event.type) {
      case 'slot':
        this.#proposal(event.slot, { source: event.source });
        break;
      case 'waiting':
        this.#proposal(event.slot, { seconds: event.seconds });
        break;
      case 'proposal': {
        const { slot, amendment, trial, call } = event;
        this.#proposal(slot, { amendment, trial, call, source: amendment.source });
        if (this.#card?.amendment === null && trial.status === 'passed') {
          this.choose(slot);
        }
        break;
      }
      case 'failed':
        if (typeof event.slot === 'number') {
          this.#proposal(event.slot, { problem: event.problem });
        } else {
          this.#update({ problem: event.problem });
        }
        break;
      case 'finished':
        this.#update({ cost: event.cost, busy: false });
    }
  }

  #proposal(slot: number, patch: Partial<IProposal>): void {
    const proposals = [...(this.#card?.proposals ?? [])];
    let at = proposals.findIndex(p => p.slot === slot);
    if (at < 0) {
      at = proposals.push({ ...WAITING, slot }) - 1;
    }
    proposals[at] = { ...proposals[at], ...patch };
    this.#update({ proposals });
  }

  /** Words of one's own: those that were written before, or none yet. */
  #own(): Amendment {
    const kept = this.#card ? this.#wordings.of(this.#card.annotations[0].id, this.#card.fact).own : null;
    return kept ?? { ...OWN, id: this.#context.id() };
  }

  get #card(): ICard | null {
    return this.#context.store.value.card;
  }

  #update(patch: Partial<ICard>): void {
    patchCard(this.#context.store, patch);
  }

  readonly #wordings: Wordings;
  /** How proposals of this card were reworded, by slot. */
  readonly #reworded = new Map<number, Draft>();
  #abort = new AbortController();
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
