import { nullTranslator } from '@jupyterlab/translation';

import { stage } from '../../../tests/jest/stage';
import { NOW } from '../../../tests/ui/gallery/states';
import { sent, sentRow } from '../../../tests/ui/gallery/telling';
import * as React from '../react';
import { Sent } from './body';

const trans = nullTranslator.load('');
const place = stage();
const texts = (selector: string) => Array.from(place.host.querySelectorAll(selector), e => e.textContent);

it('shows every message to the letter, with what cannot be seen spelled out, and what it was made from', () => {
  place.draw(<Sent sent={sent} now={NOW} trans={trans} />);
  const [law, first, , last] = texts('.jp-reconst-mono');
  expect([law, last]).toEqual([sent.sendings[0].messages[0].content, sent.sendings[0].messages[3].content]);
  expect(first).toBe('Let Uₐ be the utility of acting.⟦U+200B⟧');
  expect(texts('h3').slice(0, 5)).toEqual(['system', 'user', 'assistant', 'user', 'It answered']);
  expect(texts('.jp-reconst-leaves li').slice(0, 2)).toEqual([
    '1. Ask before you report · All my notebooks · sent: always',
    '2. Keep to the length asked for · Project · sent: always'
  ]);
  expect(texts('.jp-reconst-leaves li')[4]).toContain('not sent: its WHEN does not fit the prompt');
  expect(texts('details')[0]).toContain('uncertain about the utility');
  expect(place.host.textContent).toContain('2 turns did not fit');
});

it('says of a row which side is which, how it was asked, and that it may not be exact', () => {
  place.draw(<Sent sent={sentRow} now={NOW} trans={trans} />);
  expect(texts('h3').filter(name => name === 'Now' || name === 'With the amendment')).toHaveLength(2);
  expect(place.host.textContent).toContain('temperature: 0, seed: 1');
  expect(place.host.textContent).toContain('cannot be shown any more');
  expect(place.host.textContent).toContain('answered from the record');
});
