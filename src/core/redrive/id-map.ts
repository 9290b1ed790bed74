import { isUuidAt, parseUuid, renderUuid } from "./uuid.ts";

/** Four words of an id, and its number. */
const width = 5;

/**
 * Message ids and a number each, kept as `IdSet` keeps ids: 20 bytes a slot of one open table. What is deleted leaves
 * no trace in it, so that it stays as small as the most that it held at once.
 */
export class IdMap {
  #table = new Uint32Array(width * 1024);
  #used = 0;
  readonly #others = new Map<string, number>();
  readonly #words = new Uint32Array(width);

  get size(): number {
    return this.#used + this.#others.size;
  }

  get(id: string): number | undefined {
    if (!parseUuid(id, this.#words)) return this.#others.get(id);
    const at = this.#find(this.#words);
    return this.#table[at] === 0 ? undefined : this.#table[at + 4];
  }

  /** The number has 32 bits. */
  set(id: string, number: number): void {
    if (!parseUuid(id, this.#words)) {
      this.#others.set(id, number);
      return;
    }
    this.#words[4] = number;
    const at = this.#find(this.#words);
    if (this.#table[at] === 0) this.#used++;
    this.#table.set(this.#words, at);
    if (this.#used * width > this.#table.length * 0.8) this.#grow();
  }

  delete(id: string): void {
    if (!parseUuid(id, this.#words)) {
      this.#others.delete(id);
      return;
    }
    const at = this.#find(this.#words);
    if (this.#table[at] === 0) return;
    this.#used--;
    this.#close(at / width);
  }

  *ids(): Generator<string> {
    const table = this.#table;
    for (let at = 0; at < table.length; at += width) if (table[at] !== 0) yield renderUuid(table, at);
    yield* this.#others.keys();
  }

  /** Moves up what was put behind the slot only because it was taken. */
  #close(hole: number): void {
    const mask = this.#mask;
    for (let slot = (hole + 1) & mask; this.#table[slot * width] !== 0; slot = (slot + 1) & mask) {
      const displaced = (slot - this.#homeOf(this.#table, slot * width)) & mask;
      if (displaced < ((slot - hole) & mask)) continue;
      this.#table.copyWithin(hole * width, slot * width, (slot + 1) * width);
      hole = slot;
    }
    this.#table[hole * width] = 0;
  }

  get #mask(): number {
    return this.#table.length / width - 1;
  }

  #homeOf(words: Uint32Array, at: number): number {
    return (words[at]! ^ words[at + 3]!) & this.#mask;
  }

  /** Offset of the slot that holds the words' id, or of the free one where it belongs. */
  #find(words: Uint32Array): number {
    const table = this.#table;
    for (let slot = this.#homeOf(words, 0); ; slot = (slot + 1) & this.#mask) {
      const at = slot * width;
      if (table[at] === 0 || isUuidAt(table, at, words)) return at;
    }
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += width) {
      if (before[at] === 0) continue;
      for (let word = 0; word < width; word++) this.#words[word] = before[at + word]!;
      this.#table.set(this.#words, this.#find(this.#words));
    }
  }
}
