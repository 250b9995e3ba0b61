/** Server-sent events from a fetch body, as the JSON of each event's data. Source: HTML Living Standard, 9.2.6. */
export async function* events<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block
          .split('\n')
          .filter(line => line.startsWith('data:'))
          .map(line => line.slice(5).trimStart())
          .join('\n');
        if (data) {
          yield JSON.parse(data) as T;
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
