import { extended, grown, moved, sentencesOf, shrunk } from './sentences';

const TEXT =
  'What a question! Marchetti et al. (2018) prove that $a > 0. b$ holds, e.g. for humans. Is it so?\nepoch 1: loss 0.5\n\nepoch 2\tdone';
const sentences = sentencesOf(TEXT);
const said = sentences.map(s => TEXT.slice(s.start, s.end));

test('sentences, lines, formulas, abbreviations', () => {
  expect(said).toEqual([
    'What a question!',
    'Marchetti et al. (2018) prove that $a > 0. b$ holds, e.g. for humans.',
    'Is it so?',
    'epoch 1: loss 0.5',
    'epoch 2\tdone'
  ]);
  expect(sentencesOf('')).toEqual([]);
  expect(sentencesOf('一句话。另一句。').length).toBe(2);
  expect(sentencesOf('a\n'.repeat(9), 4).length).toBe(4);
});

test('up and down move by sentence and stop at the ends', () => {
  expect(moved(sentences, sentences[0], 1)).toBe(sentences[1]);
  expect(moved(sentences, sentences[0], -1)).toBe(sentences[0]);
  expect(moved(sentences, sentences[4], 1)).toBe(sentences[4]);
  expect(moved(sentences, { start: sentences[1].start, end: sentences[3].end }, 1)).toBe(sentences[2]);
});

test('a stretch extends and comes back', () => {
  const two = extended(sentences, sentences[1], 1);
  expect(two).toEqual({ start: sentences[1].start, end: sentences[2].end });
  expect(extended(sentences, two, -1)).toEqual({ ...sentences[1] });
  expect(extended(sentences, sentences[1], -1)).toEqual({ ...sentences[1] });
  expect(extended(sentences, sentences[4], 1)).toEqual({ ...sentences[4] });
});

test('words are taken from either end and given back; a formula is one word', () => {
  const said = (s: { start: number; end: number }): string => TEXT.slice(s.start, s.end);
  let stretch = sentences[1];
  for (let i = 0; i < 4; i++) {
    stretch = shrunk(TEXT, stretch, 'end');
  }
  expect(said(stretch)).toBe('Marchetti et al. (2018) prove that $a > 0. b$');
  expect(said(shrunk(TEXT, stretch, 'end'))).toBe('Marchetti et al. (2018) prove that');
  expect(said(shrunk(TEXT, stretch, 'start'))).toBe('et al. (2018) prove that $a > 0. b$');
  expect(said(grown(TEXT, stretch, sentences[1], 'end'))).toBe('Marchetti et al. (2018) prove that $a > 0. b$ holds,');
  expect(grown(TEXT, sentences[1], sentences[1], 'start')).toBe(sentences[1]);
  const word = { start: 0, end: 4 };
  expect(shrunk(TEXT, word, 'end')).toBe(word);
});
