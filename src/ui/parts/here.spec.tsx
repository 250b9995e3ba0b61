import { nullTranslator } from '@jupyterlab/translation';
import { renderToStaticMarkup } from 'react-dom/server';

import * as React from '../react';
import { Here } from './here';

const present = [
  { name: 'Ana Maria Ruiz', at: 'a1' },
  { name: '<img src=x onerror=alert(1)>', at: 'a1' },
  { name: 'Ben', at: 'a2' },
  { name: 'Cleo', at: null }
];

it('shows the initials of those who look at it, with their names in words', () => {
  const drawn = document.createElement('p');
  drawn.innerHTML = renderToStaticMarkup(<Here present={present} at="a1" trans={nullTranslator.load('')} />);
  expect(Array.from(drawn.children, mark => mark.textContent)).toEqual(['AR', '<O']);
  expect(drawn.children[0].getAttribute('aria-label')).toBe('Ana Maria Ruiz looks at this now');
  expect(drawn.querySelector('img')).toBeNull();
});
