const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new ULID: 48 bits of milliseconds and 80 random bits. Source: the ULID specification. */
export function ulid(now: number = Date.now()): string {
  let time = '';
  for (let i = 0; i < 10; i++) {
    time = CROCKFORD[now % 32] + time;
    now = Math.floor(now / 32);
  }
  const random = crypto.getRandomValues(new Uint8Array(16));
  return time + Array.from(random, byte => CROCKFORD[byte % 32]).join('');
}
