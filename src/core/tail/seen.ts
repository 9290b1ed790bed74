/** Remembers the last `room` keys, so that memory stays flat however long a tail runs. */
export class Seen {
  readonly #keys = new Set<string>();
  readonly #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(key: string): void {
    this.#keys.add(key);
    if (this.#keys.size <= this.#room) return;
    const [oldest] = this.#keys;
    this.#keys.delete(oldest!);
  }
}
