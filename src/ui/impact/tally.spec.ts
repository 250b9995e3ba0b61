import { preview, previewing, rows } from '../../../tests/ui/gallery/fixtures';

import { byVerdict, hurdle } from './tally';

const done = { ...previewing, busy: false, preview: { ...preview, status: 'done' as const } };
const marked = rows.map(r => (r.verdict === 'regression' ? { ...r, mark: 'regression' as const } : r));

describe('hurdle', () => {
  it('waits while it runs', () => {
    expect(hurdle(previewing)?.kind).toBe('running');
  });

  it('wants another wording tried first, whatever the rows say', () => {
    const draft = { ...previewing.draft, then: 'half a sent' };
    expect(hurdle({ ...previewing, draft })?.kind).toBe('edited');
    expect(hurdle({ ...done, draft, rows: [] })?.kind).toBe('edited');
    const repeal = { ...previewing.amendment, action: 'repeal' as const, draft: null };
    expect(hurdle({ ...done, amendment: repeal, draft })?.kind).not.toBe('edited');
  });

  it('of an interrupted one is to go on or to leave it', () => {
    expect(hurdle({ ...done, preview: { ...preview, status: 'interrupted' } })?.kind).toBe('interrupted');
  });

  it('wants every regression marked', () => {
    expect(hurdle(done)).toEqual({ kind: 'marks', count: 1 });
  });

  it('then asks why open unintended rows are acceptable', () => {
    expect(hurdle({ ...done, rows: marked })).toEqual({ kind: 'why', count: 2 });
  });

  it('asks nothing once each is marked', () => {
    const all = marked.map(r => (r.verdict === 'unintended' ? { ...r, mark: 'intended' as const } : r));
    expect(hurdle({ ...done, rows: all })).toBeNull();
  });

  it('knows that a preview of failures tried nothing', () => {
    const failed = rows.filter(r => r.verdict === 'failed');
    expect(hurdle({ ...done, rows: failed })?.kind).toBe('untested');
    expect(hurdle({ ...done, preview: null, rows: [] })?.kind).toBe('untested');
  });
});

it('a mark moves a row to another group, and does not make it unchanged', () => {
  const moved = rows.map(r => (r.verdict === 'unintended' ? { ...r, mark: 'intended' as const } : r));
  expect(byVerdict(rows).get('unintended')).toHaveLength(2);
  expect(byVerdict(moved).get('unintended')).toHaveLength(0);
});
