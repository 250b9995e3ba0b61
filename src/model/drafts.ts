/** What a person typed and has not sent yet, kept in the browser for seven days; what is lasting, for good. */
const PREFIX = 'jupyter-reconst:draft:';
const WEEK = 7 * 24 * 3600 * 1000;

export class Drafts {
  constructor(
    private readonly _storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>,
    private readonly _now: () => number = Date.now
  ) {
    for (let i = this._storage.length - 1; i >= 0; i--) {
      const key = this._storage.key(i);
      if (key?.startsWith(PREFIX) && this._read(key) === null) {
        this._storage.removeItem(key);
      }
    }
  }

  get(key: string): string {
    return this._read(PREFIX + key) ?? '';
  }

  set(key: string, text: string, lasting = false): void {
    try {
      if (text) {
        const at = lasting ? Number.MAX_SAFE_INTEGER : this._now();
        this._storage.setItem(PREFIX + key, JSON.stringify({ text, at }));
      } else {
        this._storage.removeItem(PREFIX + key);
      }
    } catch {
      // The browser's storage is full or switched off; the text is still in its box.
    }
  }

  private _read(key: string): string | null {
    try {
      const { text, at } = JSON.parse(this._storage.getItem(key) ?? '') as { text: string; at: number };
      return this._now() - at < WEEK ? text : null;
    } catch {
      return null;
    }
  }
}
