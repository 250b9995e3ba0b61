import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';

import { Presence } from './presence';

/** A page of somebody, and what it has to say to another page. */
function page(username: string, name = username) {
  const awareness = new Awareness(new Y.Doc());
  const presence = new Presence(awareness);
  awareness.setLocalStateField('user', { username, display_name: name });
  const to = (other: { awareness: Awareness }) =>
    applyAwarenessUpdate(other.awareness, encodeAwarenessUpdate(awareness, [awareness.clientID]), 'far');
  return { awareness, presence, to };
}

const made: ReturnType<typeof page>[] = [];
const open = (...given: Parameters<typeof page>) => {
  made.push(page(...given));
  return made[made.length - 1];
};

afterEach(() => {
  for (const { awareness, presence } of made.splice(0)) {
    presence.dispose();
    awareness.destroy();
  }
});

it('shows who looks at what, by the name that their page says', () => {
  const [ana, ben] = [open('ana', 'Ana Ruiz'), open('ben')];
  ana.presence.say('a1');
  ana.to(ben);
  expect(ben.presence.others).toEqual([{ name: 'Ana Ruiz', at: 'a1' }]);
  ana.presence.say(null);
  ana.to(ben);
  expect(ben.presence.others).toEqual([{ name: 'Ana Ruiz', at: null }]);
});

it('shows nobody where nobody else is: alone, or in another page of one’s own', () => {
  const [ana, other] = [open('ana'), open('ana')];
  expect(ana.presence.others).toEqual([]);
  other.presence.say('a1');
  other.to(ana);
  expect(ana.presence.others).toEqual([]);
});

it('tells of those who come, turn and leave, and not of cursors', () => {
  const [ana, ben] = [open('ana'), open('ben')];
  let told = 0;
  ana.presence.changed.connect(() => void told++);
  ben.to(ana);
  expect(told).toBe(1);
  ben.awareness.setLocalStateField('cursors', [1, 2]);
  ben.to(ana);
  expect(told).toBe(1);
  ben.presence.say('a1');
  ben.to(ana);
  expect(told).toBe(2);
  removeAwarenessStates(ana.awareness, [ben.awareness.clientID], 'far');
  expect(told).toBe(3);
  expect(ana.presence.others).toEqual([]);
});

it.each([
  { user: 'ben' },
  { user: { name: 5 } },
  { user: { name: 'x'.repeat(1000) }, reconst: { at: ['a'] } },
  { reconst: 'at', user: { username: '' } },
  { user: null }
])('reads %j without trusting it', state => {
  const [ana, ben] = [open('ana'), open('ben')];
  ben.awareness.setLocalState(state);
  ben.to(ana);
  for (const { name, at } of ana.presence.others) {
    expect(name.length).toBeLessThanOrEqual(100);
    expect(at).toBeNull();
  }
});
