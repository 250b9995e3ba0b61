import type { INotebookDocument } from '../tokens';
import { IContext } from './context';

/** Several people in one notebook: who else is there, and what they are told of this page. Alone, nothing is said. */
export class Attending {
  readonly #context: Pick<IContext, 'store'>;
  readonly #left: () => void;

  /** `left` is called when somebody has gone. */
  constructor(context: Pick<IContext, 'store'>, left: () => void) {
    this.#context = context;
    this.#left = left;
    context.store.changed.connect(() => this.#tell());
  }

  /** Another notebook is looked at. */
  attend(document: INotebookDocument | null): void {
    if (document !== this.#document) {
      this.#document?.look(null);
      this.#document = document;
      document?.presentChanged.connect(this.#changed, this);
    }
    this.#at = null;
    this.#context.store.update({ present: document?.present ?? [] });
  }

  look(at: string | null): void {
    this.#at = at;
    this.#tell();
  }

  /** The card stands before everything else. */
  #tell(): void {
    this.#document?.look(this.#context.store.value.card?.annotations[0]?.id ?? this.#at);
  }

  #changed(document: INotebookDocument): void {
    if (document === this.#document) {
      const before = this.#context.store.value.present.length;
      this.#context.store.update({ present: document.present });
      if (document.present.length < before) {
        this.#left();
      }
    }
  }

  #document: INotebookDocument | null = null;
  #at: string | null = null;
}
