import { TURN_MIME, annotationKey, annotationsIn, headOf, isOurs, recordIn } from './keys';

const ID = '01J00000000000000000000000';
const selector = [{ type: 'TextQuoteSelector', exact: 'a', prefix: '', suffix: '' }];
const target = { type: 'SpecificResource', cell: 'c', output: 0, part: 'words', occurrence: 0, turn: null, selector };
const annotation = { id: ID, motivation: 'highlighting', body: [], target };
const record = {
  version: 1,
  turn: ID,
  reply: 'r',
  prompt: 'p',
  model: 'm',
  digest: 'd',
  status: 'complete',
  notebook: ID,
  articles: 0,
  seconds: 1,
  cost: null
};

test('our keys are ours, and nobody else’s', () => {
  expect(['reconst', 'reconst:article:a:b', 'reconst:x'].every(isOurs)).toBe(true);
  expect(['reconstruct', 'other', 'xreconst:'].some(isOurs)).toBe(false);
});

test('annotations are read oldest first; unknown keys of theirs stay', () => {
  const later = { ...annotation, id: ID.replace(/.$/, '1'), newer: true };
  const metadata = { [annotationKey('b')]: later, [annotationKey('a')]: annotation, other: annotation };
  expect(annotationsIn(metadata)).toEqual([annotation, later]);
});

test.each([
  ['no object', 'text'],
  ['a list', [annotation]],
  ['no id', { ...annotation, id: '../..' }],
  ['no target', { ...annotation, target: null }],
  ['another part', { ...annotation, target: { ...target, part: 'all' } }],
  ['a negative place', { ...annotation, target: { ...target, output: -1 } }],
  [
    'an endless quote',
    { ...annotation, target: { ...target, selector: [{ ...selector[0], exact: 'x'.repeat(200_000) }] } }
  ],
  ['another selector', { ...annotation, target: { ...target, selector: [{ type: 'SvgSelector' }] } }],
  ['an empty selector', { ...annotation, target: { ...target, selector: [null] } }],
  ['a body without text', { ...annotation, body: [{ purpose: 'editing' }] }]
])('%s has no effect', (_, value) => {
  expect(annotationsIn({ [annotationKey('a')]: value })).toEqual([]);
});

test('records and heads are read as far as they are of the right shape', () => {
  expect(recordIn({ [TURN_MIME]: record })).toBe(record);
  for (const broken of [
    null,
    'x',
    { ...record, version: 2 },
    { ...record, turn: 1 },
    { ...record, reply: {} },
    { ...record, cost: '1' }
  ]) {
    expect(recordIn({ [TURN_MIME]: broken })).toBeNull();
  }
  expect(recordIn(undefined)).toBeNull();
  expect(headOf({ version: 1, id: ID })).toEqual({ version: 1, id: ID });
  expect([headOf(undefined), headOf({ version: 2, id: ID }), headOf({ version: 1, id: 'x' })]).toEqual([
    null,
    null,
    null
  ]);
});
