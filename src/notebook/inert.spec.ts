import { readFileSync } from 'fs';
import { join } from 'path';

import { ACTIVE, inert } from './inert';

interface IExample {
  name: string;
  reply: string;
  inert: string;
}

const EXAMPLES: IExample[] = JSON.parse(readFileSync(join(__dirname, '../../tests/data/inert.json'), 'utf8'));

/** The text outside code blocks; inert text has only fences at the start of a line, each closed by its equal. */
function outside(text: string): string {
  const kept: string[] = [];
  let fence = '';
  for (const line of text.split('\n')) {
    const run = /^`{3,}/.exec(line)?.[0] ?? '';
    if (fence) {
      fence = line === fence ? '' : fence;
    } else if (run) {
      fence = run;
    } else {
      kept.push(line);
    }
  }
  expect(fence).toBe('');
  return kept.join('\n');
}

test.each(EXAMPLES)('$name', example => {
  expect(inert(example.reply)).toBe(example.inert);
  expect(outside(example.inert)).not.toMatch(ACTIVE);
});

test('nothing of the OWASP corpus is active', () => {
  const { payloads } = JSON.parse(readFileSync(join(__dirname, '../../tests/data/xss.json'), 'utf8')) as {
    payloads: string[];
  };
  for (const payload of payloads) {
    for (const reply of [payload, `- ${payload}`, `> ${payload}`, `a ${payload} b`, `\`a ${payload} b`]) {
      expect(outside(inert(reply))).not.toMatch(ACTIVE);
    }
  }
});

test('nothing active is left outside code blocks, whatever the reply', () => {
  const bits = [
    '![',
    '[a]',
    ']',
    '(',
    '](',
    ']:',
    'http://e.x',
    '://',
    'www.',
    'a@b.c',
    '<img src=x>',
    '</code>',
    '<',
    '`',
    '``',
    '```',
    '~~~'
  ];
  bits.push(
    '$',
    '$$',
    '\\',
    '\\(',
    '\\)',
    '\\[',
    '\\]',
    '\\href{',
    '\\def',
    '|',
    '\n',
    '\n\n',
    ' ',
    '    ',
    '> ',
    '- ',
    'x',
    '5',
    '\\begin{a}',
    '\\end{a}'
  );
  let seed = 5;
  const next = (n: number): number => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 8) % n;
  for (let trial = 0; trial < 20_000; trial++) {
    const reply = Array.from({ length: next(24) }, () => bits[next(bits.length)]).join('');
    expect(outside(inert(reply))).not.toMatch(ACTIVE);
  }
});

test.each(['$a ', '`a', '\\(', '\\begin{a}', '``a`', '[](', '```\n'])('a long reply of %j takes little time', bit => {
  const before = performance.now();
  inert(bit.repeat(Math.ceil(64_000 / bit.length)));
  expect(performance.now() - before).toBeLessThan(1000);
});
