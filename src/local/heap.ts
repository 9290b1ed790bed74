/** What a heap can hold: it keeps the entry's place in `slot` (-1 when outside), so that removal needs no search. */
export interface Slotted {
  slot: number;
}

/** A binary heap: the entry that comes `before` all others is on top; each operation is O(log n). */
export class Heap<T extends Slotted> {
  readonly #entries: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#entries.length;
  }

  top(): T | undefined {
    return this.#entries[0];
  }

  push(entry: T): void {
    entry.slot = this.#entries.length;
    this.#entries.push(entry);
    this.#up(entry.slot);
  }

  pop(): T | undefined {
    const top = this.#entries[0];
    if (top !== undefined) this.delete(top);
    return top;
  }

  delete(entry: T): void {
    const slot = entry.slot;
    if (slot < 0) return;
    entry.slot = -1;
    const last = this.#entries.pop()!;
    if (last === entry) return;
    this.#set(slot, last);
    this.moved(last);
  }

  /** To be called when what `before` looks at has changed in `entry`. */
  moved(entry: T): void {
    this.#up(entry.slot);
    this.#down(entry.slot);
  }

  clear(): void {
    for (const entry of this.#entries) entry.slot = -1;
    this.#entries.length = 0;
  }

  #set(slot: number, entry: T): void {
    this.#entries[slot] = entry;
    entry.slot = slot;
  }

  #up(from: number): void {
    const entry = this.#entries[from]!;
    let slot = from;
    while (slot > 0) {
      const parent = this.#entries[(slot - 1) >> 1]!;
      if (!this.#before(entry, parent)) break;
      const next = parent.slot;
      this.#set(slot, parent);
      slot = next;
    }
    this.#set(slot, entry);
  }

  #down(from: number): void {
    const entries = this.#entries;
    const entry = entries[from]!;
    let slot = from;
    for (;;) {
      const left = slot * 2 + 1;
      if (left >= entries.length) break;
      const right = left + 1;
      const child = right < entries.length && this.#before(entries[right]!, entries[left]!) ? right : left;
      if (!this.#before(entries[child]!, entry)) break;
      this.#set(slot, entries[child]!);
      slot = child;
    }
    this.#set(slot, entry);
  }
}
