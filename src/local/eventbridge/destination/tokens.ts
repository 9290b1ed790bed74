/** A bucket of calls that fills at a steady rate: a second's worth may go at once. */
export interface Tokens {
  /** Milliseconds to wait before the next call, which is then counted. */
  take(now: number): number;
}

export function openTokens(perSecond: number): Tokens {
  const each = 1000 / perSecond;
  /** When the bucket would be full; it is empty a second before. */
  let fullAt = 0;
  return {
    take(now) {
      fullAt = Math.max(fullAt, now) + each;
      return Math.max(0, fullAt - now - 1000);
    },
  };
}
