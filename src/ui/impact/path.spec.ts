import { preview, rows } from '../../../tests/ui/gallery/fixtures';
import { impacts } from '../../../tests/ui/gallery/impacts';
import { LIMIT, pathOf, polyline } from './path';

it('ends where the server’s log ratio stands', () => {
  const path = pathOf(rows);
  expect(path).toHaveLength(1 + preview.evidence.side.tried);
  expect(path[path.length - 1]).toBeCloseTo(preview.evidence.side.ratio, 3);
  expect(LIMIT).toBeCloseTo(2.944, 3);
  for (const state of Object.values(impacts)) {
    const end = pathOf(state.rows).slice(-1)[0];
    expect(end).toBeCloseTo(state.preview?.evidence.side.ratio ?? 0, 3);
  }
});

it('counts a change that the person wants as none', () => {
  const wanted = rows.map(r => (r.verdict === 'unintended' ? { ...r, mark: 'intended' as const } : r));
  expect(Math.max(...pathOf(wanted))).toBe(0);
});

it('draws the limits at the quarters, cuts at the edges, and no more points than can be seen', () => {
  expect(polyline([0, LIMIT, -LIMIT, 9 * LIMIT], 300, 96)).toBe('0.0,48.0 100.0,24.0 200.0,72.0 300.0,0.0');
  const many = polyline(
    Array.from({ length: 10_001 }, () => 0),
    300,
    96
  ).split(' ');
  expect(many.length).toBeLessThanOrEqual(401);
  expect(many[many.length - 1]).toBe('300.0,48.0');
});
