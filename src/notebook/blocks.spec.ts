import { blocks } from './blocks';

describe('blocks', () => {
  it('ends at blank lines, but not inside fences, formulas and lists', () => {
    const text = [
      'First.',
      '',
      '```',
      'code',
      '',
      'more',
      '```',
      '',
      '$$',
      'a',
      '',
      'b',
      '$$',
      '',
      '1. one',
      '',
      '   still one',
      '',
      '2. two',
      '',
      'Last.'
    ].join('\n');
    expect(blocks(text)).toEqual([
      'First.',
      '```\ncode\n\nmore\n```',
      '$$\na\n\nb\n$$',
      '1. one\n\n   still one\n\n2. two',
      'Last.'
    ]);
  });

  it('never changes a finished block while the text grows', () => {
    const text = 'A *b*.\n\n- one\n- two\n\nC `d`.\n\n```py\nx = 1\n\ny\n```\n\n$$\nx\n$$ and more\n\nEnd.';
    let before: string[] = [];
    for (let end = 1; end <= text.length; end++) {
      const now = blocks(text.slice(0, end));
      // All but the last two are finished: a new line may still join the block before it.
      expect(now.slice(0, Math.max(0, before.length - 2))).toEqual(before.slice(0, -2));
      before = now;
    }
  });
});
