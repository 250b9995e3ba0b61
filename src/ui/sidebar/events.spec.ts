import { nullTranslator } from '@jupyterlab/translation';

import type { Article, Event } from '../../contract';
import { daysOf } from './events';

const trans = nullTranslator.load('jupyter_reconst');

const article = (revision: string, parents: string[], more: Partial<Article> = {}): Article => ({
  id: 'a',
  revision,
  parents,
  seals: [],
  order: 'V',
  title: 'Brief',
  when: 'always',
  then: 'be brief',
  why: '',
  source: '',
  kind: 'process',
  always: true,
  enabled: true,
  repealed: false,
  provenance: { author: '', at: '2026-01-01T00:00:00Z', words: [], evidence: '', note: '' },
  ...more
});

const ratified = (found: Article, n: number): Event => ({
  sequence: n,
  id: `e${n}`,
  owner: 'me',
  notebook: 'n',
  kind: 'ratification',
  subject: null,
  body: { change: { article: found } } as unknown as Event['body'],
  created: '2026-01-01T00:00:00Z'
});

const LAW = { metadata: {}, articles: [] };
const NOW = Date.parse('2026-01-02');

const linesOf = (revisions: readonly Article[], now: readonly Article[]) => {
  const metadata = Object.fromEntries(revisions.map(r => [`reconst:article:a:${r.revision}`, r]));
  const events = revisions.map(ratified).reverse();
  return daysOf(events, { metadata, articles: now }, NOW, trans).flatMap(day => day.lines);
};

describe('the history', () => {
  it('offers to restore what reads otherwise than the article does now, and nothing else', () => {
    const first = article('1', []);
    const second = article('2', ['1'], { then: 'be very brief' });
    const lines = linesOf([first, second], [second]);
    expect(lines.map(line => line.restore?.revision ?? null)).toEqual([null, '1']);
  });

  it('lists a preview with what was seen, and opens it', () => {
    const told = (body: object) =>
      daysOf([{ ...ratified(article('1', []), 1), kind: 'preview', body: body as Event['body'] }], LAW, NOW, trans);
    const tried = { preview: { amendment: { action: 'add' } } };
    const [{ lines }] = told({ title: 'Brief', says: '24 probes on lab-70b: 24 unchanged', tried });
    expect(lines).toMatchObject([{ text: 'Previewed “Brief”', meta: '24 probes on lab-70b: 24 unchanged', tried }]);
    const [without] = told({ title: 'Brief', says: '', tried: { preview: { amendment: { action: 'repeal' } } } });
    expect(without.lines[0].text).toBe('Previewed without “Brief”');
    expect(told({})).toEqual([]);
  });

  it('tells another answer from a turn, and says which one was kept', () => {
    const told = (kind: Event['kind'], body: object) =>
      daysOf([{ ...ratified(article('1', []), 1), kind, body: body as Event['body'] }], LAW, NOW, trans)[0]?.lines[0];
    expect(told('turn', { id: 't', prompt: 'Why?' })).toMatchObject({ text: 'Asked: Why?', turn: 't' });
    expect(told('turn', { id: 't', prompt: 'Why?', varies: 'u' })?.text).toBe('Another answer: Why?');
    const kept = { chosen: 't', prompt: 'Why?', says: 'lab-70b · listen' };
    expect(told('keep', kept)).toMatchObject({ text: 'Kept an answer: Why?', meta: 'lab-70b · listen', turn: null });
    expect(told('keep', { ...kept, undoes: 'k' })?.text).toBe('Took that back');
    expect(told('keep', { chosen: 't' })).toBeUndefined();
  });

  it('says that a repealed article was brought back', () => {
    const first = article('1', []);
    const gone = article('2', ['1'], { repealed: true });
    const back = article('3', ['2']);
    const lines = linesOf([first, gone, back], [back]);
    expect(lines.map(line => line.text)).toEqual(['Brought back: Brief', 'Repealed: Brief', 'Added: Brief']);
    expect(lines.every(line => line.restore === null)).toBe(true);
  });

  it('says where an article was promoted to', () => {
    const event = ratified(article('2', ['1'], { repealed: true }), 1);
    const promoted = { ...event, body: { ...event.body, promoted: { place: 'lab/constitution.md' } } };
    const [{ lines }] = daysOf([promoted], LAW, NOW, trans);
    expect(lines[0].text).toBe('Promoted to lab/constitution.md: Brief');
  });

  it('tells of several articles at once, and offers to restore none of them alone', () => {
    const texts = [{ adopted: { file: 'careful.md', articles: ['a', 'b'] } }, { restored: 'v1' }, { undone: 'c' }].map(
      body => daysOf([{ ...ratified(article('1', []), 1), body: { change: {}, ...body } }], LAW, NOW, trans)[0].lines[0]
    );
    expect(texts.map(line => line.text)).toEqual([
      'Took 2 articles of careful.md',
      'Restored an earlier constitution',
      'Took that back'
    ]);
    expect(texts.every(line => line.restore === null)).toBe(true);
  });

  it('tells what one proposed, voted, and set as the rule', () => {
    const told = (kind: Event['kind'], ...records: object[]) => {
      const body = { change: { writes: Object.fromEntries(records.map((r, n) => [`k${n}`, r])) } };
      const event = { ...ratified(article('1', []), 1), kind, body: body as unknown as Event['body'] };
      return daysOf([event], LAW, NOW, trans)[0].lines[0];
    };
    const own = { answer: 'agree', why: '' };
    expect(told('proposal', { amendment: { draft: { title: 'Brief' } } }, own).text).toBe('Proposed: Brief');
    expect(told('proposal', { amendment: { draft: null } }, own).text).toBe('Proposed a repeal');
    expect(told('proposal', { amendment: null, terms: {} }, own).text).toBe('Proposed a rule');
    expect(told('vote', { answer: 'disagree', why: 'too strict' })).toMatchObject({
      text: 'Disagreed with a proposal',
      meta: 'too strict'
    });
    expect(told('rule', { terms: {} }).text).toBe('Set who ratifies');
  });
});
