import { adding, article, court, keyOf } from '../../tests/jest/court';
import { IN_FORCE, served } from '../../tests/jest/served';
import type { Answers } from '../../tests/jest/served';
import type { Agreement, InForce } from '../contract';

const tick = () => new Promise(resolve => setTimeout(resolve));
const refuse = (code: string) => () => {
  throw Object.assign(new Error(), { problem: { code, message: '2 of 3 must agree.', remedy: 'Propose it.' } });
};
const written = (key: string) => () => ({ id: 'x', article: null, writes: { [key]: {} }, removes: [], digest: 'd0' });

async function service(more: Answers, patch: Partial<InForce> = {}) {
  const { answers } = court();
  const sync = (body: never) => ({ ...(answers.sync(body) as InForce), ...patch });
  const found = served({ ...answers, history: () => ({ events: [], more: false }), sync, ...more });
  await tick();
  const sent = (verb: string) => found.calls.filter(c => c.verb === verb).map(c => c.body as Record<string, unknown>);
  return { ...found, sent, notice: () => found.reconst.store.value.notice };
}

function on(patch: Partial<Agreement['proposal']> = {}): Agreement {
  const vote = {
    provocation: 'Why?',
    id: 'b1',
    proposal: 'p1',
    of: 'f1',
    answer: 'pass',
    author: 'Ben',
    at: '',
    why: ''
  };
  const proposal = { id: 'p1', amendment: adding({}, { article: 'r1' }), terms: null, prompts: ['Who?'], ...patch };
  return { proposal, digest: 'f1', ballots: [{ vote, void: '' }] } as unknown as Agreement;
}

describe('agreeing', () => {
  it('submits what the preview shows, writes it down, and names nobody', async () => {
    const { reconst, document, sent, notice } = await service({ submit: written('reconst:proposal:p1') });
    await reconst.preview(adding());
    await reconst.previewing.addPrompt('Who?');
    await reconst.agreeing.submit('misled twice');
    const { preview } = reconst.store.value;
    const { id, ...body } = sent('submit')[0];
    expect(id).toMatch(/^[0-9A-Z]{26}$/);
    expect(body).toEqual({
      path: 'a.ipynb',
      amendment: preview!.amendment,
      annotations: [],
      prompts: ['Who?'],
      note: 'misled twice',
      preview: preview!.preview!.id
    });
    expect(document.metadata).toHaveProperty(['reconst:proposal:p1']);
    expect(notice()!.text).toBe('Proposed. It is not in force until it is ratified.');
  });

  it('casts a vote on the words that were read', async () => {
    const { reconst, document, sent } = await service({ vote: written('reconst:vote:p1:b2') });
    expect(await reconst.agreeing.vote(on(), 'disagree', 'too strict', 'Try this')).toBe(true);
    expect(sent('vote')[0]).toMatchObject({ proposal: 'p1', of: 'f1', answer: 'disagree', provocation: 'Try this' });
    expect(document.metadata).toHaveProperty(['reconst:vote:p1:b2']);
  });

  it('keeps what was said where it was refused', async () => {
    const { reconst, document, notice } = await service({ vote: refuse('stale') });
    expect(await reconst.agreeing.vote(on(), 'agree', '', '')).toBe(false);
    expect(notice()).toMatchObject({ kind: 'problem', text: '2 of 3 must agree.' });
    expect(document.metadata).toEqual({});
  });

  it('tries a proposal on its proposer’s prompts and on those of the votes, and sends nothing before', async () => {
    const { reconst, sent } = await service({});
    expect(sent('preview')).toEqual([]);
    const proposed = on();
    await reconst.agreeing.impact(proposed);
    const { amendment } = proposed.proposal;
    expect(sent('preview')).toMatchObject([{ amendment, prompts: ['Who?', 'Why?'] }]);
  });

  it('ratifies an amendment as law, and terms as the rule', async () => {
    const { reconst, sent } = await service({ govern: written('reconst:rule:g1') });
    await reconst.agreeing.ratify(on());
    expect(sent('ratify')[0].amendment).toMatchObject({ article: 'r1', action: 'add' });
    const terms = { kind: 'writers' as const, needs: 1, people: [] };
    await reconst.agreeing.ratify(on({ amendment: null, terms }));
    expect(sent('govern')[0].terms).toEqual(terms);
  });

  it('proposes a rule where that takes votes', async () => {
    const terms = { kind: 'one' as const, needs: 1, people: [] };
    const refused = await service({ govern: refuse('votes_needed'), submit: written('reconst:proposal:p1') });
    expect(await refused.reconst.agreeing.govern(terms)).toBe(true);
    expect(refused.sent('submit')[0].terms).toEqual(terms);
    const broken = await service({ govern: refuse('store_full') });
    expect(await broken.reconst.agreeing.govern(terms)).toBe(false);
  });

  it('offers to propose what is refused as law', async () => {
    const standing = article();
    const law = { constitution: { ...IN_FORCE.constitution, articles: [standing] } };
    const answers = { ratify: refuse('votes_needed'), submit: written('reconst:proposal:p1') };
    const { reconst, document, sent, notice } = await service(answers, law);
    document.write({ [keyOf(standing)]: standing });
    await reconst.toggle(standing.id);
    expect(notice()).toMatchObject({ kind: 'problem', action: { label: 'Propose it' } });
    notice()!.action!.run();
    await tick();
    await tick();
    expect(sent('submit')[0].amendment).toMatchObject({ article: standing.id, draft: { enabled: false } });
  });

  it('proposes a revision that came without its votes, on top of what stands', async () => {
    const standing = article();
    const law = { constitution: { ...IN_FORCE.constitution, articles: [standing] } };
    const { reconst, sent } = await service({ submit: written('reconst:proposal:p1') }, law);
    const said = (short: object) => reconst.agreeing.propose({ ...standing, revision: 'v2', ...short });
    await said({ then: 'less praise' });
    await said({ repealed: true });
    await said({ id: 'r9' });
    expect(sent('submit').map(b => b.amendment)).toMatchObject([
      { action: 'revise', base: standing.revision, draft: { then: 'less praise' }, order: null },
      { action: 'repeal', base: standing.revision, draft: null },
      { action: 'add', article: 'r9', base: null, order: 'V' }
    ]);
  });
});
