import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import * as React from '../react';
import { Paged } from './paged';

const page = stage();

it('draws a page, and another one when it is asked for', () => {
  const items = Array.from({ length: 4_450 }, (_, n) => n);
  const draw = (item: number) => (
    <li key={item}>
      <button>{item}</button>
    </li>
  );
  page.draw(<Paged items={items} draw={draw} trans={nullTranslator.load('')} />);
  const more = () => Array.from(page.host.querySelectorAll('button')).find(b => b.textContent?.startsWith('Show'));
  expect(page.host.querySelectorAll('li')).toHaveLength(200);
  expect(more()?.textContent).toBe('Show 200 more of 4250');
  act(() => more()!.click());
  expect(page.host.querySelectorAll('li')).toHaveLength(400);
  expect(document.activeElement?.textContent).toBe('200');
  page.draw(<Paged items={items.slice(0, 300)} draw={draw} trans={nullTranslator.load('')} />);
  expect(page.host.querySelectorAll('li')).toHaveLength(300);
  expect(more()).toBeUndefined();
  page.draw(<Paged items={items} draw={draw} trans={nullTranslator.load('')} page={50} showing={812} />);
  expect(page.host.querySelectorAll('li')).toHaveLength(850);
  expect(document.activeElement?.textContent).toBe('200');
});
