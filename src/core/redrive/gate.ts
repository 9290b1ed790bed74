/**
 * How many calls may be in flight together, by what the other side takes: half as many after it has throttled one, one
 * more after as many successes as there may be calls. (Additive increase, multiplicative decrease.)
 */
export class Gate {
  readonly #most: number;
  #limit: number;
  #active = 0;
  #waiting: (() => void)[] = [];
  /** Counts the cuts. Calls that had begun before a cut are answered for by it. */
  #cuts = 0;
  /** Calls that were throttled. */
  throttled = 0;

  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** At present, rounded down. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Makes a call when there is room for it. */
  async run<T>(call: () => Promise<T>, isThrottled: (result: T) => boolean): Promise<T> {
    while (this.#active >= this.limit) await new Promise<void>((wake) => this.#waiting.push(wake));
    this.#active++;
    const cuts = this.#cuts;
    try {
      const result = await call();
      if (isThrottled(result)) this.#cut(cuts);
      else this.#limit = Math.min(this.#most, this.#limit + 1 / this.#limit);
      return result;
    } finally {
      this.#active--;
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  #cut(since: number): void {
    this.throttled++;
    if (since !== this.#cuts) return;
    this.#cuts++;
    this.#limit = Math.max(1, this.#limit / 2);
  }
}
