import type { Random } from "./clock.ts";

export interface Backoff {
  /** Upper bound of the first wait. It doubles with each attempt. */
  readonly baseMs: number;
  /** No wait is longer. */
  readonly capMs: number;
}

/**
 * Exponential backoff with full jitter: anything from zero up to a bound that doubles with each failed attempt.
 * `failures` counts from 1.
 */
export function fullJitter({ baseMs, capMs }: Backoff, failures: number, random: Random): number {
  return random() * Math.min(capMs, baseMs * 2 ** (failures - 1));
}
