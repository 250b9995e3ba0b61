import { BASE, IN_FORCE, served } from '../../tests/jest/served';
import { TURN } from '../../tests/jest/turn';
import type { AskEvent, TurnRecord } from '../contract';
import type { IInserted } from '../tokens';
import { ulid } from './ids';

const RECORD: TurnRecord = {
  ...TURN,
  turn: ulid(),
  notebook: IN_FORCE.notebook,
  digest: 'd0',
  prompt: 'Why?',
  reply: '',
  status: 'streaming',
  seconds: 0
};
const INSERTED: IInserted = { cell: 'c1', ran: false, prompt: 'Why?', options: {} };
const BEGAN: AskEvent = { type: 'began', record: RECORD };
const TEXT: AskEvent = { type: 'text', slot: 0, text: 'Because' };
const SERVER = { ...BASE, status: () => ({}), profiles: () => ({ profiles: [] }), cancel: () => ({ ok: true }) };
const settled = () => new Promise(resolve => setTimeout(resolve));
const problem = (code: string) => Object.assign(new Error(), { problem: { code, message: code, remedy: '' } });

describe('asking', () => {
  it('is done once the cell stands there; the reply comes in its own time', async () => {
    let end = (): void => undefined;
    const { reconst, document } = served({
      ...SERVER,
      ask: async function* () {
        yield BEGAN;
        await new Promise<void>(resolve => (end = resolve));
        yield { type: 'ended', record: { ...RECORD, status: 'complete' } };
      }
    });
    document.ask.mockResolvedValue(INSERTED);
    expect(await reconst.ask('Why?', {})).toBe(true);
    await settled();
    expect(document.records).toEqual([RECORD]);
    end();
    await settled();
    expect(document.records[0].status).toBe('complete');
  });

  it('a cell that puts articles in or leaves them out names them by their number in what is in force', async () => {
    const bodies: unknown[] = [];
    const articles = [{ id: 'a1' }, { id: 'a2' }, { id: 'a3' }];
    const { reconst, document } = served({
      ...SERVER,
      sync: () => ({ ...IN_FORCE, constitution: { ...IN_FORCE.constitution, articles } }),
      ask: async function* (body: object) {
        bodies.push(body);
        yield { type: 'ended', record: { ...RECORD, status: 'complete' } };
      }
    });
    document.ask.mockResolvedValue({ ...INSERTED, options: { with: ['3'], without: ['1', '2'] } });
    await reconst.ask('Why?', {});
    await settled();
    expect(bodies).toEqual([expect.objectContaining({ with: ['a3'], without: ['a1', 'a2'] })]);
    document.ask.mockResolvedValue({ ...INSERTED, options: { with: ['4'] } });
    await reconst.ask('Why?', {});
    await settled();
    expect(bodies).toHaveLength(1);
    expect(reconst.store.value.notice?.text).toContain('no article 4');
  });

  it.each([
    ['its stream breaks', problem('server_unreachable'), 'server_unreachable'],
    ['its stream ends', null, 'The connection ended before the reply did.']
  ])('a reply has an end when %s', async (_, error, note) => {
    const { reconst, document } = served({
      ...SERVER,
      ask: async function* () {
        yield BEGAN;
        yield TEXT;
        if (error) {
          throw error;
        }
      }
    });
    document.askAgain.mockResolvedValue(INSERTED);
    await reconst.again('c1');
    expect(document.records).toEqual([{ ...RECORD, reply: 'Because', status: 'incomplete', note }]);
    expect(reconst.store.value.notice?.text ?? null).toBe(error && 'server_unreachable');
  });

  it('keeps the end that the server gave', async () => {
    const failed: TurnRecord = { ...RECORD, status: 'failed', note: 'Too many requests.' };
    const { reconst, document } = served({
      ...SERVER,
      ask: () => [BEGAN, { type: 'ended', record: failed }, { type: 'failed', problem: problem('model_busy').problem }]
    });
    document.askAgain.mockResolvedValue(INSERTED);
    await reconst.again('c1');
    expect(document.records).toEqual([failed]);
  });

  it('composes what is asked where the cell will stand, and afresh if so wished', async () => {
    const { reconst, calls, document } = served({ ...SERVER, compose: () => ({ messages: [] }) });
    document.below = 'c7';
    await reconst.compose('Why?', { new: true }, []);
    expect(calls[calls.length - 1].body).toMatchObject({
      path: 'a.ipynb',
      below: 'c7',
      prompt: 'Why?',
      new: true,
      attachments: []
    });
    expect((calls[calls.length - 1].body as { cell: string }).cell).toBeTruthy();
    expect(calls[calls.length - 2].verb).toBe('sync');
  });
});

describe('following', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const pass = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);
  const turn = { notebook: IN_FORCE.notebook, reply: 'Because it does.', status: 'cancelled', cost: 0.1 };

  const open = async (answer: () => unknown) => {
    const found = served({ ...SERVER, turn: answer }, [RECORD]);
    await pass(0);
    return found;
  };

  it('a reply that a page was left in the middle of reads as the journal says', async () => {
    const { reconst, document } = await open(() => ({ turn: { ...turn, timings: { first: null, total: 2345.6 } } }));
    await pass(1_000);
    const { reply, status, cost } = turn;
    expect(document.records).toEqual([{ ...RECORD, reply, status, cost, seconds: 2.346 }]);
    expect(reconst.store.value.asking).toBeNull();
  });

  it('one that nobody knows of was cut off', async () => {
    const { reconst, document } = await open(() => {
      throw problem('not_found');
    });
    await pass(1_000);
    expect(document.records[0].status).toBe('incomplete');
    expect(reconst.store.value.asking).toBeNull();
  });

  it('one that a colleague asks is theirs to end, until they have gone', async () => {
    const { reconst, document } = await open(() => {
      throw problem('not_found');
    });
    document.present = [{ name: 'Ben', at: null }];
    document.presentChanged.emit();
    await pass(1_000);
    expect(document.records).toEqual([RECORD]);
    await reconst.cancel();
    await pass(1_000);
    expect(reconst.store.value.notice?.text).toBe('Somebody else is asking this: only they can stop it.');
    document.present = [];
    document.presentChanged.emit();
    await pass(10_000);
    expect(document.records[0].status).toBe('incomplete');
  });

  it('what was asked in another notebook is not told in this one', async () => {
    const { document } = await open(() => ({ turn: { ...turn, notebook: ulid(), timings: { total: 1 } } }));
    await pass(1_000);
    expect(document.records[0]).toEqual({ ...RECORD, status: 'incomplete' });
  });

  it('one that is still asked is followed, and Cancel makes us look', async () => {
    let answer: unknown = { turn: null };
    const { reconst, calls, document } = await open(() => answer);
    await pass(1_000);
    const looks = () => calls.filter(c => c.verb === 'turn').length;
    expect([document.records[0].status, looks()]).toEqual(['streaming', 1]);
    expect(reconst.store.value.asking?.turn).toBe(RECORD.turn);
    await pass(10_000);
    expect(looks()).toBe(2);
    answer = { turn: { ...turn, timings: { total: 1 } } };
    calls.length = 0;
    await reconst.cancel();
    await pass(1_000);
    expect(document.records[0].status).toBe('cancelled');
  });

  it('while the server does not answer nothing is made up', async () => {
    const { document } = await open(() => {
      throw problem('server_unreachable');
    });
    await pass(30_000);
    expect(document.records).toEqual([RECORD]);
  });

  it('looking at another notebook does not say that the reply has stopped', async () => {
    const { reconst, turnTo, document } = await open(() => ({ turn: null }));
    const said: string[] = [];
    reconst.store.changed.connect((_, state) => void said.push(state.announcement));
    const { since } = reconst.store.value.asking!;
    turnTo([]);
    await pass(5_000);
    expect(reconst.store.value.asking).toBeNull();
    expect(said).not.toContain('Stopped');
    turnTo(document);
    await pass(0);
    expect(reconst.store.value.asking).toEqual({ turn: RECORD.turn, since });
  });
});
