import type { PacedOutcome, PacedTally } from "./happening.ts";

/** Counts what became of the events. */
export class Tally {
  readonly begun: number;
  /** The time of the last event that was dealt with. */
  upTo: number | undefined;
  readonly #counts = { published: 0, skipped: 0, failed: 0 };

  constructor(begun: number) {
    this.begun = begun;
  }

  count(outcomes: readonly PacedOutcome[], upTo: number): void {
    for (const { status } of outcomes) this.#counts[status]++;
    this.upTo = Math.max(this.upTo ?? upTo, upTo);
  }

  now(): PacedTally {
    return { ...this.#counts };
  }
}
