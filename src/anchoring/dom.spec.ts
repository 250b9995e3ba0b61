import { readingOf } from './dom';
import { placed } from './place';
import { describe as described } from './quote';
import type { Target } from '../contract';

function output(html: string): HTMLElement {
  const element = document.createElement('div');
  element.innerHTML = html;
  document.body.replaceChildren(element);
  return element;
}

function target(text: string, start: number, end: number, before = 0): Target {
  return {
    ...described(text, start, end, before),
    type: 'SpecificResource',
    cell: 'c',
    output: 0,
    part: 'words',
    turn: null
  };
}

const FORMULA =
  '<mjx-container data-reconst-tex="$\\Delta &gt; 0$"><mjx-math></mjx-math><mjx-assistive-mml>Δ>0</mjx-assistive-mml></mjx-container>';

describe('the reading text', () => {
  test.each([
    [
      'lines for blocks, one space for white space',
      '<h2>A  title</h2>\n<p>one\n  two <b>three</b>, four</p><p>five</p>',
      'A title\none two three, four\nfive'
    ],
    ['a formula as its TeX', `<p>so ${FORMULA} holds</p>`, 'so $\\Delta > 0$ holds'],
    [
      'KaTeX by its annotation',
      '<p><span class="katex"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math></span></p>',
      '$x^2$'
    ],
    [
      'tabs between cells, lines for rows',
      '<table><thead>\n<tr><th></th><th>a</th></tr></thead> <tbody><tr> <td>1</td>\n <td>2</td></tr></tbody></table>',
      'a\n1\t2'
    ],
    [
      'what is not for reading is not read',
      '<p>a<span data-reconst-ignore>b</span><style>c</style><i hidden>d</i><i style="display: none">e</i></p>',
      'a'
    ],
    ['preformatted text as it is', '<pre>a  b\n\n  <span class="ansi-red-fg">c</span>\n</pre>', 'a  b\n\n  c\n'],
    ['breaks', 'a<br>b<hr>c', 'a\nb\nc'],
    [
      'the anchor of a heading is not read',
      '<h1>Title<a class="jp-InternalAnchorLink" href="#T">¶</a></h1><p>x</p>',
      'Title\nx'
    ],
    ['nothing', '', '']
  ])('%s', (_, html, text) => {
    expect(readingOf(output(html)).text).toBe(text);
  });

  test('is the same before and after typesetting', () => {
    const before = readingOf(output('<p>so $\\Delta\n> 0$ holds</p>')).text.replace('\\Delta >', '\\Delta >');
    expect(readingOf(output(`<p>so ${FORMULA} holds</p>`)).text).toBe(before);
  });
});

describe('ranges', () => {
  const HTML = `<h2>Title</h2><p>The 😀 <b>robot</b> defers: ${FORMULA} for <i>every</i> human.</p>
    <table><tr><td>a</td><td>b c</td></tr></table><pre>x = 1\n  y = <span>2</span>\n</pre>`;

  test('every stretch of the text goes to a range and back', () => {
    const root = output(HTML);
    const reading = readingOf(root);
    const formula = reading.text.indexOf('$');
    const after = reading.text.indexOf('$', formula + 1) + 1;
    for (let start = 0; start < reading.text.length; start++) {
      for (let end = start + 1; end <= reading.text.length; end++) {
        const words = reading.text.slice(start, end);
        const inFormula = (at: number): boolean => at > formula && at < after;
        if (words !== words.trim() || inFormula(start) || inFormula(end)) {
          continue;
        }
        expect(reading.offsetsOf(reading.rangeOf(start, end))).toEqual([start, end]);
      }
    }
  });

  test('a range that starts or ends in a formula takes it whole', () => {
    const root = output(HTML);
    const reading = readingOf(root);
    const range = document.createRange();
    range.setStart(root.querySelector('mjx-assistive-mml')!.firstChild!, 1);
    range.setEnd(root.querySelector('i')!.firstChild!, 2);
    const [start, end] = reading.offsetsOf(range)!;
    expect(reading.text.slice(start, end)).toBe('$\\Delta > 0$ for ev');
  });

  test('a triple click that ends outside is clamped', () => {
    const root = output('<pre>a line\n</pre>');
    const outside = document.createElement('p');
    outside.textContent = 'below';
    document.body.append(outside);
    const range = document.createRange();
    range.setStart(root.querySelector('pre')!.firstChild!, 2);
    range.setEnd(outside, 0);
    expect(readingOf(root).offsetsOf(range)).toEqual([2, 6]);
    range.selectNodeContents(document.body);
    expect(readingOf(root).offsetsOf(range)).toEqual([0, 6]);
    range.selectNodeContents(outside);
    expect(readingOf(root).offsetsOf(range)).toBeNull();
  });

  test('white space and ignored parts alone are no selection', () => {
    const root = output('<p>a </p>   <p data-reconst-ignore>line</p>');
    const range = document.createRange();
    range.selectNodeContents(root.querySelector('[data-reconst-ignore]')!);
    expect(readingOf(root).offsetsOf(range)).toBeNull();
  });

  test('a place in the text', () => {
    const root = output('<p>one two</p><p>three</p>');
    const reading = readingOf(root);
    expect(reading.offsetOf({ node: root.querySelector('p')!.firstChild!, offset: 3 })).toBe(3);
    expect(reading.rangeOf(3, 3)).toMatchObject({ collapsed: true, startOffset: 3 });
  });
});

describe('a huge output', () => {
  const line = (i: number): string => `${i} 😀 the quick brown fox jumps over ${(i * 7919) % 1013} lazy dogs\n`;
  const text = Array.from({ length: 8_000 }, (_, i) => line(i)).join('');

  test('is read and placed in a window', () => {
    const root = output('<pre></pre>');
    const node = document.createTextNode(text);
    root.firstElementChild!.append(node);
    const at = text.indexOf('7000 😀');
    const before = performance.now();
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 40);
    const reading = readingOf(root, { node, offset: at });
    const [start, end] = reading.offsetsOf(range)!;
    const meant = target(reading.text, start, end, reading.before);
    expect(performance.now() - before).toBeLessThan(1000);
    expect(reading.text.length).toBeLessThanOrEqual(256_000);
    const found = placed(root, meant)!;
    expect(found.place).toBe('attached');
    expect(found.reading.rangeOf(found.start, found.end).toString()).toBe(range.toString());
  });
});

test('a whole output is there as long as it begins as it did', () => {
  const root = output('<p>A long reply about the off-switch game, and what follows from it for us.</p>');
  const text = readingOf(root).text;
  const whole: Target = { ...target(text, 0, text.length), part: 'whole' };
  expect(placed(root, whole)!.place).toBe('attached');
  expect(placed(output(`<p>${text} And more.</p>`), whole)!.place).toBe('attached');
  expect(placed(output('<p>Something quite different is printed now by this very cell.</p>'), whole)).toBeNull();
});
