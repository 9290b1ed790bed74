/**
 * A limit of messages a second that holds over every second, not only on average: a message may go when fewer than
 * `rate` have gone in the second before. What is left of a broken number stretches the time instead.
 */
export class Pace {
  readonly #rate: number;
  readonly #windowMs: number;
  /** Times of the last sends, oldest first. */
  #sent: number[] = [];

  /** `rate` in messages a second, above 0. */
  constructor(rate: number) {
    this.#windowMs = (1000 * Math.max(1, Math.floor(rate))) / rate;
    this.#rate = Math.max(1, Math.floor(rate));
  }

  /** At most so many can ever go at once. */
  get burst(): number {
    return this.#rate;
  }

  /** Takes room for `count` (at most `burst`) messages: 0 when they may go now, else milliseconds to wait and ask again. */
  take(count: number, now: number): number {
    const horizon = now - this.#windowMs;
    const first = this.#sent.findIndex((at) => at > horizon);
    this.#sent = first < 0 ? [] : this.#sent.slice(first);
    const over = this.#sent.length + count - this.#rate;
    if (over > 0) return Math.max(1, this.#sent[over - 1]! + this.#windowMs - now);
    for (let i = 0; i < count; i++) this.#sent.push(now);
    return 0;
  }
}
