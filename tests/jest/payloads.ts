/** What somebody else may have written, in the place of every sentence of a state. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { payloads } = JSON.parse(readFileSync(join(__dirname, '../data/xss.json'), 'utf8')) as { payloads: string[] };

/** All of them, from one on: where a text begins decides what a parser makes of the rest. */
const from = (n: number): string => {
  const at = n % payloads.length;
  return [...payloads.slice(at), ...payloads.slice(0, at)].join(' ');
};

export const PAYLOADS = from(0);

let made = 0;

/** Every sentence that a person reads becomes the payloads; ids, dates, kinds and addresses stay what they are. */
export function poison<T>(value: T, key = ''): T {
  const kept =
    /^(id|.*_?id|revision|article|cell|type|kind|says|state|status|verdict|bin|by|action|reach|standing|at|created|modified|motivation|purpose|part|step|place|tab|role|code|connection|conforms|turn|order|effect|mark|@context|annotation|standing|wording|finish_reason|slot|probe_id|certainty|ended|key|how|news|format)$/;
  if (typeof value === 'string') {
    return (kept.test(key) ? value : `${from(++made)} ${made}`) as unknown as T;
  }
  if (Array.isArray(value)) {
    return value.map(item => poison(item, key === 'annotations' || key === 'same' ? 'id' : key)) as unknown as T;
  }
  if (value && typeof value === 'object') {
    const found = Object.entries(value).map(([name, item]) => [
      name,
      typeof item === 'function' ? item : poison(item, name)
    ]);
    return Object.fromEntries(found) as T;
  }
  return value;
}
