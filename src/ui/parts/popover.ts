import type { Message } from '@lumino/messaging';

import type { IBox } from '../../tokens';
import { Panel } from './panel';
import { place } from './place';
import type { IPanelOptions } from './props';

/** Lower than this there is nothing in it yet. */
const MINIMUM = 16;

/** A panel that floats at words of the page, and stays with them. Attach it to the document's body. */
export abstract class Popover<T extends IPanelOptions = IPanelOptions> extends Panel<T> {
  constructor(options: T) {
    super(options);
    this.addClass('jp-reconst-popover');
    this.hide();
  }

  /** Which edge meets the words. */
  protected abstract readonly align: 'start' | 'end';

  /** Where the words are now; null while they are out of sight. */
  protected abstract box(): IBox | null;

  /** What to do while the words are out of sight: hide, or stay where it was. */
  protected readonly stays: boolean = false;

  /** Show it at a place, and follow the words from there. */
  showAt(box: IBox | null): void {
    this.#last = box ?? this.#last;
    this.show();
    this.#soon();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    document.addEventListener('scroll', this.#soon, { capture: true, passive: true });
    window.addEventListener('resize', this.#soon);
    this.#sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(this.#soon);
    this.#sizes?.observe(this.node);
  }

  protected override onBeforeDetach(msg: Message): void {
    document.removeEventListener('scroll', this.#soon, { capture: true });
    window.removeEventListener('resize', this.#soon);
    this.#sizes?.disconnect();
    cancelAnimationFrame(this.#frame);
    super.onBeforeDetach(msg);
  }

  /** Look where the words are at the next frame. */
  protected readonly follow = (): void => this.#soon();

  readonly #soon = (): void => {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (this.isVisible) {
        this.#move();
      }
    });
  };

  #move(): void {
    const box = this.box();
    this.node.classList.toggle('jp-reconst-away', box === null && !this.stays);
    this.#last = box ?? this.#last;
    // Drawn a moment after it is shown: it can take the focus before it is seen in its place.
    this.node.classList.toggle('jp-reconst-unplaced', this.node.offsetHeight < MINIMUM);
    const view = { width: window.innerWidth, height: window.innerHeight };
    const size = { width: this.node.offsetWidth, height: this.node.offsetHeight };
    const middle = { left: (view.width - size.width) / 2, top: 60, right: view.width / 2, bottom: 60 };
    const { left, top } = place(this.#last ?? middle, size, view, this.align);
    this.node.style.left = `${Math.round(left)}px`;
    this.node.style.top = `${Math.round(top)}px`;
  }

  /** Forget where it was. */
  protected unplace(): void {
    this.#last = null;
  }

  #last: IBox | null = null;
  #frame = 0;
  #sizes: ResizeObserver | null = null;
}
