/** Characters that draw nothing, spelled out, so that what is read is what would be sent. Pure. */

/** Format, control, private, unassigned and surrogate characters, and those that draw nothing by default. */
const INVISIBLE =
  /[\p{Cf}\p{Cc}\p{Co}\p{Cn}\p{Cs}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0\u{E0000}-\u{E0FFF}]/u;
const PLAIN = new Set(['\n', '\t']);
const JOINS = new Set(['\u200D', '\uFE0F']);

/** A stretch of text, or one hidden character by its code point. */
export interface ISpelled {
  readonly text: string;
  readonly hidden: boolean;
}

/** The text in stretches; both raw hidden characters and the server's ⟦U+…⟧ become hidden ones. */
export function spell(text: string): ISpelled[] {
  const found: { text: string; hidden: boolean }[] = [];
  const add = (piece: string, hidden: boolean) => {
    const last = found[found.length - 1];
    if (last && !last.hidden && !hidden) {
      last.text += piece;
    } else {
      found.push({ text: piece, hidden });
    }
  };
  for (const part of text.split(/(⟦U\+[0-9A-F]{4,6}⟧)/u)) {
    if (/^⟦U\+[0-9A-F]{4,6}⟧$/u.test(part)) {
      add(part, true);
      continue;
    }
    let before = '';
    for (const char of part) {
      const joins = JOINS.has(char) && /\p{Extended_Pictographic}/u.test(before);
      if (INVISIBLE.test(char) && !PLAIN.has(char) && !joins) {
        const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
        add(`⟦U+${code}⟧`, true);
      } else {
        add(char, false);
      }
      before = char;
    }
  }
  return found;
}

/** The same as one text. */
export function spelt(text: string): string {
  return spell(text)
    .map(part => part.text)
    .join('');
}

/** What hidden tag characters spell in plain letters; empty where they spell nothing. */
export function decode(text: string): string {
  return spell(text)
    .filter(part => part.hidden)
    .map(part => parseInt(part.text.slice(3, -1), 16) - 0xe0000)
    .filter(code => code >= 0x20 && code <= 0x7e)
    .map(code => String.fromCharCode(code))
    .join('');
}
