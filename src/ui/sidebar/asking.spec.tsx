import { nullTranslator } from '@jupyterlab/translation';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { fakeReconst, noDrafts, noOpen } from '../../../tests/ui/gallery/fakes';
import * as fx from '../../../tests/ui/gallery/fixtures';
import type { Tab } from '../../tokens';
import { h } from '../h';
import { Sidebar } from './body';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

it.each(['review', 'constitution', 'history'] as Tab[])('a reply can be cancelled from the %s tab', async tab => {
  const state = { ...fx.base, tab, asking: { turn: 't1', since: Date.now() } };
  const { reconst, calls } = fakeReconst(state);
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  const given = { drafts: noDrafts, open: noOpen, trans: nullTranslator.load(''), now: fx.NOW, metadata: {} };
  const acts = { id: () => 'm9', opened: 0, placing: null, offer: null, onPlacing: jest.fn(), onGoTo: jest.fn() };
  await act(async () => root.render(<Sidebar state={state} reconst={reconst} {...given} {...acts} />));
  const buttons = Array.from(host.querySelectorAll('button')).filter(b => b.textContent === 'Cancel');
  expect(buttons).toHaveLength(1);
  act(() => buttons[0].click());
  expect(calls).toContainEqual(['cancel']);
  act(() => root.unmount());
  host.remove();
});
