/**
 * Looks for some bytes in stretches of a block that come one behind the other. The block is searched once, from hit to
 * hit, however many stretches it has.
 */
export class Finder {
  readonly #wanted: Buffer;
  #bytes: Buffer = Buffer.alloc(0);
  #next = -1;

  constructor(wanted: string) {
    this.#wanted = Buffer.from(wanted);
  }

  open(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#next = -1;
  }

  /** Whether they occur between `start`, which never goes back, and `end`. */
  isIn(start: number, end: number): boolean {
    if (this.#next < start) {
      const found = this.#bytes.indexOf(this.#wanted, start);
      this.#next = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.#next + this.#wanted.length <= end;
  }
}
