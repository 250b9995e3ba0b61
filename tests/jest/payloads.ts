/** What somebody else may have written, in the place of every sentence of a state. */
export const PAYLOADS = [
  '<script>window.PWN=1</script>',
  '<img src=x onerror="window.PWN=1">',
  '<svg onload="window.PWN=1">',
  '<a href="javascript:window.PWN=1">x</a>',
  '<iframe srcdoc="x"></iframe>',
  '<object data="x"></object>',
  '<p style="background:url(//e.example/x)">x</p>',
  '![x](https://e.example/x.png)'
].join(' ');

let made = 0;

/** Every sentence that a person reads becomes the payloads; ids, dates, kinds and addresses stay what they are. */
export function poison<T>(value: T, key = ''): T {
  const kept =
    /^(id|.*_?id|revision|article|cell|type|kind|status|verdict|bin|by|action|reach|standing|at|created|modified|motivation|purpose|part|step|place|tab|role|code|chosen|connection|conforms|turn|order|effect|mark|@context|annotation|base_url|endpoint|standing|wording|finish_reason|slot|probe_id|certainty|ended|key)$/;
  if (typeof value === 'string') {
    return (kept.test(key) ? value : `${PAYLOADS} ${++made}`) as unknown as T;
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
