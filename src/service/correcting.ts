import type { Annotation, Source, Target } from '../contract';
import type { ICard, INotebookDocument, ISelection } from '../tokens';
import { Candidates } from './candidates';
import { IContext, complain, notebookOf, opened, patchCard, problemOf, tell } from './context';

const NO_CARD = {
  candidates: [],
  disagrees: null,
  proposals: [],
  picked: null,
  chosen: null,
  amendment: null,
  draft: null,
  busy: false,
  cost: null,
  saved: false,
  problem: null
};

/** Steps 2 and 3: highlight words, and say what they should have been. */
export class Correcting {
  readonly #context: IContext;

  constructor(context: IContext) {
    this.#context = context;
    this.#candidates = new Candidates(context);
  }

  async highlight(selection: ISelection): Promise<void> {
    const document = opened(this.#context);
    if (document) {
      await this.#open(document, this.#annotation(selection.target, 'highlighting'), selection, 'correct');
    }
  }

  async reopen(annotation: Annotation, step: 'correct' | 'amend' = 'correct'): Promise<void> {
    const document = opened(this.#context);
    if (document) {
      // Words that nothing was said about are not in the notebook yet: their card knows where they are.
      const selection = this.#cardOf(annotation.id)?.selection ?? document.reveal(annotation.id);
      await this.#open(document, annotation, selection, step);
    }
  }

  async keep(selection: ISelection): Promise<void> {
    const document = opened(this.#context);
    if (!document) {
      return;
    }
    const { store, trans } = this.#context;
    const annotation = this.#annotation(selection.target, 'assessing');
    const value = trans.__('Keep doing this.');
    const body = { type: 'TextualBody' as const, purpose: 'assessing' as const, value, source: PERSON };
    try {
      const { undo } = await this.#save(document, { ...annotation, body: [body] }, selection.reading);
      tell(store, trans.__('Kept: an example of what to keep doing.'), { label: trans.__('Undo'), run: undo });
    } catch (error) {
      complain(store, error);
    }
  }

  pick(slot: number): void {
    const candidate = this.#card?.candidates.find(c => c.slot === slot && c.status === 'ready');
    if (candidate) {
      patchCard(this.#context.store, { picked: slot, own: '', saved: false });
    }
  }

  write(own: string): void {
    const card = this.#card;
    const { drafts, store } = this.#context;
    if (card) {
      drafts.set(this.#draftKey(card.annotations[0]), own);
      patchCard(store, { own, picked: null, saved: false });
    }
  }

  /** Stop one candidate, or all that are not there yet. */
  stop(slot?: number): void {
    this.#candidates.stop(slot);
  }

  /** Keep the picked or written correction; true once the server has committed it. */
  async save(): Promise<boolean> {
    const card = this.#card;
    const document = this.#context.notebooks.current;
    const picked = card?.candidates.find(c => c.slot === card.picked);
    const value = card?.own.trim() || picked?.text || '';
    if (!card || !document || !value) {
      return card?.saved ?? false;
    }
    if (card.saved) {
      return true;
    }
    const { drafts, store, trans } = this.#context;
    const source = picked ? picked.source : PERSON;
    const why = picked?.why
      ? [{ type: 'TextualBody' as const, purpose: 'describing' as const, value: picked.why, source }]
      : [];
    const before = card.annotations[0];
    const annotation: Annotation = {
      ...before,
      motivation: 'editing',
      modified: new Date().toISOString(),
      body: [{ type: 'TextualBody', purpose: 'editing', value, source }, ...why]
    };
    const key = this.#draftKey(annotation);
    const typed = drafts.get(key);
    patchCard(store, { busy: true, problem: null });
    try {
      const { kept, undo } = await this.#save(document, annotation, card.selection?.reading ?? '');
      // What was typed or picked meanwhile is not saved.
      if (drafts.get(key) === typed) {
        drafts.set(key, '');
      }
      const now = this.#cardOf(before.id);
      if (now) {
        const saved = now.own === card.own && now.picked === card.picked;
        patchCard(store, { busy: false, saved, annotations: [kept, ...now.annotations.slice(1)] });
      }
      const run = (): void => {
        undo();
        if (this.#cardOf(before.id)) {
          patchCard(store, { saved: false, annotations: [before, ...card.annotations.slice(1)] });
        }
      };
      tell(store, trans.__('Saved.'), { label: trans.__('Undo'), run });
      return true;
    } catch (error) {
      if (this.#cardOf(before.id)) {
        patchCard(store, { busy: false, problem: problemOf(error) });
      } else {
        complain(store, error);
      }
      return false;
    }
  }

  /** Put an annotation whose words were lost at another place; until it is kept there it stays where it is. */
  async place(annotation: Annotation, target: Target): Promise<void> {
    const document = opened(this.#context);
    if (document) {
      try {
        await this.#save(document, { ...annotation, target, modified: new Date().toISOString() }, '');
      } catch (error) {
        complain(this.#context.store, error);
      }
    }
  }

  /** Keep it as a note that asks for no rule: the notebook says so, for as long as it carries the note. */
  note(annotation: Annotation): void {
    const document = opened(this.#context);
    if (document) {
      const { store, trans } = this.#context;
      const written = document.annotate({
        ...annotation,
        motivation: 'commenting',
        modified: new Date().toISOString()
      });
      tell(store, trans.__('Kept as a note.'), { label: trans.__('Undo'), run: () => written.dispose() });
    }
  }

  async discard(annotation: string): Promise<void> {
    const document = opened(this.#context);
    if (document) {
      const removed = document.unannotate(annotation);
      tell(this.#context.store, this.#context.trans.__('Set aside.'), {
        label: this.#context.trans.__('Undo'),
        run: () => removed.dispose()
      });
    }
  }

  close(): void {
    this.#candidates.leave();
    this.#context.notebooks.current?.activate(null);
    this.#context.store.update({ card: null });
    this.#context.notebooks.current?.focus();
  }

  async #open(
    document: INotebookDocument,
    annotation: Annotation,
    selection: ISelection | null,
    step: 'correct' | 'amend'
  ): Promise<void> {
    this.#candidates.leave();
    const { store, drafts } = this.#context;
    const said = annotation.body.find(b => b.purpose === 'editing')?.value ?? '';
    const own = drafts.get(this.#draftKey(annotation)) || said;
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
      await this.#candidates.look(document, annotation, selection?.reading ?? '');
    }
  }

  /** In the journal first, then in the notebook; with what takes it out of the notebook again. */
  async #save(
    document: INotebookDocument,
    annotation: Annotation,
    reading: string
  ): Promise<{ kept: Annotation; undo: () => void }> {
    const request = { path: document.path, annotation, reading };
    const kept = await this.#context.client.call<Annotation>('highlight', request);
    const written = document.annotate(kept);
    return { kept, undo: () => written.dispose() };
  }

  #annotation(target: Target, motivation: Annotation['motivation']): Annotation {
    return {
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      type: 'Annotation',
      id: this.#context.id(),
      motivation,
      body: [],
      target,
      created: new Date().toISOString(),
      modified: null,
      creator: { type: 'Person', name: this.#context.store.value.status?.person.name ?? '' }
    };
  }

  /** Where a draft is kept: the same words in the same place of the same notebook find it again. */
  #draftKey({ target }: Annotation): string {
    const { cell, output, part, selector } = target;
    const words = selector.map(s => ('exact' in s ? s.exact : s.start));
    return JSON.stringify([notebookOf(this.#context), cell, output, part, words]);
  }

  get #card(): ICard | null {
    return this.#context.store.value.card;
  }

  /** The open card, if it is about this annotation. */
  #cardOf(annotation: string): ICard | null {
    return this.#card?.annotations[0].id === annotation ? this.#card : null;
  }

  readonly #candidates: Candidates;
}

const PERSON: Source = { by: 'person', name: '' };
