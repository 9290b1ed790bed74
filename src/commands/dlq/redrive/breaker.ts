/** A destination that refuses so many messages in a row has a fault of its own: going on only makes noise. */
const most = 20;

/** Stops a run whose destination only fails. */
export class Breaker {
  readonly #inRow = new Map<string, number>();
  readonly #over = new AbortController();
  /** Why the run was stopped. */
  why: string | undefined;

  get stopped(): AbortSignal {
    return this.#over.signal;
  }

  count(destination: string, failed: boolean, reason = ""): void {
    const inRow = failed ? (this.#inRow.get(destination) ?? 0) + 1 : 0;
    this.#inRow.set(destination, inRow);
    if (inRow < most || this.why !== undefined) return;
    this.why = `${destination} failed ${most} times in a row, the last time with ${reason}`;
    this.#over.abort();
  }
}
