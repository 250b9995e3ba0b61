// What browsers have and jsdom 20 has not, as far as Lumino, JupyterLab and our own rooms ask for it.
const { ReadableStream, TransformStream } = require('node:stream/web');
const { TextDecoder, TextEncoder } = require('node:util');
const { webcrypto } = require('node:crypto');
const { deserialize, serialize } = require('node:v8');

for (const [name, value] of Object.entries({ ReadableStream, TextDecoder, TextEncoder, TransformStream })) {
  globalThis[name] ??= value;
}
if (!globalThis.crypto?.subtle) {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
}
globalThis.structuredClone ??= value => deserialize(serialize(value));
globalThis.DragEvent ??= class DragEvent extends MouseEvent {};
globalThis.ResizeObserver ??= class ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
};
globalThis.matchMedia ??= query => ({
  matches: false,
  media: query,
  addEventListener() {},
  removeEventListener() {}
});
