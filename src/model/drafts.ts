/** What a person typed and has not sent yet, kept in the browser for seven days; what is lasting, for good. */
const PREFIX = 'jupyter-reconst:draft:';
const WEEK = 7 * 24 * 3600 * 1000;

export class Drafts {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
  readonly #now: () => number;

  constructor(
    storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>,
    now: () => number = Date.now
  ) {
    this.#storage = storage;
    this.#now = now;
    for (let i = this.#storage.length - 1; i >= 0; i--) {
      const key = this.#storage.key(i);
      if (key?.startsWith(PREFIX) && this.#read(key) === null) {
        this.#storage.removeItem(key);
      }
    }
  }

  get(key: string): string {
    return this.#read(PREFIX + key) ?? '';
  }

  set(key: string, text: string, lasting = false): void {
    try {
      if (text) {
        const at = lasting ? Number.MAX_SAFE_INTEGER : this.#now();
        this.#storage.setItem(PREFIX + key, JSON.stringify({ text, at }));
      } else {
        this.#storage.removeItem(PREFIX + key);
      }
    } catch {
      // The browser's storage is full or switched off; the text is still in its box.
    }
  }

  #read(key: string): string | null {
    try {
      const { text, at } = JSON.parse(this.#storage.getItem(key) ?? '') as { text: string; at: number };
      return this.#now() - at < WEEK ? text : null;
    } catch {
      return null;
    }
  }
}
