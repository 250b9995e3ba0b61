import { BASE, IN_FORCE, SELECTION, TARGET, served } from '../../tests/jest/served';
import type { Annotation, CorrectEvent } from '../contract';

const highlight = ({ annotation }: { annotation: Annotation }) => annotation;
const full = () => {
  throw Object.assign(new Error(), { problem: { code: 'store_full', message: 'Full.', remedy: 'Free space.' } });
};
const slot = (n: number): CorrectEvent => ({
  type: 'slot',
  slot: n,
  source: { by: 'model', name: 'm' },
  failure: ''
});
const text = (n: number, words: string): CorrectEvent => ({ type: 'text', slot: n, text: words });
const candidate = (n: number): CorrectEvent => ({
  type: 'candidate',
  slot: n,
  text: 'whole',
  source: { by: 'model', name: 'm' },
  failure: '',
  why: '',
  call: null
});
const settled = () => new Promise(resolve => setTimeout(resolve));

/** A stream that says one event when it is told to, and whether it was closed. */
function spoken() {
  const pending: CorrectEvent[] = [];
  let wake = (): void => undefined;
  const stream = {
    closed: false,
    async say(...events: CorrectEvent[]) {
      pending.push(...events);
      wake();
      await settled();
    },
    async *events(signal?: AbortSignal) {
      signal?.addEventListener('abort', () => {
        stream.closed = true;
        wake();
      });
      while (!stream.closed) {
        if (pending.length > 0) {
          yield pending.shift()!;
        } else {
          await new Promise<void>(resolve => (wake = resolve));
        }
      }
    }
  };
  return stream;
}

describe('a correction', () => {
  it('whose words were lost stays where it is until the server has kept its new place', async () => {
    const { reconst, document } = served({ ...BASE, highlight: full });
    const annotation = { id: 'a1', target: TARGET, body: [] } as unknown as Annotation;
    document.annotations = [annotation];
    await reconst.place(annotation, { ...TARGET, cell: 'c2' });
    expect(document.annotations).toEqual([annotation]);
    expect(reconst.store.value.notice?.kind).toBe('problem');
  });

  it('reads as it did when its saving is undone', async () => {
    const { reconst, document } = served({ ...BASE, correct: () => [], highlight });
    await reconst.highlight(SELECTION);
    reconst.write('first words');
    await reconst.saveCorrection();
    reconst.write('second words');
    await reconst.saveCorrection();
    expect(document.annotations.map(a => a.body[0].value)).toEqual(['second words']);
    reconst.store.value.notice!.action!.run();
    expect(document.annotations.map(a => a.body[0].value)).toEqual(['first words']);
    expect(reconst.store.value.card!.saved).toBe(false);
  });

  it('keeps what is typed while it is being saved', async () => {
    let answer = (): void => undefined;
    const { reconst, document, kept } = served({
      ...BASE,
      correct: () => [],
      highlight: ({ annotation }: { annotation: Annotation }) =>
        new Promise(resolve => (answer = () => resolve(annotation)))
    });
    await reconst.highlight(SELECTION);
    reconst.write('half');
    const saving = reconst.saveCorrection();
    reconst.write('half a sentence');
    answer();
    expect(await saving).toBe(true);
    expect(document.annotations[0].body[0].value).toBe('half');
    expect(reconst.store.value.card).toMatchObject({ own: 'half a sentence', saved: false, busy: false });
    expect([...kept.values()]).toEqual(['half a sentence']);
  });

  it('is found again under another name of its notebook, also one that carries no id yet', async () => {
    let notebook = '01A';
    const { reconst, document, turnTo } = served({
      ...BASE,
      correct: () => [],
      sync: () => ({ ...IN_FORCE, notebook })
    });
    await reconst.highlight(SELECTION);
    reconst.write('typed before its id was known');
    await settled();
    await reconst.highlight(SELECTION);
    expect(reconst.store.value.card!.own).toBe('typed before its id was known');
    reconst.write('half a sentence');
    [document.path, notebook] = ['b.ipynb', '01B'];
    document.changed.emit();
    await settled();
    await reconst.highlight(SELECTION);
    expect(reconst.store.value.card!.own).toBe('half a sentence');
    notebook = '01C';
    turnTo([]);
    await settled();
    await reconst.highlight(SELECTION);
    expect(reconst.store.value.card!.own).toBe('');
  });

  it('that could not be saved says so, also after its card was closed', async () => {
    let fail = (): void => undefined;
    const { reconst } = served({
      ...BASE,
      correct: () => [],
      highlight: () => new Promise((_, reject) => (fail = () => reject(new Error('no'))))
    });
    await reconst.highlight(SELECTION);
    reconst.write('mine');
    const saving = reconst.saveCorrection();
    await reconst.highlight(SELECTION);
    fail();
    expect(await saving).toBe(false);
    expect(reconst.store.value.notice?.kind).toBe('problem');
    expect(reconst.store.value.card!.problem).toBeNull();
  });

  it('that was never saved stays at its words when candidates are asked for again', async () => {
    const { reconst, document } = served({ ...BASE, correct: () => [] });
    await reconst.highlight(SELECTION);
    await reconst.reopen(reconst.store.value.card!.annotations[0]);
    expect(reconst.store.value.card!.selection).toBe(SELECTION);
    expect(document.reveal).not.toHaveBeenCalled();
  });
});

it('a correction kept as a note says so itself, wherever its notebook goes, until it is taken back', async () => {
  const { reconst, document, calls } = served({ ...BASE, correct: () => [], highlight });
  await reconst.highlight(SELECTION);
  reconst.write('my own');
  await reconst.saveCorrection();
  const before = document.annotations[0];
  const asked = calls.length;
  reconst.note(before);
  expect(document.annotations[0]).toMatchObject({ id: before.id, motivation: 'commenting', body: before.body });
  expect(calls).toHaveLength(asked);
  reconst.store.value.notice!.action!.run();
  expect(document.annotations).toEqual([before]);
});

describe('candidates', () => {
  const open = async () => {
    const stream = spoken();
    const found = served({ ...BASE, correct: (_: never, signal?: AbortSignal) => stream.events(signal), highlight });
    void found.reconst.highlight(SELECTION);
    await stream.say(slot(0), slot(1), slot(2), text(0, 'a'), text(1, 'b'));
    const statuses = () => found.reconst.store.value.card!.candidates.map(c => c.status);
    return { ...found, stream, statuses };
  };

  it('stopping one row leaves the others alone, and it stays stopped', async () => {
    const { reconst, stream, statuses } = await open();
    reconst.stopCandidates(0);
    expect(statuses()).toEqual(['failed', 'writing', 'waiting']);
    await stream.say(text(0, ' more'), candidate(0), candidate(1));
    expect(statuses()).toEqual(['failed', 'ready', 'waiting']);
    expect(stream.closed).toBe(false);
    reconst.stopCandidates(2);
    expect(stream.closed).toBe(true);
    expect(statuses()).toEqual(['failed', 'ready', 'failed']);
    expect(reconst.store.value.card!.busy).toBe(false);
  });

  it('going on to amend stops what nobody waits for', async () => {
    const { reconst, stream, statuses } = await open();
    reconst.write('my own');
    await reconst.amend();
    expect(stream.closed).toBe(true);
    expect(statuses()).toEqual(['failed', 'failed', 'failed']);
  });

  it('nothing of a closed card is asked on', async () => {
    const { reconst, stream } = await open();
    reconst.closeCard();
    expect(stream.closed).toBe(true);
    expect(reconst.store.value.card).toBeNull();
  });
});
