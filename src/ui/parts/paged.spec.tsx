import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { h } from '../h';
import { Paged } from './paged';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

it('draws a page, and another one when it is asked for', () => {
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  const items = Array.from({ length: 4_450 }, (_, n) => n);
  const draw = (item: number) => (
    <li key={item}>
      <button>{item}</button>
    </li>
  );
  act(() => root.render(<Paged items={items} draw={draw} trans={nullTranslator.load('')} />));
  const more = () => Array.from(host.querySelectorAll('button')).find(b => b.textContent?.startsWith('Show'));
  expect(host.querySelectorAll('li')).toHaveLength(200);
  expect(more()?.textContent).toBe('Show 200 more of 4250');
  act(() => more()!.click());
  expect(host.querySelectorAll('li')).toHaveLength(400);
  expect(document.activeElement?.textContent).toBe('200');
  act(() => root.render(<Paged items={items.slice(0, 300)} draw={draw} trans={nullTranslator.load('')} />));
  expect(host.querySelectorAll('li')).toHaveLength(300);
  expect(more()).toBeUndefined();
  act(() => root.render(<Paged items={items} draw={draw} trans={nullTranslator.load('')} page={50} showing={812} />));
  expect(host.querySelectorAll('li')).toHaveLength(850);
  expect(document.activeElement?.textContent).toBe('200');
  act(() => root.unmount());
  host.remove();
});
