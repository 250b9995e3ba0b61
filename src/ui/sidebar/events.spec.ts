import { nullTranslator } from '@jupyterlab/translation';

import { events } from '../../../tests/ui/gallery/fixtures';
import { changeOf, daysOf } from './events';

const trans = nullTranslator.load('jupyter_reconst');
const now = Date.parse(events[0].created);
const said = (before: string, after: string) => changeOf({ text: '', meta: '', before, after, restores: null });

it('stand under their days, and one that says nothing is left out', () => {
  const days = daysOf(events, now, trans);
  expect(days[0].name).toBe('Today');
  expect(days.flatMap(day => day.lines.map(line => line.id))).toEqual(events.map(event => event.id));
  const [first, ...rest] = events;
  const silent = { ...first, deed: { ...first.deed, text: '' } };
  expect(daysOf([silent, ...rest], now, trans).flatMap(day => day.lines)).toHaveLength(rest.length);
});

it('tell of a revision only what changed, with a few words around it', () => {
  const long = 'a result that was published before this one is stated without a source';
  const change = said(`${long}; cite it`, `${long}; cite a paper`);
  expect(change[0].text).toBe(' …  a source; cite ');
  expect(change.map(piece => piece.kind)).toEqual(['same', 'removed', 'added']);
  expect(said('', '')).toEqual([]);
});
