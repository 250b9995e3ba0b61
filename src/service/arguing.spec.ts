import { argument, formalized, weighed } from '../../tests/ui/gallery/arguing';
import { Answers, BASE, SELECTION, served } from '../../tests/jest/served';
import type { ISelection } from '../tokens';

const tick = () => new Promise(resolve => setTimeout(resolve));
const selection: ISelection = { ...SELECTION, target: argument.target };
const settled = { ...formalized, verdict: { ...formalized.verdict!, says: 'follows' as const } };
const CHANGE = { id: 'p', article: null, writes: { 'reconst:argument:p': {} }, removes: [], digest: 'd0' };

async function arguing(answers: Answers = {}) {
  const service = served({
    ...BASE,
    formalize: ({ weigh }: { weigh?: true }) => (weigh ? [weighed] : [{ ...formalized, verdict: null }, formalized]),
    verify: () => ({ ...settled, premises: settled.premises.map(one => ({ ...one, doubt: '' })), call: null }),
    pin: () => ({ ...CHANGE, writes: { 'reconst:argument:p': { passage: argument.passage, says: 'follows' } } }),
    ...answers
  });
  await tick();
  const asked = (verb: string) => service.calls.filter(c => c.verb === verb).map(c => c.body as object);
  return { ...service, asked, at: () => service.reconst.store.value.argument!, act: service.reconst.arguing };
}

it('asks first whether it is worth it, and sends nothing more before the person goes on', async () => {
  const { act, at, asked } = await arguing();
  await act.open(selection, true);
  const { passage } = argument;
  expect(asked('formalize')).toEqual([{ path: 'a.ipynb', passage, weigh: true }]);
  expect(at()).toMatchObject({ passage, found: weighed, since: null });
  await act.formalize();
  expect(asked('formalize')[1]).toEqual({ path: 'a.ipynb', passage, anyway: true });
  expect(at().found).toEqual(formalized);
});

it('sends nothing for a passage that a command opened, before the person asks', async () => {
  const { act, at, asked } = await arguing();
  await act.open(selection, false);
  expect(asked('formalize')).toEqual([]);
  expect(at()).toMatchObject({ passage: argument.passage, found: null, since: null });
  await act.weigh();
  expect(asked('formalize')).toHaveLength(1);
});

it('an edit takes the verdict away, is judged without a model, and is there after a reload', async () => {
  const first = await arguing();
  await first.act.open(selection, true);
  await first.act.formalize();
  first.act.edit(1, { formal: 'wise(ana)' });
  first.act.edit(2, { said: 'So he trusts her' });
  expect(first.at().found!.verdict).toBeNull();
  expect(first.at().found!.premises[1]).toMatchObject({ formal: 'wise(ana)', doubt: '' });
  const second = await arguing();
  for (const [key, text] of first.kept) {
    second.kept.set(key, text);
  }
  await second.act.open(selection, true);
  expect(second.asked('formalize')).toEqual([]);
  expect(second.at().found!.claim!.said).toBe('So he trusts her');
  await second.act.judge();
  const [{ argument: sent }] = second.asked('verify') as { argument: { premises: object[] } }[];
  expect(sent.premises[1]).toMatchObject({ formal: 'wise(ana)' });
  expect(second.at()).toMatchObject({ since: null, found: { verdict: { says: 'follows' }, loss: weighed.loss } });
  expect(second.at().found!.call).toBe(weighed.call);
});

it('what is judged is what was written: an answer that an edit has overtaken is dropped', async () => {
  let answer = (_: unknown): void => undefined;
  const { act, at } = await arguing({ verify: () => new Promise(resolve => (answer = resolve)) });
  await act.open(selection, true);
  await act.formalize();
  const judged = act.judge();
  await tick();
  act.edit(0, { said: 'Trust makes wise' });
  answer(settled);
  await judged;
  expect(at().found).toMatchObject({ verdict: null, premises: [{ said: 'Trust makes wise' }, {}] });
});

it('stops, keeps what there is, and tells what went wrong', async () => {
  let signal: AbortSignal | undefined;
  const { act, at } = await arguing({
    formalize: async function* ({ weigh }: { weigh?: true }, given: AbortSignal) {
      signal = given;
      yield weigh ? weighed : { ...formalized, verdict: null };
      if (!weigh) {
        await new Promise(() => undefined);
      }
    } as never,
    verify: () => {
      throw { problem: { code: 'bad_input', message: '“claim” cannot be read.', remedy: '' } };
    }
  });
  await act.open(selection, true);
  void act.formalize();
  await tick();
  expect(at().since).not.toBeNull();
  act.stop();
  expect(signal!.aborted).toBe(true);
  expect(at()).toMatchObject({ since: null, found: { claim: {}, verdict: null } });
  await act.judge();
  expect(at()).toMatchObject({ since: null, problem: { code: 'bad_input' }, found: { claim: {} } });
});

it('pins the verdict into the notebook, and takes it out again', async () => {
  const { act, document, asked } = await arguing();
  await act.open(selection, true);
  await act.formalize();
  document.metadata = { 'reconst:argument:damaged': null };
  expect(act.pinned).toBeNull();
  document.metadata = {};
  await act.pin();
  expect(asked('pin')).toMatchObject([{ path: 'a.ipynb', passage: argument.passage, turn: null }]);
  expect(act.pinned).toBe('follows');
  await act.pin();
  expect(act.pinned).toBeNull();
  expect(document.metadata).toEqual({});
});

it('leads from a sentence to its words in the notebook', async () => {
  const { act, document, turnTo, reconst } = await arguing();
  const show = ((document as unknown as { show: jest.Mock }).show = jest.fn());
  const selector = [
    { type: 'TextQuoteSelector' as const, exact: `😀${argument.passage}`, prefix: 'before ', suffix: ' after' },
    { type: 'TextPositionSelector' as const, start: 10, end: 76 }
  ];
  await act.open({ ...selection, target: { ...argument.target, selector } }, true);
  await act.formalize();
  act.show(2);
  expect(show.mock.calls[0][0].selector).toEqual([
    expect.objectContaining({ exact: 'Ben trusts Ana', prefix: '' }),
    expect.objectContaining({ start: 60, end: 74 })
  ]);
  act.show(1);
  expect(show).toHaveBeenCalledTimes(1);
  turnTo([]);
  await tick();
  expect(reconst.store.value.argument).toBeNull();
});
