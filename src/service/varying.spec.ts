import type { TurnRecord, VaryEvent } from '../contract';
import type { INotebookDocument } from '../tokens';
import { Store } from '../model/store';
import { IContext } from './context';
import { Varying } from './varying';

const RECORD = { turn: 't2', reply: 'Two words', prompt: '?', status: 'complete' } as TurnRecord;

/** A service over a scripted server; `calls` is everything that it was asked. */
function made(events: readonly VaryEvent[] = []) {
  const calls: [string, Record<string, unknown>][] = [];
  const store = new Store();
  let ids = 0;
  const answers: Record<string, unknown> = {
    variants: { shown: { ...RECORD, turn: 't1' }, variants: [], calls: 0, cost: 0, problem: null },
    keep: RECORD,
    edit: { annotations: [{ id: 'a1' }, { id: 'a2' }] }
  };
  const undone: string[] = [];
  const document = {
    path: 'n.ipynb',
    output: jest.fn(),
    whole: (_: string, at: number) => (at === 2 ? { reading: 'Read', target: { turn: 't1' } } : null),
    annotate: ({ id }: { id: string }) => ({ dispose: () => void undone.push(id) })
  };
  const context = {
    client: {
      call: (verb: string, body: Record<string, unknown>) => {
        calls.push([verb, body]);
        return Promise.resolve(answers[verb]);
      },
      async *stream(verb: string, body: Record<string, unknown>, signal: AbortSignal) {
        calls.push([verb, body]);
        for (const event of events) {
          await Promise.resolve();
          yield event;
          if (signal.aborted) {
            return;
          }
        }
      }
    },
    store,
    notebooks: { current: document as unknown as INotebookDocument },
    trans: { __: (text: string) => text, _n: (text: string) => text },
    id: () => `id${++ids}`,
    sync: () => Promise.resolve(null),
    recorded: jest.fn()
  } as unknown as IContext;
  return { varying: new Varying(context), store, calls, document, undone, answers: () => store.value.varying!.answers };
}

test('answers come as they are written; one that fails says so and makes room when it is asked again', async () => {
  const way = { id: 'id2', prompt: 'How?' };
  const problem = { code: 'model_busy', message: 'Busy.', remedy: '' };
  const events: VaryEvent[] = [
    { type: 'text', slot: 0, text: 'Two ' },
    { type: 'text', slot: 0, text: 'words' },
    { type: 'variant', slot: 0, record: RECORD, differs: ['by other'], way: { ...way, id: 'id1' } as never },
    { type: 'failed', slot: 1, problem },
    { type: 'finished', cost: 0 }
  ];
  const { varying, answers, calls } = made(events);
  await varying.look('t1', 'c1');
  await varying.ask([{}, { prompt: 'How?' }]);
  expect(answers().map(a => [a.reply, a.differs, a.problem])).toEqual([
    ['Two words', ['by other'], null],
    ['', [], problem]
  ]);
  expect(calls[1][1]).toMatchObject({
    path: 'n.ipynb',
    turn: 't1',
    ways: [{ id: 'id1' }, { id: 'id2', prompt: 'How?' }]
  });
  const there = events[2];
  events.splice(0, events.length, { type: 'failed', slot: 0, problem });
  await varying.ask([answers()[1].way]);
  expect(answers()).toHaveLength(2);
  expect(answers()[1].way).toMatchObject({ prompt: 'How?' });
  expect(answers()[1].way.id).not.toBe('id2');
  events.splice(0, events.length, there);
  await varying.ask([{ without: ['a1'], anew: false }]);
  expect(answers()).toHaveLength(2);
});

test('stopping leaves what had arrived, to be tried again', async () => {
  const { varying, answers, store } = made([
    { type: 'text', slot: 0, text: 'Begun' },
    { type: 'text', slot: 0, text: 'x' }
  ]);
  await varying.look('t1', 'c1');
  store.changed.connect(() => answers()[0]?.reply === 'Begun' && !answers()[0].problem && varying.stop());
  await varying.ask([{}]);
  expect(answers()[0]).toMatchObject({ reply: 'Begun', problem: { code: 'cancelled' } });
  expect(store.value.varying!.busy).toBe(false);
});

test('keeping one writes it in place of the other, and one press takes that back', async () => {
  const { varying, calls, document, store } = made();
  await varying.look('t1', 'c1');
  await varying.keep('t2');
  expect(document.output).toHaveBeenCalledWith('c1', RECORD, 't1');
  const kept = calls.find(([verb]) => verb === 'keep')![1];
  expect(kept).toMatchObject({ cell: 'c1', turn: 't2', instead: 't1' });
  store.value.notice!.action!.run();
  await new Promise(done => setTimeout(done));
  const [, undone] = calls.filter(([verb]) => verb === 'keep')[1];
  expect(undone).toMatchObject({ turn: 't1', instead: 't2', undoes: kept.id });
});

test('an edited reply becomes annotations of the output that is read, and one press takes all of them back', async () => {
  const { varying, calls, undone } = made();
  const edited = await varying.edit('t1', 'c1', 'New.');
  expect(calls[0]).toEqual([
    'edit',
    { path: 'n.ipynb', turn: 't1', cell: 'c1', output: 2, text: 'New.', reading: 'Read' }
  ]);
  edited!.undo();
  expect(undone).toEqual(['a1', 'a2']);
});
