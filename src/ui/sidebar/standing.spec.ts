import { annotation, articles, base, inForce, previewing, review } from '../../../tests/ui/gallery/fixtures';
import type { IPlaced, IState } from '../../tokens';
import { itemsOf, nextOf, waiting } from './standing';

const at = (id: string, said: string, place: IPlaced['place'] = 'attached'): IPlaced => ({
  annotation: annotation(id, 'some words', said),
  cell: 'c1',
  label: 'Cell 1',
  place
});
const state = (patch: Partial<IState>): IState => ({ ...base, placed: [], ...patch });
const standings = (s: IState) => itemsOf(s).map(i => i.standing);

it('says where each correction stands', () => {
  const placed = [
    at('o', ''),
    at('c', 'said'),
    at('l', 'said', 'lost'),
    at('m', 'said', 'moved'),
    at('a4', 'said', 'lost')
  ];
  expect(standings(state({ placed }))).toEqual(['open', 'corrected', 'lost', 'moved', 'settled']);
  const noted = placed.map(p => ({ ...p, annotation: { ...p.annotation, motivation: 'commenting' as const } }));
  expect(standings(state({ placed: noted }))).toEqual(['kept', 'kept', 'lost', 'moved', 'settled']);
});

it('a correction in preview is tried until it is ratified', () => {
  const placed = [at('a2', 'said')];
  expect(standings(state({ placed, preview: previewing }))).toEqual(['tried']);
  expect(standings(state({ placed, preview: { ...previewing, ratified: articles[0] } }))).toEqual(['corrected']);
});

describe('next', () => {
  const kind = (patch: Partial<IState>) => {
    const s = state(patch);
    return nextOf(s, itemsOf(s))?.kind;
  };
  const placed = [at('o', ''), at('c', 'said')];
  const conflicts = [{ article: 'r1', heads: [articles[0], articles[0]] }];

  it('is what was not read, then what is disputed, then what was tried, then what was said', () => {
    const all = { placed, preview: previewing };
    expect(kind({ ...all, inForce: { ...inForce, review, conflicts } })).toBe('review');
    expect(kind({ ...all, inForce: { ...inForce, conflicts } })).toBe('conflict');
    expect(kind(all)).toBe('impact');
    expect(kind({ placed })).toBe('amend');
    expect(kind({ placed: placed.slice(0, 1) })).toBe('correct');
    expect(kind({})).toBeUndefined();
  });

  it('after ratifying is to ask again, once, and only while it is law', () => {
    const ratified = { ...previewing, ratified: articles[0] };
    expect(kind({ placed, preview: ratified })).toBe('ratified');
    expect(kind({ placed, preview: { ...ratified, asked: true } })).toBe('amend');
    const taken = { ...articles[0], revision: 'v99' };
    expect(kind({ placed, preview: { ...ratified, ratified: taken } })).toBe('amend');
    expect(kind({ placed, preview: { ...ratified, ratified: { ...articles[0], repealed: true } } })).toBe('amend');
    const gone = { ...articles[0], id: 'gone', repealed: true };
    expect(kind({ placed, preview: { ...ratified, ratified: gone } })).toBe('ratified');
    expect(kind({ placed, preview: { ...previewing, unconfirmed: true } })).toBe('impact');
  });
});

it('counts what waits, not what is settled', () => {
  const s = state({ placed: [at('o', ''), at('a4', 'said')], inForce: { ...inForce, review } });
  expect(waiting(s, itemsOf(s))).toBe(2);
});
