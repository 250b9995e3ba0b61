import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';

import { stage } from '../../../tests/jest/stage';
import { fakeReconst, noDrafts, noOpen } from '../../../tests/ui/gallery/fakes';
import * as fx from '../../../tests/ui/gallery/fixtures';
import type { Tab } from '../../tokens';
import * as React from '../react';
import { Sidebar } from './body';

const page = stage();

it.each(['review', 'constitution', 'history'] as Tab[])('a reply can be cancelled from the %s tab', async tab => {
  const state = { ...fx.base, tab, asking: { turn: 't1', since: Date.now() } };
  const { reconst, calls } = fakeReconst(state);
  const given = { drafts: noDrafts, open: noOpen, trans: nullTranslator.load(''), now: fx.NOW, metadata: {} };
  const acts = { id: () => 'm9', opened: 0, placing: null, offer: null, onPlacing: jest.fn(), onGoTo: jest.fn() };
  await page.settle(<Sidebar state={state} reconst={reconst} {...given} {...acts} />);
  const buttons = Array.from(page.host.querySelectorAll('button')).filter(b => b.textContent === 'Cancel');
  expect(buttons).toHaveLength(1);
  act(() => buttons[0].click());
  expect(calls).toContainEqual(['cancel']);
});
