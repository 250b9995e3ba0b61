import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import type { Cited, MarkedReference } from '../../contract';
import * as React from '../react';
import { IReferencesProps, References } from './body';

const trans = nullTranslator.load('jupyter_reconst');
const page = stage();

function marked(start: number, more: Partial<MarkedReference> = {}): MarkedReference {
  const work = { title: 'A title', authors: [], year: 2019, doi: '', arxiv: '' };
  const more_ = { label: '', container: '', volume: '', pages: '', url: '', mentions: [] };
  const reference = { ...work, ...more_, quote: `Lee (2019) ${start}`, start, end: start + 5, form: 'entry' as const };
  return { reference, state: 'unknown', looked: [], differs: [], wrong: null, ...more } as MarkedReference;
}

function draw(cited: Partial<Cited>, more: Partial<IReferencesProps> = {}): IReferencesProps {
  const said = { references: [], registries: [], ...cited } as Cited;
  const calls = { onLookUp: jest.fn(), onStop: jest.fn(), onWrong: jest.fn() };
  const props = { cited: said, busy: false, trans, ...calls, ...more };
  page.draw(<References {...props} />);
  return props;
}

const text = (): string => document.body.textContent ?? '';
const press = (words: string): void =>
  act(() => [...document.querySelectorAll('button')].find(one => one.textContent === words)!.click());

it('counts, and says where was looked and what differs', () => {
  const differs = [{ field: 'year', said: '2019', known: '2018' }] as MarkedReference['differs'];
  const looked = [{ where: 'Crossref', nearest: null, url: '', problem: '' }];
  draw({ references: [marked(1, { state: 'differs', differs, looked }), marked(9, { state: 'not_found', looked })] });
  expect(text()).toContain('2 references: 1 differs, 1 not found');
  expect(text()).toContain('looked in Crossref');
  expect(document.querySelector('del')?.textContent).toContain('2019');
  expect(text()).toContain('looking up is off');
});

it('says what is sent before it is, and stops', () => {
  const props = draw({ references: [marked(1)], registries: ['Crossref'] });
  expect(text()).toContain('Sent to Crossref: title, authors, year and ids');
  press('Look them up');
  expect(props.onLookUp).toHaveBeenCalled();
  const busy = draw({ references: [marked(1)], registries: ['Crossref'] }, { busy: true });
  press('Stop');
  expect(busy.onStop).toHaveBeenCalled();
});

it('takes two keys to mark one wrong, and one press to take it back', () => {
  const one = marked(1);
  const props = draw({ references: [one] });
  const key = (target: Element, name: string): void =>
    act(() => {
      target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    });
  key(document.querySelector('li')!, 'w');
  expect(props.onWrong).not.toHaveBeenCalled();
  key(document.querySelector('textarea')!, 'Enter');
  expect(props.onWrong).toHaveBeenCalledWith(one, '', false);

  const wrong = marked(2, { wrong: { id: '01J0000000000000000000000A', right: '<b>Lee 2018</b>' } });
  const again = draw({ references: [wrong] });
  expect(text()).toContain('You marked this wrong: <b>Lee 2018</b>');
  press('Take back');
  expect(again.onWrong).toHaveBeenCalledWith(wrong, '', true);
});
