import type { Given, TurnRecord, Trace } from '../contract';
import { Lead, followMarks, isCited, isTrace, linkMarks } from './traces';

const trans = { __: (text: string, ...parts: unknown[]) => text.replace(/%1/g, String(parts[0])) } as never;
const trace = (number: number): Trace => ({ number, cell: 'a', start: 0, quote: `words ${number}`, marks: [] });
const record = { traces: [trace(1), trace(2)], open: [{ text: 'Why?', options: [] }] } as unknown as TurnRecord;
const followed: Lead[] = [];
let found = true;

followMarks(async (_, to) => {
  followed.push(to);
  return found;
}, trans);

function drawn(html: string): HTMLElement {
  const body = document.createElement('div');
  body.innerHTML = html;
  document.body.replaceChildren(body);
  linkMarks(body, record, trans);
  return body;
}

const marks = (body: HTMLElement): HTMLElement[] => Array.from(body.querySelectorAll<HTMLElement>('[role=link]'));

beforeEach(() => {
  followed.length = 0;
  found = true;
});

describe('the marks of a reply', () => {
  it('become links where they lead somewhere, and the text stays what it was', () => {
    const body = drawn('<p>One [¶1] [¶2], two [¶1]. None [¶9] [?1]</p><p>[?2] a[¶2]</p>');
    expect(marks(body).map(mark => mark.textContent)).toEqual(['[¶1]', '[¶2]', '[¶1]', '[?1]', '[¶2]']);
    expect(body.textContent).toBe('One [¶1] [¶2], two [¶1]. None [¶9] [?1][?2] a[¶2]');
    expect(marks(body)[0].title).toBe('Go to “words 1”');
    linkMarks(body, record, trans);
    expect(marks(body)).toHaveLength(5);
  });

  it('are left alone in a reply that has no traces, whatever its record says', () => {
    for (const odd of [{}, { traces: 'x', open: [] }, { traces: [trace(1)] }]) {
      const body = document.createElement('div');
      body.textContent = '[¶1]';
      linkMarks(body, odd as never, trans);
      expect(body.childElementCount).toBe(0);
    }
  });

  it('are followed by mouse and by Enter, and by no other key', async () => {
    const [one, , , ask] = marks(drawn('<p>[¶1] [¶2] [¶1] [?1]</p>'));
    one.click();
    one.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    ask.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    document.body.click();
    await Promise.resolve();
    expect(followed).toEqual([trace(1), record.open![0]]);
    expect(followed.map(isTrace)).toEqual([true, false]);
  });

  it('lead to the passage of their number, where the turn was given one', () => {
    const given = (label: string, kind = 'passage') => ({ kind, id: 'p', label, source: '', text: '' }) as Given;
    const cites = { turn: 't1', given: [given('[1] Smith 2020, p. 4'), given('[2] Fact', 'fact'), null] };
    const body = document.createElement('div');
    body.innerHTML = '<p>It holds [1], [2] and [11].</p><pre>x[1]</pre>';
    linkMarks(body, cites as unknown as TurnRecord, trans);
    expect(marks(body).map(mark => [mark.textContent, mark.title])).toEqual([['[1]', '[1] Smith 2020, p. 4']]);
    document.body.replaceChildren(body);
    marks(body)[0].click();
    expect(followed.map(lead => isCited(lead) && lead.turn)).toEqual(['t1']);
  });

  it('say so, once, where their words have changed', async () => {
    found = false;
    const [one] = marks(drawn('<p>[¶1]</p>'));
    one.click();
    await new Promise(done => setTimeout(done));
    one.click();
    await new Promise(done => setTimeout(done));
    expect(one.querySelectorAll('[role=status][data-reconst-ignore]')).toHaveLength(1);
    expect(one.textContent).toContain('have changed or are gone');
    expect(followed).toEqual([trace(1), trace(1)]);
  });
});
