import { againSource, attachedIn, keptSource, loadsUs, optionsIn, promptOf, promptSource } from './prompt';

test('a prompt goes into a cell and comes back', () => {
  for (const prompt of ['Why?', 'Two\n\nparagraphs', '--new is a word here', '%%time is not ours']) {
    expect(promptOf(promptSource(prompt))).toBe(prompt);
    expect(promptOf(promptSource(prompt, { new: true, attach: ['c3', 'a-b'] }))).toBe(prompt);
  }
  expect(promptSource('Why?', { new: true, attach: ['c3'] })).toBe('%%reconst --new --attach c3\nWhy?');
});

test('other cells hold no prompt', () => {
  expect(promptOf('print(1)')).toBeNull();
  expect(promptOf('%%reconstruct\nx')).toBeNull();
  expect(promptOf('%reconst')).toBeNull();
  expect(promptOf('\n%%reconst --model m\n\nWhy?\n')).toBe('Why?');
  expect(promptOf('%%reconst')).toBe('');
});

test('asking anew changes the first line only', () => {
  expect(againSource('%%reconst --new\nWhy --again?')).toBe('%%reconst --again --new\nWhy --again?');
  expect(againSource('%%reconst --again\nWhy?')).toBe('%%reconst --again\nWhy?');
});

test('a cell that loads the magics', () => {
  expect(loadsUs('import numpy\n%load_ext jupyter_reconst')).toBe(true);
  expect(loadsUs('# %load_ext jupyter_reconst_other')).toBe(false);
});

test('what a prompt cell attaches', () => {
  expect(attachedIn(promptSource('Why?', { attach: ['c3', 'a-b'] }))).toEqual(['c3', 'a-b']);
  expect(attachedIn('%%reconst --attach c3 c4 --new\nWhy --attach c5?')).toEqual(['c3', 'c4']);
  expect(attachedIn('%%reconst --new\n--attach c5')).toEqual([]);
  expect(attachedIn('print("--attach x")')).toEqual([]);
});

test('what a prompt cell asks for', () => {
  expect(optionsIn(promptSource('Why?', { library: true })).library).toBe(true);
  const said = '%%reconst --model m --new --attach c3 c4 --profile lab\nWhy?';
  expect(optionsIn(said)).toEqual({
    new: true,
    again: false,
    library: false,
    attach: ['c3', 'c4'],
    model: 'm',
    profile: 'lab'
  });
  const chosen = optionsIn('%%reconst --with 3 5 --without 4\nWhy --with 6?');
  expect([chosen.with, chosen.without]).toEqual([['3', '5'], ['4']]);
  expect(optionsIn('%%reconst --again\n--new')).toEqual({ new: false, again: true, library: false, attach: [] });
});

it('a branch, a style and what to keep stand on the line, and are read from it', () => {
  const source = promptSource('Why?', { from: 'c3', keep: ['c1', 'c2'], style: 'listen' });
  expect(source).toBe('%%reconst --from c3 --keep c1 c2 --style listen\nWhy?');
  expect(optionsIn(source)).toMatchObject({ from: 'c3', keep: ['c1', 'c2'], style: 'listen' });
  expect(promptSource('Why?', { from: undefined, keep: [], style: '' })).toBe('%%reconst\nWhy?');
});

it('what to keep is said once, wherever it stood', () => {
  expect(keptSource('%%reconst\n--keep me', 'last')).toBe('%%reconst --keep last\n--keep me');
  expect(keptSource('%%reconst --keep c1 c2 --new\nWhy?', 'first')).toBe('%%reconst --keep first --new\nWhy?');
  expect(keptSource('print(1)', 'last')).toBe('print(1)');
});
