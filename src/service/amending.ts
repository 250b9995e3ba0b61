import type { Amendment, Annotation, Draft, ProposeEvent } from '../contract';
import type { ICard, IProposal } from '../tokens';
import { IContext, opened, problemOf } from './context';

const BLANK: Draft = { title: '', when: '', then: '', why: '', kind: 'process', always: true, enabled: true };

/** Step 4: from one or several corrections to the wording of a rule. */
export class Amending {
  constructor(private readonly _context: IContext) {}

  async amend(annotations?: readonly Annotation[]): Promise<void> {
    const document = opened(this._context);
    const about = annotations ?? this._card?.annotations ?? [];
    if (!document || about.length === 0) {
      return;
    }
    this.stop();
    const { store, drafts } = this._context;
    const before = this._card;
    const typed = read(drafts.get(draftKey(about[0])));
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
      // What was typed before the page was left comes back as own words.
      draft: typed && { ...BLANK, ...typed },
      busy: true,
      cost: null,
      saved: before?.saved ?? true,
      problem: null
    };
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

  /** Choose a proposal, or none to write one's own. */
  choose(slot: number | null): void {
    const amendment = this._card?.proposals.find(p => p.slot === slot)?.amendment;
    if (slot === null) {
      this._update({
        chosen: null,
        draft: { ...BLANK, ...read(this._context.drafts.get(draftKey(this._card?.annotations[0]))) }
      });
    } else if (amendment) {
      this._update({ chosen: slot, draft: amendment.draft ?? null });
    }
  }

  reword(draft: Partial<Draft>): void {
    const next = { ...BLANK, ...this._card?.draft, ...draft };
    this._update({ draft: next });
    const about = this._card?.annotations[0];
    if (about) {
      this._context.drafts.set(draftKey(about), JSON.stringify(next));
    }
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
    const base = card?.proposals.find(p => p.slot === card.chosen)?.amendment ?? null;
    const annotations = card?.annotations.map(a => a.id) ?? [];
    if (base?.action === 'repeal') {
      return { ...base, annotations };
    }
    if (!card?.draft?.then.trim()) {
      return null;
    }
    const draft = { ...card.draft, title: card.draft.title.trim() || titleOf(card.draft.then) };
    if (base) {
      return { ...base, draft, annotations };
    }
    return { ...OWN, id: this._context.id(), draft, annotations };
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
        const card = this._card;
        if (card && card.draft === null && card.chosen === null && trial.status === 'passed') {
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

  private get _card(): ICard | null {
    return this._context.store.value.card;
  }

  private _update(patch: Partial<ICard>): void {
    const { store } = this._context;
    if (store.value.card) {
      store.update({ card: { ...store.value.card, ...patch } });
    }
  }

  private _abort = new AbortController();
}

const OWN: Omit<Amendment, 'id' | 'draft'> = {
  action: 'add',
  article: null,
  base: null,
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

/** Where the wording of a rule is kept until it is ratified: with the correction that it comes from. */
export function draftKey(annotation: Annotation | undefined): string {
  return JSON.stringify(['amend', annotation?.id]);
}

function read(text: string): Partial<Draft> | null {
  try {
    return JSON.parse(text) as Partial<Draft>;
  } catch {
    return null;
  }
}

/** A title for a rule that its author did not name. */
function titleOf(then: string): string {
  const first = then.trim().split(/[.;\n]/, 1)[0];
  return first.length > 80 ? `${first.slice(0, 79).trimEnd()}…` : first;
}
