import { sentencesOf } from './sentences';

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
