import React from 'react';

import type { IBox, INotebooks, ISelection, ISentences } from '../../tokens';
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
    this._sentences = sentences;
    this._at = sentences.select(first?.start ?? 0, first?.end ?? sentences.text.length);
    this.unplace();
    this.update();
    this.showAt(this.box());
  }

  protected box(): IBox | null {
    return this._at?.box() ?? null;
  }

  protected render(): JSX.Element | null {
    const { reconst, notebooks, trans } = this.options;
    const sentences = this._sentences;
    if (!sentences) {
      return null;
    }
    const take = (selection: ISelection) => {
      this._leave();
      void reconst.highlight(selection);
    };
    return (
      <Sentences
        key={this._opened(sentences)}
        sentences={sentences}
        trans={trans}
        onTake={(start, end) => take(sentences.select(start, end))}
        onKeep={(start, end) => {
          this._leave();
          notebooks.current?.focus();
          void reconst.keep(sentences.select(start, end));
        }}
        onMissing={at => take(sentences.select(at, at))}
        onWhole={() => take(sentences.whole())}
        onOther={() => this.open(sentences.other())}
        onClose={() => {
          this._leave();
          notebooks.current?.focus();
        }}
      />
    );
  }

  private _leave(): void {
    this._sentences = null;
    this._at = null;
    this.hide();
  }

  /** A new key for every time it opens, so that it starts at the first sentence. */
  private _opened(sentences: ISentences): number {
    if (sentences !== this._shown) {
      this._shown = sentences;
      this._count++;
    }
    return this._count;
  }

  private _sentences: ISentences | null = null;
  private _shown: ISentences | null = null;
  private _at: ISelection | null = null;
  private _count = 0;
}
