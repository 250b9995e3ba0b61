/**
 * A reply in a cell's output: inert Markdown with formulas, and a line that says where it came from.
 *
 * While a reply grows only its last block is drawn again, so that the lines above stay where they are and highlights keep
 * their nodes. Nothing is fetched: what could point outside is text before it reaches the host's Markdown.
 */
import { renderMarkdown } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import type { Given, TurnRecord } from '../contract';
import { blocks } from './blocks';
import { inert } from './inert';
import { answers, questionOf } from './question';
import { linkMarks } from './traces';
import { turnLine } from './turnline';

export const TURN_MIME = 'application/vnd.reconst.turn+json';

export interface IReplyOptions {
  readonly trans: TranslationBundle;
  /** Ask the cell that holds this element anew. */
  readonly again: (element: HTMLElement) => void;
  /** Open the menu of acts on a turn, below its button. What an output calls its turn is only a claim. */
  readonly more: (anchor: HTMLElement, turn: string) => void;
  /** Ask a turn once more without an article. */
  readonly without: (element: HTMLElement, turn: string, article: string) => void;
  /** Say what is known of the references of a turn. */
  readonly references: (element: HTMLElement, turn: string) => void;
  /** Open a fact or a passage that a turn was given. */
  readonly open: (turn: string, given: Given) => void;
  /** Answer what the cell that holds this element asks. */
  readonly answer: (element: HTMLElement, text: string) => void;
  /** What the turn of that cell continues, where it is not plain to see. */
  readonly thread: (element: HTMLElement) => string;
  /** What was typed and not sent yet. */
  readonly drafts: { get(key: string): string; set(key: string, text: string): void };
}

/** The renderer's factory; before the Markdown that the same output carries for readers without us. */
export function replyFactory(options: IReplyOptions): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [TURN_MIME],
    defaultRank: 0,
    createRenderer: host => new Reply(host, options)
  };
}

interface IBlock {
  readonly source: string;
  readonly node: HTMLElement;
}

class Reply extends Widget implements IRenderMime.IRenderer {
  readonly #host: IRenderMime.IRendererOptions;
  readonly #options: IReplyOptions;

  constructor(host: IRenderMime.IRendererOptions, options: IReplyOptions) {
    super();
    this.#host = host;
    this.#options = options;
    this.addClass('jp-reconst-reply');
    this.#body.className = 'jp-RenderedHTMLCommon jp-RenderedMarkdown jp-reconst-words';
    this.node.append(this.#body, this.#line);
  }

  /** Draw the newest record; a drawing under way is followed by one more, however many have come meanwhile. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.#record = model.data[TURN_MIME] as unknown as TurnRecord;
    this.#drawing ??= this.#draw().finally(() => (this.#drawing = null));
    await this.#drawing;
  }

  async #draw(): Promise<void> {
    let drawn: TurnRecord | null = null;
    while (this.#record && this.#record !== drawn && !this.isDisposed) {
      drawn = this.#record;
      this.#tell(drawn);
      await this.#write(blocks(inert(questionOf(drawn)?.text ?? String(drawn.reply ?? ''))));
      linkMarks(this.#body, drawn, this.#options.trans);
    }
  }

  #tell(record: TurnRecord): void {
    const open = this.#line.querySelector('details')?.open ?? false;
    const { trans, again, more, without, references, open: opened } = this.#options;
    const line = turnLine(record, trans, {
      again: () => again(this.node),
      more: anchor => more(anchor, String(record.turn)),
      without: article => without(this.node, String(record.turn), article),
      references: () => references(this.node, String(record.turn)),
      open: given => opened(String(record.turn), given)
    });
    line.querySelector('details')?.toggleAttribute('open', open);
    line.querySelector('.jp-reconst-thread')!.textContent = this.#options.thread(this.node);
    this.#line.replaceWith(line);
    this.#line = line;
    this.#ask(record);
    this.toggleClass('jp-mod-streaming', record.status === 'streaming');
  }

  /** A question that has just come takes the keyboard from the notebook, so that one key answers it; from no field. */
  #ask(record: TurnRecord): void {
    const { trans, answer, drafts } = this.#options;
    const question = questionOf(record);
    const key = `answer:${record.turn}`;
    this.#answers?.remove();
    this.#answers =
      question &&
      answers(question, {
        trans,
        draft: drafts.get(key),
        keep: text => drafts.set(key, text),
        answer: text => {
          drafts.set(key, '');
          answer(this.node, text);
        }
      });
    if (this.#answers) {
      this.#line.before(this.#answers);
      const at = document.activeElement;
      if (
        this.hasClass('jp-mod-streaming') &&
        at?.closest('.jp-Notebook') &&
        !at.closest('input, textarea, .cm-content')
      ) {
        this.#answers.focus();
      }
    }
  }

  /** Keep the blocks that have not changed; draw the others where they stand. */
  async #write(sources: readonly string[]): Promise<void> {
    const kept = sources.findIndex((source, i) => this.#blocks[i]?.source !== source);
    const from = kept < 0 ? sources.length : kept;
    for (let i = from; i < sources.length; i++) {
      const node = await this.#block(sources[i]);
      const old = this.#blocks[i]?.node;
      if (old) {
        old.replaceWith(node);
      } else {
        this.#body.append(node);
      }
      this.#blocks[i] = { source: sources[i], node };
    }
    this.#blocks.splice(sources.length).forEach(block => block.node.remove());
  }

  /** One block, drawn out of sight and whole, so that nothing half-done is seen and nothing jumps. */
  async #block(source: string): Promise<HTMLElement> {
    const node = document.createElement('div');
    node.className = 'jp-reconst-block';
    const { sanitizer, latexTypesetter, markdownParser } = this.#host;
    await renderMarkdown({
      host: node,
      source,
      trusted: false,
      sanitizer,
      resolver: null,
      linkHandler: null,
      shouldTypeset: true,
      latexTypesetter,
      markdownParser: markdownParser ?? null
    });
    return node;
  }

  readonly #body = document.createElement('div');
  #line: HTMLElement = document.createElement('div');
  #answers: HTMLElement | null = null;
  readonly #blocks: IBlock[] = [];
  #record: TurnRecord | null = null;
  #drawing: Promise<void> | null = null;
}
