import { DRAFT, adding, article, court, keyOf } from '../../tests/jest/court';
import { SELECTION, served } from '../../tests/jest/served';
import type { Amendment, Annotation, Trial } from '../contract';

const tick = () => new Promise(resolve => setTimeout(resolve));
const MODEL = { by: 'model' as const, name: 'm' };

const proposal = (slot: number, amendment: Amendment, status: Trial['status']) => ({
  type: 'proposal',
  slot,
  amendment: { ...amendment, source: MODEL },
  trial: { status, fires: null, moved: null, why: '' }
});

/** A card at its amend step, about one correction, with these proposals. */
async function amending(events: readonly object[], rules: readonly ReturnType<typeof article>[] = []) {
  const service = served({
    ...court().answers,
    correct: () => [],
    highlight: ({ annotation }: { annotation: Annotation }) => annotation,
    propose: () => events
  });
  rules.forEach(a => service.document.write({ [keyOf(a)]: a }));
  service.document.changed.emit();
  await tick();
  const { reconst } = service;
  await reconst.highlight(SELECTION);
  reconst.write('Open with the answer.');
  await reconst.amend();
  const card = () => reconst.store.value.card!;
  const state = () => reconst.store.value.preview!;
  return { ...service, card, state };
}

it('only what has been tried can be chosen', async () => {
  const { reconst, card } = await amending([
    proposal(0, adding(), 'running'),
    proposal(1, adding(), 'untested'),
    proposal(2, adding(), 'waiting')
  ]);
  reconst.choose(0);
  reconst.choose(2);
  expect(card()).toMatchObject({ chosen: null, amendment: null });
  reconst.choose(1);
  expect(card().chosen).toBe(1);
});

it('words of one’s own, and what a candidate was made into, stay while others are looked at', async () => {
  const { reconst, card } = await amending([
    proposal(0, adding({ then: 'first' }), 'passed'),
    proposal(1, adding({ then: 'second' }), 'passed')
  ]);
  reconst.choose(null);
  reconst.reword({ then: 'mine' });
  const own = card().amendment!.id;
  reconst.choose(0);
  reconst.reword({ then: 'first, edited' });
  reconst.choose(1);
  expect(card().draft!.then).toBe('second');
  reconst.choose(0);
  expect(card().draft!.then).toBe('first, edited');
  reconst.choose(null);
  expect(card()).toMatchObject({ draft: { then: 'mine' }, amendment: { id: own, action: 'add' } });
});

it('a reworded revision that is left comes back as that revision', async () => {
  const rule = article();
  const revise = adding({ then: 'none' }, { action: 'revise', article: rule.id, base: rule.revision });
  const { reconst, card } = await amending([proposal(0, revise, 'passed')], [rule]);
  reconst.reword({ then: 'none at all' });
  const [annotation] = card().annotations;
  reconst.closeCard();
  await reconst.reopen(annotation, 'amend');
  expect(card()).toMatchObject({
    chosen: null,
    amendment: { id: revise.id, action: 'revise', article: rule.id, base: rule.revision },
    draft: { then: 'none at all' }
  });
  await reconst.preview();
  expect(reconst.store.value.preview!.amendment).toMatchObject({ action: 'revise', article: rule.id });
});

it('back from the preview are all corrections, and what was tried', async () => {
  const rule = article();
  const repeal = adding({}, { action: 'repeal', article: rule.id, base: rule.revision, draft: null });
  const { reconst, card, state, document } = await amending([proposal(0, repeal, 'passed')], [rule]);
  const other = { ...card().annotations[0], id: '01JD0000000000000000000009' };
  await reconst.amend([...card().annotations, other]);
  await reconst.preview();
  expect(state().annotations).toHaveLength(2);
  await reconst.amend(state().annotations);
  expect(card().annotations).toHaveLength(2);
  expect(card()).toMatchObject({ amendment: { id: repeal.id, action: 'repeal' }, draft: null });
  expect(document.reveal).toHaveBeenCalled();
});

it('the wording written beside the preview is the one that the card goes on with', async () => {
  const { reconst, card, state } = await amending([proposal(0, adding(), 'passed')]);
  await reconst.preview();
  reconst.previewing.edit({ ...state().draft, then: 'no praise at all' });
  await reconst.amend(state().annotations);
  expect(card().draft).toEqual({ ...DRAFT, then: 'no praise at all' });
});

it('a card that another notebook has closed asks on nothing, and says nothing on the next card', async () => {
  let aborted = false;
  let goOn = () => undefined as void;
  const { reconst, turnTo } = served({
    ...court().answers,
    correct: () => [],
    highlight: ({ annotation }: { annotation: Annotation }) => annotation,
    async *propose(_: never, signal?: AbortSignal) {
      yield proposal(0, adding(), 'untested');
      await new Promise<void>(resolve => (goOn = resolve));
      aborted = signal!.aborted;
      yield proposal(1, adding({ then: 'late' }), 'passed');
    }
  });
  await reconst.highlight(SELECTION);
  reconst.write('Open with the answer.');
  const amend = reconst.amend();
  await tick();
  turnTo([]);
  await reconst.highlight(SELECTION);
  goOn();
  await amend;
  expect(aborted).toBe(true);
  expect(reconst.store.value.card!.proposals).toEqual([]);
});

it('several corrections that are amended together have nothing of a card about other words', async () => {
  const { reconst, card, document } = await amending([]);
  const other = { ...card().annotations[0], id: '01JD0000000000000000000009' };
  const reveal = document.reveal as jest.Mock;
  reveal.mockClear();
  await reconst.amend([other]);
  expect(reveal).toHaveBeenCalledWith(other.id);
  expect(card()).toMatchObject({ annotations: [other], own: '' });
});

it('what became law is not offered again', async () => {
  const { reconst, card, state, kept } = await amending([proposal(0, adding(), 'passed')]);
  reconst.reword({ then: 'none' });
  await reconst.preview();
  await reconst.ratify('');
  await reconst.amend(state().annotations);
  expect(card().draft!.then).toBe('no praise');
  expect([...kept.values()].filter(text => text.includes('none'))).toEqual([]);
});
