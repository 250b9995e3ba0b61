/**
 * A reply as Markdown that fetches nothing and links nowhere: images, links and HTML become visible text.
 *
 * No Markdown parser is trusted to see the text as we do. Code blocks are written anew with a fence that nothing inside
 * can close; everywhere else what could start an image, a link, an address or a tag is spelled so that it cannot, in
 * code spans and formulas too (see `ACTIVE`). Brackets of formulas become dollars, other dollars stay dollars.
 * `core/markdown.py` is the same program; `tests/data/inert.json` holds both to it.
 */

/** What must not be left outside code blocks: the starts of images and links, addresses, and tags. */
export const ACTIVE = /\]\(|\]:|<(?!\/?code>)[A-Za-z/!?]|:\/\/|www\.|@(?! )/i;

/** Macros that load, link, style, or change what other formulas mean. */
const MACROS =
  'href|url|require|includegraphics|style|class|cssId|data|bbox|mmlToken|def|gdef|edef|let|futurelet|' +
  'newcommand|renewcommand|providecommand|newenvironment|renewenvironment|DeclareMathOperator';
const MACRO = new RegExp(`^\\\\(?:${MACROS})(?![A-Za-z])`);
const IN_CODE = new RegExp(
  `\\]\\(|\\]:|<[A-Za-z/!?]|://|www\\.|@|\\||\\\\(?:${MACROS})(?![A-Za-z])|\\\\begin\\{|\\\\\\\\[([]`,
  'i'
);

const FENCE = /^[ \t]*(`{3,}|~{3,})[ \t]*([^`]*)$/;
const LANGUAGE = /^[A-Za-z0-9+#.-]{1,20}/;
const OPENS = /\\begin\{|\\\\[([]/;
const BLANK = /(\n[ \t]*\n)/;

/** The reply as inert Markdown. */
export function inert(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const parts: string[] = [];
  let prose: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const fence = FENCE.exec(lines[i]);
    if (!fence) {
      prose.push(lines[i]);
      continue;
    }
    parts.push(...apart(prosaic(prose), prose.join('\n')));
    prose = [];
    const code: string[] = [];
    const indent = lines[i].length - lines[i].replace(/^[ \t]+/, '').length;
    for (i++; i < lines.length && !closes(lines[i], fence[1]); i++) {
      code.push(unindented(lines[i], indent));
    }
    parts.push(...apart([fenced(code, fence[2])], code.join('\n')));
  }
  return [...parts, ...prosaic(prose)].join('\n');
}

function prosaic(lines: string[]): string[] {
  if (lines.length === 0) {
    return [];
  }
  // Blank lines end every span, so that each stretch between them is read by itself.
  const stretches = lines.join('\n').split(BLANK);
  return [stretches.map((stretch, i) => (i % 2 ? stretch : new Stretch(stretch).inert())).join('')];
}

/** Followed by a blank line where a formula might begin that JupyterLab would let run on, through a fence. */
function apart(parts: string[], source: string): string[] {
  return OPENS.test(source) ? [...parts, ''] : parts;
}

function fenced(code: string[], info: string): string {
  const runs = code.join('\n').match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map(run => run.length + 1)));
  const language = LANGUAGE.exec(info)?.[0] ?? '';
  return [fence + (language.toLowerCase() === 'mermaid' ? '' : language), ...code, fence].join('\n');
}

function closes(line: string, fence: string): boolean {
  const run = stripped(line);
  return run.length >= fence.length && run === fence[0].repeat(run.length);
}

function unindented(line: string, indent: number): string {
  let i = 0;
  while (i < indent && (line[i] === ' ' || line[i] === '\t')) {
    i++;
  }
  return line.slice(i);
}

/** A stretch of text without blank lines or code blocks, read from left to right. */
class Stretch {
  #at = 0;
  #written: string[] = [];

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  inert(): string {
    while (this.#at < this.#text.length) {
      switch (this.#text[this.#at]) {
        case '\\':
          this.#backslash();
          break;
        case '$':
          this.#dollar();
          break;
        case '`':
          this.#code();
          break;
        default:
          this.#plain();
      }
    }
    return this.#written.join('');
  }

  #write(written: string, to: number): void {
    this.#written.push(written);
    this.#at = to;
  }

  #formula(dollars: string, content: string, to: number): void {
    // Where the dollars of two formulas touch, another parser sees a third one open; after a backslash, none close.
    const before = this.#written[this.#written.length - 1]?.endsWith('$') ? ' ' : '';
    const written = dollars === '$' ? inline(content) : tex(content);
    const after = written.endsWith('\\') ? ' ' : '';
    this.#write(before + dollars + written + after + dollars, to);
  }

  #plain(): void {
    const [text, at] = [this.#text, this.#at];
    const two = text.slice(at, at + 2);
    const tildes = /^~{3,}/.exec(text.slice(at, at + 80));
    if (tildes) {
      this.#write(spelled(tildes[0]), at + tildes[0].length);
    } else if (two === '](' || two === ']:') {
      this.#write(two === '](' ? ']&#40;' : ']&#58;', at + 2);
    } else if (text.startsWith('://', at)) {
      this.#write(':&#47;&#47;', at + 3);
    } else if (/^www\.$/i.test(text.slice(at, at + 4))) {
      this.#write(`${text.slice(at, at + 3)}&#46;`, at + 4);
    } else {
      const entities: Record<string, string> = { '<': '&lt;', '@': '&#64;' };
      this.#write(entities[text[at]] ?? text[at], at + 1);
    }
  }

  #backslash(): void {
    const [text, at] = [this.#text, this.#at];
    const next = text[at + 1] ?? '';
    const macro = MACRO.exec(text.slice(at, at + 30));
    if (next === '\\' && /^[([]$/.test(text[at + 2] ?? '')) {
      // To nbconvert these open a formula, which would run on to whatever closes it, through a fence.
      this.#write(`\\\\&#${text.charCodeAt(at + 2)};`, at + 3);
    } else if (next === '\\' && text.startsWith('begin{', at + 2)) {
      this.#write('&#92;', at + 2);
    } else if (next === '\\' || next === '`') {
      this.#write(text.slice(at, at + 2), at + 2);
    } else if (next === '$') {
      // Two backslashes: Markdown takes one, the other tells MathJax that this dollar opens nothing.
      this.#write('\\\\$', at + 2);
    } else if (next === '(' || next === '[') {
      this.#bracketed(next === '(' ? '\\)' : '\\]', next === '(' ? '$' : '$$');
    } else if (macro) {
      this.#write(`\\${macro[0]}`, at + macro[0].length);
    } else {
      this.#environment();
    }
  }

  #bracketed(close: string, dollars: string): void {
    const end = this.#find(close, this.#at + 2);
    const content = end < 0 ? '' : stripped(this.#text.slice(this.#at + 2, end));
    if (content && !content.includes('$')) {
      this.#formula(dollars, content, end + 2);
    } else {
      // After another backslash, nbconvert sees a formula open.
      const slash = this.#text[this.#at - 1] === '\\' ? '&#92;' : '\\';
      this.#write(slash + this.#text[this.#at + 1], this.#at + 2);
    }
  }

  #environment(): void {
    const name = /^\\begin\{([A-Za-z]{1,30}\*?)\}/.exec(this.#text.slice(this.#at, this.#at + 40));
    const end = name ? this.#find(`\\end{${name[1]}}`, this.#at) : -1;
    if (name && end >= 0) {
      const to = end + name[1].length + 6;
      const write = /[A-Z]/.test(name[1]) ? inline : tex;
      this.#write(write(this.#text.slice(this.#at, to)), to);
    } else {
      // One that nothing here ends might be ended by the words of a code block.
      this.#write(this.#text.startsWith('\\begin{', this.#at) ? '&#92;' : '\\', this.#at + 1);
    }
  }

  #dollar(): void {
    const [text, at] = [this.#text, this.#at];
    const dollars = text[at + 1] === '$' ? '$$' : '$';
    const from = at + dollars.length;
    const end = this.#unescaped(dollars, from);
    const content = end < 0 ? '' : text.slice(from, end);
    // As in Pandoc: a formula touches its dollars, and no digit follows. “$5 and $6” is money.
    const touches = !/^[ \t\n]|[ \t\n]$/.test(content) && !/[0-9]/.test(text[end + 1] ?? '');
    if (dollars === '$$' ? stripped(content) && !content.includes('$') : content && touches) {
      this.#formula(dollars, content, end + dollars.length);
    } else {
      this.#write('\\\\$'.repeat(dollars.length), from);
    }
  }

  #code(): void {
    const [text, at] = [this.#text, this.#at];
    const run = /^`+/.exec(text.slice(at))![0];
    const end = this.#run(run.length, at + run.length);
    if (end < 0) {
      this.#write(run.length < 3 ? run : spelled(run), at + run.length);
      return;
    }
    const content = text.slice(at + run.length, end);
    // Only code blocks start with three backticks: none is left where another parser could see a fence.
    const keep = run.length < 3 && !IN_CODE.test(content);
    this.#write(keep ? run + content + run : `<code>${codeOf(content)}</code>`, end + run.length);
  }

  /** Where a string comes next; what was sought in vain once is not sought again. */
  #find(what: string, from: number): number {
    const end = this.#absent.has(what) ? -1 : this.#text.indexOf(what, from);
    if (end < 0) {
      this.#absent.add(what);
    }
    return end;
  }

  #unescaped(dollars: string, from: number): number {
    let end = this.#find(dollars, from);
    while (end > 0 && this.#text[end - 1] === '\\') {
      end = this.#find(dollars, end + 1);
    }
    return end;
  }

  /** Where the next run of exactly so many backticks starts. */
  #run(length: number, from: number): number {
    if (!this.#runs) {
      this.#runs = new Map();
      for (const run of this.#text.matchAll(/`+/g)) {
        const starts = this.#runs.get(run[0].length) ?? [];
        starts.push(run.index);
        this.#runs.set(run[0].length, starts);
      }
    }
    const starts = this.#runs.get(length) ?? [];
    while (starts.length > 0 && starts[0] < from) {
      starts.shift();
    }
    return starts[0] ?? -1;
  }

  readonly #absent = new Set<string>();
  #runs: Map<number, number[]> | null = null;
}

/** A formula with spaces where something active could start: they change nothing in a formula. */
function tex(content: string): string {
  return content
    .replace(/\]([(:])/g, '] $1')
    .replace(/<(?=[A-Za-z/!?])/g, '< ')
    .replace(/:\/\//g, ': //')
    .replace(/(www)\./gi, '$1 .')
    .replace(/@(?! )/g, '@ ')
    .replace(/([`~])(?=\1\1)/g, '$1 ')
    .replace(new RegExp(`(\\\\+)(?=(?:${MACROS})(?![A-Za-z]))`, 'g'), run => (run.length % 2 ? `${run}\\` : run));
}

/** A formula that nbconvert does not take for a block, with spaces where it could see one begin and run on. */
function inline(content: string): string {
  const written = tex(content).replace(/\\\\(?=[([])/g, '\\\\ ');
  return written.replace(/\\begin(?=(\{[^{}]*\}))/g, (begin: string, name: string, at: number) =>
    written.includes(`\\end${name}`, at) ? begin : `${begin} `
  );
}

/** The content of a code span as HTML. */
function codeOf(span: string): string {
  const code = span.replace(/\\\|/g, '|').replace(/\n/g, ' ');
  return spelled(/^ .*[^ ].* $/.test(code) ? code.slice(1, -1) : code);
}

/** Every mark spelled by its number. */
function spelled(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, mark => `&#${mark.charCodeAt(0)};`);
}

function stripped(text: string): string {
  return text.replace(/^[ \t\n]+/, '').replace(/[ \t\n]+$/, '');
}
