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

  /** What was kept about one notebook is about another from now on: it is the same one, under another name. */
  rename(from: string, to: string): void {
    const [before, after] = [from, to].map(name => JSON.stringify(name));
    const keys = Array.from({ length: before === after ? 0 : this.#storage.length }, (_, i) => this.#storage.key(i));
    for (const key of keys) {
      if (key?.startsWith(PREFIX) && key.includes(before)) {
        try {
          this.#storage.setItem(
            key.replace(before, () => after),
            this.#storage.getItem(key) ?? ''
          );
          this.#storage.removeItem(key);
        } catch {
          // As above: it stays where it is.
        }
      }
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
