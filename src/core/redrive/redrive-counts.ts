/** How often something has been redriven, and when last: milliseconds since the epoch. */
export interface Redriven {
  readonly count: number;
  readonly at: number;
}

/** No fingerprint is negative. */
const free = -1;

/**
 * What was redriven, by fingerprint, in one open table: 20 bytes a slot, where a `Map` of objects takes over 100 an
 * entry. A long run has one of them for every message.
 */
export class RedriveCounts {
  #prints = new Float64Array(1024).fill(free);
  #times = new Float64Array(1024);
  #counts = new Uint32Array(1024);
  #used = 0;

  get(fingerprint: number): Redriven | undefined {
    const slot = this.#find(fingerprint);
    if (this.#prints[slot] === free) return undefined;
    return { count: this.#counts[slot]!, at: this.#times[slot]! };
  }

  set(fingerprint: number, { count, at }: Redriven): void {
    if (this.#used > this.#prints.length * 0.6) this.#grow();
    const slot = this.#find(fingerprint);
    if (this.#prints[slot] === free) this.#used++;
    this.#prints[slot] = fingerprint;
    this.#times[slot] = at;
    this.#counts[slot] = count;
  }

  /** The slot that holds the fingerprint, or the free one where it belongs. Its low bits are as good as any. */
  #find(fingerprint: number): number {
    const mask = this.#prints.length - 1;
    for (let slot = fingerprint % this.#prints.length; ; slot = (slot + 1) & mask)
      if (this.#prints[slot] === free || this.#prints[slot] === fingerprint) return slot;
  }

  #grow(): void {
    const [prints, times, counts] = [this.#prints, this.#times, this.#counts];
    this.#prints = new Float64Array(prints.length * 2).fill(free);
    this.#times = new Float64Array(prints.length * 2);
    this.#counts = new Uint32Array(prints.length * 2);
    for (const [slot, fingerprint] of prints.entries()) {
      if (fingerprint === free) continue;
      const to = this.#find(fingerprint);
      this.#prints[to] = fingerprint;
      this.#times[to] = times[slot]!;
      this.#counts[to] = counts[slot]!;
    }
  }
}
