/** What a person can say about the probes of a preview, and about what it may take. */
import { NO_EVIDENCE, adding, court, previewOf, row } from '../../tests/jest/court';
import { SELECTION, served } from '../../tests/jest/served';
import type { Answers } from '../../tests/jest/served';
import type { Estimate, Preview } from '../contract';
import { merged } from './previews';

const tick = (milliseconds = 0) => new Promise(resolve => setTimeout(resolve, milliseconds));
const own = row('Mine?');
const near = row('Theirs?', { probe: { ...row('Theirs?').probe, bin: 'near', key: 'k7' } });
const past = row('Once?', { probe: { ...row('Once?').probe, turn: 't1' } });

const estimate: Estimate = {
  model: 'm',
  bins: [],
  probes: 24,
  calls: 62,
  recorded: 9,
  prompt_tokens: 9000,
  completion_tokens: 4000,
  cost: 0.07
};

/** A service whose previews end at once with these rows. */
async function tried(more: Answers = {}) {
  const rows = [own, near, past];
  const service = served({
    ...court().answers,
    watch: ({ preview }: { preview: string }) => [
      { type: 'progress', preview: { ...previewOf(adding(), { id: preview }), rows } }
    ],
    ...more
  });
  await tick();
  const bodies = (verb: string) =>
    service.calls.filter(c => c.verb === verb).map(c => c.body as Record<string, unknown>);
  return { ...service, bodies, state: () => service.reconst.store.value.preview! };
}

it('prompts and past turns are added, and whatever was added or chosen can be dropped', async () => {
  const { reconst, bodies } = await tried();
  await reconst.preview(adding());
  await reconst.previewing.addPrompt(' Mine? ');
  await reconst.previewing.addTurn('t1');
  await reconst.previewing.addTurn('t1');
  await reconst.previewing.drop(own.probe.id);
  await reconst.previewing.drop(past.probe.id);
  await reconst.previewing.drop(near.probe.id);
  await reconst.previewing.bringBack();
  expect(bodies('preview').map(({ prompts, turns, without }) => [prompts, turns, without])).toEqual([
    [[], [], []],
    [['Mine?'], [], []],
    [['Mine?'], ['t1'], []],
    [[], ['t1'], []],
    [[], [], []],
    [[], [], ['k7']],
    [[], [], []]
  ]);
});

it('a harder look is another run; another wording is not looked at as hard by itself', async () => {
  const { reconst, bodies, state } = await tried();
  await reconst.preview(adding());
  await reconst.previewing.harder();
  await reconst.previewing.reword({ ...state().draft, then: 'none' });
  expect(bodies('preview').map(b => b.harder)).toEqual([false, true, false]);
});

it('a budget goes with every run, and is remembered with the notebook', async () => {
  const { reconst, bodies, state } = await tried();
  await reconst.preview(adding());
  reconst.previewing.allow({ calls: 40, dollars: null });
  await reconst.previewing.addPrompt('Mine?');
  await reconst.preview(adding());
  expect(bodies('preview').map(b => b.budget)).toEqual([
    null,
    { calls: 40, dollars: null },
    { calls: 40, dollars: null }
  ]);
  reconst.previewing.allow(null);
  expect(state().budget).toBeNull();
});

it('a row is decided where it stands', async () => {
  const decided = { ...near, certainty: 'changed' as const, repeats: 6, p: 0.0022 };
  let run = '';
  const { reconst, bodies, state } = await tried({
    repeat: ({ preview }: { preview: string }): Preview =>
      previewOf(adding(), { id: (run = preview), status: 'running' }),
    watch: ({ preview }: { preview: string }) => [
      { type: 'progress', preview: { ...previewOf(adding(), { id: preview }), rows: [own, near, past] } },
      ...(run ? [{ type: 'row', row: decided }] : [])
    ]
  });
  await reconst.preview(adding());
  await reconst.previewing.repeat([near.probe.id]);
  expect(bodies('repeat')).toEqual([{ preview: state().preview!.id, probes: [near.probe.id], budget: null }]);
  expect(state().rows).toEqual([own, decided, past]);
  expect(state().busy).toBe(false);
});

it('a judge is asked about the rows, which come back with its word', async () => {
  const said = { ...near, judgement: { first: 'after' as const, second: 'after' as const, says: 'intended' as const } };
  const { reconst, bodies, state } = await tried({
    judge: ({ preview }: { preview: string }): Preview => previewOf(adding(), { id: preview, status: 'running' }),
    watch: ({ preview }: { preview: string }) => [
      { type: 'progress', preview: { ...previewOf(adding(), { id: preview }), rows: [own, near, past] } },
      { type: 'row', row: said }
    ]
  });
  await reconst.preview(adding());
  await reconst.previewing.judge();
  expect(bodies('judge')).toEqual([{ preview: state().preview!.id, budget: null }]);
  expect(state().rows).toEqual([own, said, past]);
  expect(state().busy).toBe(false);
});

it('a mark brings what the rows add up to then, in one request', async () => {
  const evidence = { ...NO_EVIDENCE, value: 7 };
  const { reconst, state, bodies } = await tried({
    mark: () => ({ row: { ...near, mark: 'intended' }, evidence }),
    watch: ({ preview }: { preview: string }) => [
      { type: 'progress', preview: previewOf(adding(), { id: preview, rows: [own, near, past] }) }
    ]
  });
  await reconst.preview(adding());
  await reconst.previewing.mark(near.probe.id, 'intended');
  expect(state().preview!.evidence.value).toBe(7);
  expect(state().rows).toEqual([own, { ...near, mark: 'intended' }, past]);
  expect(state().busy).toBe(false);
  expect(bodies('watch')).toHaveLength(1);
});

it('what cannot be repeated says why, and leaves the rows', async () => {
  const { reconst, state } = await tried({
    repeat: () => {
      throw { problem: { code: 'no_model', message: 'No model.', remedy: '' } };
    }
  });
  await reconst.preview(adding());
  await reconst.previewing.repeat([]);
  expect(reconst.store.value.notice?.text).toBe('No model.');
  expect(state().rows).toHaveLength(3);
  expect(state().busy).toBe(false);
});

it('says what a preview would take once the choice stands, and nothing where that is not known', async () => {
  const amendment = adding();
  const { reconst, bodies } = await tried({ estimate: () => estimate });
  reconst.store.update({
    card: {
      step: 'amend',
      selection: SELECTION,
      annotations: [],
      own: '',
      picked: null,
      candidates: [],
      disagrees: null,
      proposals: [],
      chosen: null,
      amendment,
      draft: { ...amendment.draft!, then: 'brief' },
      busy: false,
      cost: null,
      saved: true,
      problem: null
    }
  });
  expect(bodies('estimate')).toEqual([]);
  await tick(350);
  expect(bodies('estimate')).toMatchObject([{ path: 'a.ipynb', amendment: { draft: { then: 'brief' } }, prompts: [] }]);
  expect(reconst.store.value.estimate).toEqual(estimate);
  reconst.store.update({ card: null });
  expect(reconst.store.value.estimate).toBeNull();
});

it('a stored run of ten thousand rows is one change of what is on screen', async () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => row(`${n}`));
  const { reconst, state } = await tried({
    watch: ({ preview }: { preview: string }) => [
      { type: 'progress', preview: { ...previewOf(adding(), { id: preview }), rows } }
    ]
  });
  let changes = 0;
  reconst.store.changed.connect(() => (changes += 1));
  await reconst.preview(adding());
  expect(state().rows).toHaveLength(10_000);
  expect(changes).toBeLessThan(10);
  expect(merged(rows, [{ ...rows[3], mark: 'intended' }])[3].mark).toBe('intended');
});
