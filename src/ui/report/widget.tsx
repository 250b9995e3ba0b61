import type { Message } from '@lumino/messaging';

import type { Told } from '../../contract';
import type { Telling } from '../../tokens';
import * as React from '../react';
import { reconstIcon } from '../icons';
import { Panel } from '../parts/panel';
import type { IOpeningOptions } from '../parts/props';
import { save } from '../parts/save';
import { IWish, Report } from './body';

/** Milliseconds after the last key until the report is written anew. */
const PAUSE = 300;

export interface IReportOptions extends IOpeningOptions {
  readonly about: Telling;
}

/** A report for engineers on one turn, highlight or article; a tab of the main area. */
export class ReportWidget extends Panel<IReportOptions> {
  constructor(options: IReportOptions) {
    super(options);
    const about = Object.values(options.about).join('-');
    this.id = `reconst-report-${about}`;
    this.addClass('jp-reconst-page');
    this.title.icon = reconstIcon;
    this.title.label = options.trans.__('Report');
    this.title.closable = true;
    this.#key = `report:${about}`;
    this.#wish = { expected: options.drafts.get(this.#key), words: '', without: [], format: 'md' };
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    void this.#tell();
  }

  protected render(): JSX.Element {
    const { reconst, trans } = this.options;
    return (
      <Report
        told={this.#shown?.[1] ?? null}
        wish={this.#wish}
        trans={trans}
        onWish={patch => this.#change(patch)}
        onSave={() => {
          // What is shown, also where a wish is still on its way.
          const [about, { file }] = this.#shown!;
          void reconst.telling.report(about).then(text => text !== null && save(text, 'text/plain', file));
        }}
        onCopy={() => navigator.clipboard.writeText(this.#shown?.[1].text ?? '')}
      />
    );
  }

  get #about(): Telling {
    const { words, ...wish } = this.#wish;
    const more = words.split('\n').filter(word => word.trim());
    return { ...this.options.about, ...wish, words: more, without: [...wish.without] } as Telling;
  }

  #change(patch: Partial<IWish>): void {
    this.#wish = { ...this.#wish, ...patch };
    this.options.drafts.set(this.#key, this.#wish.expected);
    this.update();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tell(), 'expected' in patch || 'words' in patch ? PAUSE : 0);
  }

  /** Write it anew; what a later wish has overtaken is not shown. */
  async #tell(): Promise<void> {
    const wish = this.#wish;
    const about = this.#about;
    const told = await this.options.reconst.telling.tell(about);
    if (told && wish === this.#wish) {
      this.#shown = [about, told];
      this.update();
    }
  }

  readonly #key: string;
  #wish: IWish;
  #shown: [Telling, Told] | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
}
