import type { Clock } from "./clock.ts";

/** Time that never goes back. A clock that is set back would else hold everything up for as long as it was ahead. */
class SteadyTime {
  #last = Number.NEGATIVE_INFINITY;
  #lost = 0;

  /** What the clock says, and what it has been set back by. */
  of(now: number): number {
    if (now < this.#last) this.#lost += this.#last - now;
    this.#last = now;
    return now + this.#lost;
  }
}

/** The clock by time that never goes back. */
export function steadyClock(clock: Clock): Clock {
  const time = new SteadyTime();
  return {
    now: () => time.of(clock.now()),
    after: (ms, task) => clock.after(ms, task),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}

/** All room is taken by what is on its way. */
const askAgainMs = 5;

/**
 * A limit of messages a second that holds over every second at the destination, not only on average: a message
 * may go when fewer than `rate` are on their way or have arrived in the second before. What is left of a broken number stretches the time instead.
 */
export class Pace {
  readonly #rate: number;
  readonly #windowMs: number;
  /** When the last ones arrived, oldest first. */
  #sent: number[] = [];
  #going = 0;
  readonly #time = new SteadyTime();

  /** `rate` in messages a second, above 0. */
  constructor(rate: number) {
    this.#windowMs = (1000 * Math.max(1, Math.floor(rate))) / rate;
    this.#rate = Math.max(1, Math.floor(rate));
  }

  /** At most so many can ever go at once. */
  get burst(): number {
    return this.#rate;
  }

  /**
   * Takes room for `count` (at most `burst`) messages: 0 when they may go now, else milliseconds to wait and ask again.
   * Until `end` they count as going: when they arrive is known only then.
   */
  begin(count: number, clockNow: number): number {
    const now = this.#time.of(clockNow);
    const horizon = now - this.#windowMs;
    // A clock of whole milliseconds may be one too early.
    const first = this.#sent.findIndex((at) => at >= horizon);
    this.#sent = first < 0 ? [] : this.#sent.slice(first);
    const over = this.#sent.length + this.#going + count - this.#rate;
    if (over > this.#sent.length) return askAgainMs;
    if (over > 0) return Math.max(1, this.#sent[over - 1]! + this.#windowMs + 1 - now);
    this.#going += count;
    return 0;
  }

  /** They have arrived, or never will. */
  end(count: number, clockNow: number): void {
    const now = this.#time.of(clockNow);
    this.#going -= count;
    for (let i = 0; i < count; i++) this.#sent.push(now);
  }
}
