import { sqsLimits } from "./limits.ts";

/** What a sender was told, and is told again when it repeats itself. */
export interface Sent {
  readonly messageId: string;
  readonly sequence: string | undefined;
}

export interface SentAt extends Sent {
  readonly at: number;
}

/**
 * The deduplication ids of the last five minutes. They live in two maps that take turns, so that forgetting costs
 * nothing for each id.
 */
export class Deduplication {
  #young = new Map<string, SentAt>();
  #old = new Map<string, SentAt>();
  #turnedAt = 0;

  find(key: string, now: number): Sent | undefined {
    const entry = this.#young.get(key) ?? this.#old.get(key);
    return entry !== undefined && now - entry.at < sqsLimits.deduplicationMs ? entry : undefined;
  }

  /** All that may still count. */
  *entries(): Iterable<[string, SentAt]> {
    yield* this.#old;
    yield* this.#young;
  }

  add(key: string, sent: Sent, now: number): void {
    if (now - this.#turnedAt >= sqsLimits.deduplicationMs) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#turnedAt = now;
    }
    this.#young.set(key, { ...sent, at: now });
  }
}
