import { isUuidAt, parseUuid } from "./uuid.ts";

/**
 * A set of message ids that stays small: SQS ids are UUIDs, kept as 16 bytes each in one open table, about 30 bytes an
 * id where a `Set` of texts takes over 100. Ids of any other form go to a `Set`.
 */
export class IdSet {
  #table = new Uint32Array(4 * 1024);
  #used = 0;
  readonly #others = new Set<string>();
  readonly #words = new Uint32Array(4);

  get size(): number {
    return this.#used + this.#others.size;
  }

  add(id: string): void {
    if (!parseUuid(id, this.#words)) {
      this.#others.add(id);
      return;
    }
    if (this.#place(this.#table, this.#words)) this.#used++;
    if (this.#used * 4 > this.#table.length * 0.6) this.#grow();
  }

  has(id: string): boolean {
    if (!parseUuid(id, this.#words)) return this.#others.has(id);
    return this.#table[this.#find(this.#table, this.#words)] !== 0;
  }

  /** Offset of the slot that holds the words, or of the free one where they belong. */
  #find(table: Uint32Array, words: Uint32Array): number {
    const mask = table.length / 4 - 1;
    for (let slot = (words[0]! ^ words[3]!) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * 4;
      if (table[at] === 0 || isUuidAt(table, at, words)) return at;
    }
  }

  #place(table: Uint32Array, words: Uint32Array): boolean {
    const at = this.#find(table, words);
    if (table[at] !== 0) return false;
    table.set(words, at);
    return true;
  }

  #grow(): void {
    const table = new Uint32Array(this.#table.length * 2);
    for (let at = 0; at < this.#table.length; at += 4) {
      if (this.#table[at] === 0) continue;
      for (let word = 0; word < 4; word++) this.#words[word] = this.#table[at + word]!;
      this.#place(table, this.#words);
    }
    this.#table = table;
  }
}
