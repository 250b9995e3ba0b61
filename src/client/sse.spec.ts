import { events } from './sse';

/** A body whose bytes arrive in pieces of a given size, wherever that cuts. */
function body(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const reader = {
    read: async () =>
      at >= bytes.length ? { done: true, value: undefined } : { done: false, value: bytes.slice(at, (at += size)) },
    cancel: async () => undefined
  };
  return { getReader: () => reader } as unknown as ReadableStream<Uint8Array>;
}

describe('events', () => {
  const text =
    'event: text\ndata: {"text":"Δ > 0 — 🙂"}\n\n: heartbeat\n\ndata: {"text":\ndata: "two lines"}\n\ndata: {"cut';

  it.each([1, 2, 3, 7, 1000])('reads whole events however the bytes are cut (%d at a time)', async size => {
    const seen = [];
    for await (const event of events<{ text: string }>(body(text, size))) {
      seen.push(event.text);
    }
    expect(seen).toEqual(['Δ > 0 — 🙂', 'two lines']);
  });
});
