import type { IBox, INotebooks, ISelection, ISentences } from '../../tokens';
import * as React from '../react';
import { Popover } from '../parts/popover';
import type { IPanelOptions } from '../parts/props';
import { Sentences } from './body';

export interface ISentencesOptions extends IPanelOptions {
  readonly notebooks: INotebooks;
}

/** Mark mode: floats at the output that it lists. Attach it to the document's body. */
export class SentencesWidget extends Popover<ISentencesOptions> {
  constructor(options: ISentencesOptions) {
    super(options);
    this.addClass('jp-reconst-sentences');
    this.node.dataset.lmSuppressShortcuts = 'true';
  }

  protected readonly align = 'start';
  protected override readonly stays = true;

  /** List the sentences of an output. */
  open(sentences: ISentences): void {
    const [first] = sentences.sentences;
    this.#sentences = sentences;
    this.#at = sentences.select(first?.start ?? 0, first?.end ?? sentences.text.length);
    this.unplace();
    this.update();
    this.showAt(this.box());
  }

  protected box(): IBox | null {
    return this.#at?.box() ?? null;
  }

  protected render(): JSX.Element | null {
    const { reconst, notebooks, trans } = this.options;
    const sentences = this.#sentences;
    if (!sentences) {
      return null;
    }
    const take = (selection: ISelection) => {
      this.#leave();
      void reconst.highlight(selection);
    };
    return (
      <Sentences
        key={this.#opened(sentences)}
        sentences={sentences}
        trans={trans}
        onTake={(start, end) => take(sentences.select(start, end))}
        onKeep={(start, end) => {
          this.#leave();
          notebooks.current?.focus();
          void reconst.keep(sentences.select(start, end));
        }}
        onMissing={at => take(sentences.select(at, at))}
        onWhole={() => take(sentences.whole())}
        onOther={() => this.open(sentences.other())}
        onClose={() => {
          this.#leave();
          notebooks.current?.focus();
        }}
      />
    );
  }

  #leave(): void {
    this.#sentences = null;
    this.#at = null;
    this.hide();
  }

  /** A new key for every time it opens, so that it starts at the first sentence. */
  #opened(sentences: ISentences): number {
    if (sentences !== this.#shown) {
      this.#shown = sentences;
      this.#count++;
    }
    return this.#count;
  }

  #sentences: ISentences | null = null;
  #shown: ISentences | null = null;
  #at: ISelection | null = null;
  #count = 0;
}
