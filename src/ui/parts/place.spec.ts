import { place } from './place';

const view = { width: 1000, height: 800 };
const line = { left: 300, top: 100, right: 500, bottom: 120 };

it('lies 4 px under the line', () => {
  expect(place(line, { width: 200, height: 40 }, view, 'start')).toEqual({ left: 300, top: 124 });
  expect(place(line, { width: 150, height: 40 }, view, 'end')).toEqual({ left: 350, top: 124 });
});

it('flips above where there is no room below', () => {
  const low = { ...line, top: 700, bottom: 720 };
  expect(place(low, { width: 200, height: 300 }, view, 'start').top).toBe(396);
});

it('stays inside the window, whatever the words do', () => {
  for (const top of [-400, 0, 380, 780, 2000]) {
    for (const left of [-300, 0, 990, 1500]) {
      const box = { left, top, right: left + 100, bottom: top + 20 };
      const found = place(box, { width: 600, height: 600 }, view, 'start');
      expect(found.left).toBeGreaterThanOrEqual(8);
      expect(found.left + 600).toBeLessThanOrEqual(992);
      expect(found.top).toBeGreaterThanOrEqual(8);
      expect(found.top + 600).toBeLessThanOrEqual(792);
    }
  }
});

it('shows its start where it is larger than the window', () => {
  expect(place(line, { width: 2000, height: 2000 }, view, 'start')).toEqual({ left: 8, top: 8 });
});
