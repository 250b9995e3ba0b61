/**
 * Highlights on the page, with the CSS Custom Highlight API: the page itself is not touched, but for an attribute on
 * formulas (MathJax draws them from style sheets, where no highlight reaches) and on outputs that are meant as a whole.
 *
 * Ranges are static: they cost nothing when the page changes and are good again when a hidden output comes back.
 */

/** open: to be corrected. corrected: has a correction. settled: an article came of it. active: being worked on. */
export type Paint = 'settled' | 'corrected' | 'open' | 'active';

const ORDER: readonly Paint[] = ['settled', 'corrected', 'open', 'active'];
const NAME = 'reconst-';

/** What is painted for one annotation. */
export interface IMark {
  readonly paint: Paint;
  readonly ranges: readonly StaticRange[];
  readonly formulas: readonly Element[];
  readonly whole: Element | null;
}

interface IPainted {
  readonly ranges: readonly (readonly [Paint, StaticRange])[];
  readonly elements: readonly Element[];
}

/** One for the page: notebooks share the registries. An owner is painted and erased as one. */
export class Painter {
  /** Paint an owner's marks in place of those that it had. */
  paint(owner: object, marks: readonly IMark[]): void {
    this.erase(owner);
    if (marks.length === 0) {
      return;
    }
    const ranges: [Paint, StaticRange][] = [];
    const elements: Element[] = [];
    for (const mark of [...marks].sort((a, b) => ORDER.indexOf(a.paint) - ORDER.indexOf(b.paint))) {
      for (const range of mark.ranges) {
        this.#registry(mark.paint)?.add(range);
        ranges.push([mark.paint, range]);
      }
      for (const formula of mark.formulas) {
        formula.setAttribute('data-reconst-mark', mark.paint);
        elements.push(formula);
      }
      if (mark.whole) {
        mark.whole.setAttribute('data-reconst-whole', mark.paint);
        elements.push(mark.whole);
      }
    }
    this.#painted.set(owner, { ranges, elements });
  }

  erase(owner: object): void {
    const painted = this.#painted.get(owner);
    painted?.ranges.forEach(([paint, range]) => this.#registry(paint)?.delete(range));
    for (const element of painted?.elements ?? []) {
      element.removeAttribute('data-reconst-mark');
      element.removeAttribute('data-reconst-whole');
    }
    this.#painted.delete(owner);
  }

  #registry(paint: Paint): Highlight | null {
    if (typeof Highlight === 'undefined' || !('highlights' in CSS)) {
      return null;
    }
    let registry = CSS.highlights.get(NAME + paint);
    if (!registry) {
      registry = new Highlight();
      registry.priority = ORDER.indexOf(paint);
      CSS.highlights.set(NAME + paint, registry);
    }
    return registry;
  }

  readonly #painted = new WeakMap<object, IPainted>();
}
