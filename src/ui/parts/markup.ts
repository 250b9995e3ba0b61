/** HTML for a file that somebody else opens: whatever is put into it is text, unless it was made here. Pure. */

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that no reader of HTML takes for anything else, in an element or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, found => ENTITIES[found]);
}

/** Finished HTML. Only `markup` makes it. */
export class Markup {
  private constructor(readonly text: string) {}

  /** A template whose values are escaped; finished HTML, and lists of it, stay as they are. */
  static of(parts: TemplateStringsArray, ...values: readonly (string | number | Markup | readonly Markup[])[]): Markup {
    const one = (value: unknown) => (value instanceof Markup ? value.text : escaped(String(value)));
    const told = values.map(value => (Array.isArray(value) ? value.map(one).join('') : one(value)));
    return new Markup(parts.map((part, at) => part + (told[at] ?? '')).join(''));
  }
}

export const markup = Markup.of;
