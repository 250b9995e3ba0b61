import type { Annotation, CorrectEvent, Source, Target } from '../contract';
import type { ICandidate, ICard, INotebookDocument, ISelection } from '../tokens';
import { IContext, complain, opened, problemOf, tell } from './context';

const NO_CARD = {
  candidates: [],
  disagrees: null,
  proposals: [],
  picked: null,
  chosen: null,
  draft: null,
  busy: false,
  cost: null,
  saved: false,
  problem: null
};

/** Steps 2 and 3: highlight words, and say what they should have been. */
export class Correcting {
  constructor(private readonly _context: IContext) {}

  async highlight(selection: ISelection): Promise<void> {
    const document = opened(this._context);
    if (document) {
      await this._open(document, this._annotation(selection.target, 'highlighting'), selection, 'correct');
    }
  }

  async reopen(annotation: Annotation, step: 'correct' | 'amend' = 'correct'): Promise<void> {
    const document = opened(this._context);
    if (document) {
      await this._open(document, annotation, document.reveal(annotation.id), step);
    }
  }

  async keep(selection: ISelection): Promise<void> {
    const document = opened(this._context);
    if (!document) {
      return;
    }
    const annotation = this._annotation(selection.target, 'assessing');
    const body = {
      type: 'TextualBody' as const,
      purpose: 'assessing' as const,
      value: this._context.trans.__('Keep doing this.'),
      source: PERSON
    };
    try {
      await this._save(document, { ...annotation, body: [body] }, selection.reading);
      tell(
        this._context.store,
        this._context.trans.__('Kept: an example of what to keep doing.'),
        this._undo(document, annotation.id)
      );
    } catch (error) {
      complain(this._context.store, error);
    }
  }

  pick(slot: number): void {
    const candidate = this._card?.candidates.find(c => c.slot === slot && c.status === 'ready');
    if (candidate) {
      this._update({ picked: slot, own: '', saved: false });
    }
  }

  write(own: string): void {
    const card = this._card;
    if (card) {
      this._context.drafts.set(draftKey(this._context.store.value.path, card.annotations[0]), own);
      this._update({ own, picked: null, saved: false });
    }
  }

  async stop(slot?: number): Promise<void> {
    if (slot === undefined || this._card?.candidates.filter(c => c.status === 'writing').length === 1) {
      this._abort.abort();
    }
    const { trans } = this._context;
    const remedy = trans.__('Write your own, or open the words again.');
    const problem = { code: 'cancelled', message: trans.__('Stopped.'), remedy };
    for (const candidate of this._card?.candidates ?? []) {
      if ((slot === undefined || candidate.slot === slot) && candidate.status !== 'ready') {
        this._candidate(candidate.slot, { status: 'failed', problem });
      }
    }
  }

  /** Keep the picked or written correction; true once the server has committed it. */
  async save(): Promise<boolean> {
    const card = this._card;
    const document = this._context.notebooks.current;
    const picked = card?.candidates.find(c => c.slot === card.picked);
    const value = card?.own.trim() || picked?.text || '';
    if (!card || !document || !value) {
      return card?.saved ?? false;
    }
    if (card.saved) {
      return true;
    }
    const source = picked ? picked.source : PERSON;
    const why = picked?.why
      ? [{ type: 'TextualBody' as const, purpose: 'describing' as const, value: picked.why, source }]
      : [];
    const annotation: Annotation = {
      ...card.annotations[0],
      motivation: 'editing',
      modified: new Date().toISOString(),
      body: [{ type: 'TextualBody', purpose: 'editing', value, source }, ...why]
    };
    this._update({ busy: true, problem: null });
    try {
      const kept = await this._save(document, annotation, card.selection?.reading ?? '');
      this._context.drafts.set(draftKey(document.path, annotation), '');
      this._update({ busy: false, saved: true, annotations: [kept, ...card.annotations.slice(1)] });
      tell(this._context.store, this._context.trans.__('Saved.'), this._undo(document, annotation.id));
      return true;
    } catch (error) {
      this._update({ busy: false, problem: problemOf(error) });
      return false;
    }
  }

  /** Put an annotation whose words were lost at another place. */
  async place(annotation: Annotation, target: Target): Promise<void> {
    const document = opened(this._context);
    if (document) {
      try {
        document.unannotate(annotation.id);
        await this._save(document, { ...annotation, target, modified: new Date().toISOString() }, '');
      } catch (error) {
        complain(this._context.store, error);
      }
    }
  }

  async discard(annotation: string): Promise<void> {
    const document = opened(this._context);
    if (document) {
      const removed = document.unannotate(annotation);
      tell(this._context.store, this._context.trans.__('Set aside.'), {
        label: this._context.trans.__('Undo'),
        run: () => removed.dispose()
      });
    }
  }

  close(): void {
    this._abort.abort();
    this._context.notebooks.current?.activate(null);
    this._context.store.update({ card: null });
    this._context.notebooks.current?.focus();
  }

  private async _open(
    document: INotebookDocument,
    annotation: Annotation,
    selection: ISelection | null,
    step: 'correct' | 'amend'
  ): Promise<void> {
    this._abort.abort();
    const { store, drafts } = this._context;
    const said = annotation.body.find(b => b.purpose === 'editing')?.value ?? '';
    const own = drafts.get(draftKey(document.path, annotation)) || said;
    const card: ICard = {
      ...NO_CARD,
      step,
      selection,
      annotations: [annotation],
      own,
      saved: own !== '' && own === said
    };
    store.update({ card, announcement: '' });
    document.activate(annotation.target);
    if (step === 'correct') {
      await this._candidates(document, annotation, selection?.reading ?? '');
    }
  }

  private async _candidates(document: INotebookDocument, annotation: Annotation, reading: string): Promise<void> {
    const abort = (this._abort = new AbortController());
    const request = { id: this._context.id(), path: document.path, annotation, reading };
    this._update({ busy: true });
    try {
      for await (const event of this._context.client.stream<CorrectEvent>('correct', request, abort.signal)) {
        if (abort.signal.aborted) {
          return;
        }
        this._take(event);
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this._update({ problem: problemOf(error) });
      }
    } finally {
      if (!abort.signal.aborted) {
        this._update({ busy: false });
      }
    }
  }

  private _take(event: CorrectEvent): void {
    switch (event.type) {
      case 'slot':
        this._candidate(event.slot, { source: event.source, failure: event.failure });
        break;
      case 'text':
        this._candidate(event.slot, c => ({ status: 'writing', text: c.text + event.text }));
        break;
      case 'waiting':
        this._candidate(event.slot, { seconds: event.seconds });
        break;
      case 'candidate': {
        const { slot, text, source, failure, why } = event;
        this._candidate(slot, { status: 'ready', text, source, failure, why });
        this._context.store.update({ announcement: this._context.trans.__('Candidate %1 ready', slot + 1) });
        break;
      }
      case 'disagrees':
        this._update({ disagrees: event });
        break;
      case 'failed':
        if (typeof event.slot === 'number') {
          this._candidate(event.slot, { status: 'failed', problem: event.problem });
        } else {
          this._update({ problem: event.problem });
        }
        break;
      case 'finished':
        this._update({ cost: event.cost });
    }
  }

  private _candidate(
    slot: number,
    patch: Partial<ICandidate> | ((candidate: ICandidate) => Partial<ICandidate>)
  ): void {
    const candidates = [...(this._card?.candidates ?? [])];
    let at = candidates.findIndex(c => c.slot === slot);
    if (at < 0) {
      at = candidates.push({ ...WAITING, slot }) - 1;
    }
    candidates[at] = { ...candidates[at], ...(typeof patch === 'function' ? patch(candidates[at]) : patch) };
    this._update({ candidates });
  }

  private async _save(document: INotebookDocument, annotation: Annotation, reading: string): Promise<Annotation> {
    const request = { path: document.path, annotation, reading };
    const kept = await this._context.client.call<Annotation>('highlight', request);
    document.annotate(kept);
    return kept;
  }

  private _undo(document: INotebookDocument, id: string): { label: string; run: () => void } {
    return { label: this._context.trans.__('Undo'), run: () => void document.unannotate(id) };
  }

  private _annotation(target: Target, motivation: Annotation['motivation']): Annotation {
    return {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      id: this._context.id(),
      motivation,
      body: [],
      target,
      created: new Date().toISOString(),
      modified: null,
      creator: { type: 'Person', name: this._context.store.value.status?.person.name ?? '' }
    };
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

const PERSON: Source = { by: 'person', name: '' };

const WAITING: ICandidate = {
  slot: 0,
  source: { by: 'model', name: '' },
  status: 'waiting',
  text: '',
  failure: '',
  why: '',
  seconds: 0,
  problem: null
};

/** Where a draft is kept: the same words in the same place find it again. */
function draftKey(path: string | null, annotation: Annotation): string {
  const { cell, output, part, selector } = annotation.target;
  return JSON.stringify([path, cell, output, part, selector.map(s => ('exact' in s ? s.exact : s.start))]);
}
