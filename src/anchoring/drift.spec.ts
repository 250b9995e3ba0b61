/**
 * R14: words are found again after the text has drifted, and a wrong place is not passed off as the right one.
 *
 * Five hundred trials per edit on a frozen corpus (`tests/data/anchors.txt`, and logs and tables made from a fixed seed).
 * The words carry numbers, so that where the highlighted ones went is known.
 */
import { readFileSync } from 'fs';
import { join } from 'path';

import { describe as described, match } from './quote';

const TRIALS = 500;

/** A word or the space between words. `id` says which one it was before the edit; null for new ones. */
interface IToken {
  readonly text: string;
  readonly id: number | null;
}

type Paragraph = IToken[];

class Dice {
  #state: number;

  constructor(state: number) {
    this.#state = state;
  }

  below(n: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * n);
  }

  pick<T>(of: readonly T[]): T {
    return of[this.below(of.length)];
  }

  shuffled<T>(of: readonly T[]): T[] {
    const rest = [...of];
    return Array.from(of, () => rest.splice(this.below(rest.length), 1)[0]);
  }
}

const PROSE = readFileSync(join(__dirname, '../../tests/data/anchors.txt'), 'utf8').trim().split('\n\n');
const WORDS = PROSE.flatMap(p => p.match(/\p{L}{2,}/gu)!);

function log(dice: Dice): string {
  return Array.from(
    { length: 12 },
    (_, i) => `epoch ${i + 1}: loss ${(3 / (i + 1) + dice.below(99) / 1e3).toFixed(4)} lr 0.001`
  ).join('\n');
}

function table(dice: Dice): string {
  const row = (i: number): string =>
    `${dice.pick(WORDS)}\t${i}\t${dice.below(1000) / 10}\t${dice.pick(['true', 'false'])}`;
  return ['name\tlayer\tscore\tkept', ...Array.from({ length: 10 }, (_, i) => row(i))].join('\n');
}

/** An output: ten paragraphs, among them a log or a table now and then. */
function output(dice: Dice): Paragraph[] {
  const [last, ...texts] = dice.shuffled(PROSE).slice(0, 10);
  texts.splice(dice.below(9), 0, dice.pick([log, table, () => last])(dice));
  let id = 0;
  return texts.map(text => text.split(/(\s+)/).map(word => ({ text: word, id: id++ })));
}

/** A phrase, a clause, a sentence or two; seldom two or three words, seldom most of a paragraph. */
function highlighted(dice: Dice, paragraph: Paragraph): [number, number] {
  const words = (paragraph.length + 1) >> 1;
  const wanted = dice.pick([2, 3, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 30, 45]);
  const count = Math.min(words, wanted);
  const first = dice.below(words - count + 1);
  return [paragraph[2 * first].id!, paragraph[2 * (first + count) - 2].id!];
}

function changed(dice: Dice, paragraphs: Paragraph[], percent: number): Paragraph[] {
  const change = (token: IToken): IToken =>
    /\S/.test(token.text) && dice.below(100) < percent ? { text: dice.pick(WORDS), id: token.id } : token;
  return paragraphs.map(p => p.map(change));
}

function fresh(paragraph: Paragraph): Paragraph {
  return paragraph.map(t => ({ text: t.text, id: null }));
}

interface IEdit {
  readonly name: string;
  edit(dice: Dice, before: Paragraph[], span: [number, number]): Paragraph[];
  /** What the original looks like, where it is not the plain output. */
  prepare?(dice: Dice, paragraphs: Paragraph[]): Paragraph[];
  readonly gone?: boolean;
}

const EDITS: IEdit[] = [
  { name: 'nothing', edit: (_, before) => before },
  {
    name: 'paragraphs inserted',
    edit: (dice, before) => {
      const there = before.map(p => p.map(t => t.text).join(''));
      const others = dice.shuffled(PROSE.filter(text => !there.includes(text)));
      return others.slice(0, 3).reduce((now, text) => {
        const at = dice.below(now.length + 1);
        return [...now.slice(0, at), text.split(/(\s+)/).map(word => ({ text: word, id: null })), ...now.slice(at)];
      }, before);
    }
  },
  { name: 'paragraphs reordered', edit: (dice, before) => dice.shuffled(before) },
  {
    name: 'duplicates',
    prepare: (dice, paragraphs) => {
      const at = dice.below(paragraphs.length);
      const where = dice.below(paragraphs.length + 1);
      return [...paragraphs.slice(0, where), fresh(paragraphs[at]), ...paragraphs.slice(where)];
    },
    edit: (_, before) => before
  },
  { name: '5 % of words changed', edit: (dice, before) => changed(dice, before, 5) },
  { name: '10 % of words changed', edit: (dice, before) => changed(dice, before, 10) },
  { name: '30 % of words changed', edit: (dice, before) => changed(dice, before, 30) },
  {
    name: 'deleted',
    gone: true,
    edit: (_, before, [first, last]) => before.map(p => p.filter(t => t.id === null || t.id < first || t.id > last))
  },
  {
    name: 'paragraph deleted',
    gone: true,
    edit: (_, before, [first]) => before.filter(p => !p.some(t => t.id === first))
  },
  {
    name: 'deleted, 10 % changed',
    gone: true,
    edit: (dice, before, [first, last]) =>
      changed(dice, before, 10).map(p => p.filter(t => t.id === null || t.id < first || t.id > last))
  }
];

interface ITally {
  right: number;
  offered: number;
  wrong: number;
  wronglyOffered: number;
  lost: number;
}

function joined(
  paragraphs: Paragraph[],
  [first, last]: [number, number]
): { text: string; start: number; end: number } {
  let text = '';
  let [start, end] = [-1, -1];
  paragraphs.forEach((paragraph, i) => {
    text += i > 0 ? '\n' : '';
    for (const token of paragraph) {
      if (token.id !== null && token.id >= first && token.id <= last) {
        start = start < 0 ? text.length : start;
        end = text.length + token.text.length;
      }
      text += token.text;
    }
  });
  return { text, start, end };
}

/** Half of what is found and what was meant is the same. */
function same(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return common / (Math.max(a.end, b.end) - Math.min(a.start, b.start)) >= 0.5;
}

function tally(edit: IEdit, seed: number): ITally {
  const dice = new Dice(seed);
  const sums: ITally = { right: 0, offered: 0, wrong: 0, wronglyOffered: 0, lost: 0 };
  for (let trial = 0; trial < TRIALS; trial++) {
    const plain = output(dice);
    const before = edit.prepare ? edit.prepare(dice, plain) : plain;
    const twice = before.filter(p => p[0].id === null).flatMap(p => p[0].text);
    const marked = edit.prepare ? plain.find(p => p[0].text === twice[0])! : dice.pick(plain);
    const span = highlighted(dice, marked);
    const old = joined(before, span);
    const now = joined(edit.edit(dice, before, span), span);
    const found = match(now.text, described(old.text, old.start, old.end));
    if (!found) {
      sums.lost++;
    } else if (!edit.gone && same(found, now)) {
      sums[found.place === 'attached' ? 'right' : 'offered']++;
    } else {
      sums[found.place === 'attached' ? 'wrong' : 'wronglyOffered']++;
    }
  }
  return sums;
}

const percent = (n: number): number => (100 * n) / TRIALS;
const tallies = new Map(EDITS.map((edit, i) => [edit.name, tally(edit, 1000 + i)]));

beforeAll(() => {
  const line = (name: string, t: ITally): string =>
    [name.padEnd(24), t.right, t.offered, t.wrong, t.wronglyOffered, t.lost]
      .map(v => (typeof v === 'number' ? percent(v).toFixed(1).padStart(9) : v))
      .join('');
  const head = `${''.padEnd(24)} attached  offered    WRONG  wr.off.     lost   (% of ${TRIALS})`;
  process.stdout.write(`\nR14\n${[head, ...Array.from(tallies, ([name, t]) => line(name, t))].join('\n')}\n`);
});

test.each(['nothing', 'paragraphs inserted', 'paragraphs reordered', '5 % of words changed', '10 % of words changed'])(
  '%s: at least 97 %% found, at most .5 %% silently wrong',
  name => {
    const t = tallies.get(name)!;
    expect(percent(t.right + t.offered)).toBeGreaterThanOrEqual(97);
    expect(percent(t.wrong)).toBeLessThanOrEqual(0.5);
  }
);

test('duplicates: at least 99 % right', () => {
  expect(percent(tallies.get('duplicates')!.right)).toBeGreaterThanOrEqual(99);
});

test.each(['deleted', 'paragraph deleted', 'deleted, 10 % changed'])('%s: at most .5 %% silently wrong', name => {
  expect(percent(tallies.get(name)!.wrong)).toBeLessThanOrEqual(0.5);
});
