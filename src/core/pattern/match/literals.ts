import { wellFormed } from "../value/text.ts";
import { Kind, type Value } from "../value/value.ts";
import { hashOf } from "./hash.ts";

const encoder = new TextEncoder();
/** A slot of the table: the hash, and the number of the text plus one, or 0. */
const slotSize = 2;
/** Most patterns have few strings, and there are many patterns: what is empty is shared, and never written to. */
const noSlots = new Int32Array(slotSize);
const noStarts = new Int32Array(1);
const noBytes = new Uint8Array(0);
const least = 32;
/** From so many doubles on they have a map. */
const few = 8;

/**
 * All the exact strings and numbers that somebody asks for, at whatever path, each with a number of its own. A value
 * is looked up here first; mostly it is none of them, and then no rule need be asked. Strings lie side by side in a few
 * arrays, so that this costs hardly more with very many of them than with few.
 */
export class Literals {
  #count = 0;
  /** Doubles have the numbers from -2 down; a few are compared one after the other. */
  readonly #doubles: number[] = [];
  #byDouble: Map<number, number> | undefined;
  #slots = noSlots;
  /** Where the bytes of each text begin; the last entry is where the next will. */
  #starts = noStarts;
  #bytes = noBytes;

  /** The number of a text or a double, new or known. A text must have a UTF-8. */
  add(literal: string | number): number {
    return typeof literal === "string" ? this.#addText(literal) : this.#addDouble(literal);
  }

  /** The number of the text or double that a value is, or -1. */
  find(value: Value): number {
    if (value.kind === Kind.string) return this.#findText(value);
    return value.kind === Kind.number ? this.#findDouble(value.double) : -1;
  }

  #findDouble(double: number): number {
    if (this.#byDouble !== undefined) return this.#byDouble.get(double) ?? -1;
    const doubles = this.#doubles;
    for (let i = 0; i < doubles.length; i++) if (doubles[i] === double) return -2 - i;
    return -1;
  }

  #addDouble(double: number): number {
    const known = this.#findDouble(double);
    if (known !== -1) return known;
    const number = -1 - this.#doubles.push(double);
    this.#byDouble?.set(double, number);
    if (this.#doubles.length === few)
      this.#byDouble = new Map(this.#doubles.map((each, i) => [each, -2 - i]));
    return number;
  }

  #addText(text: string): number {
    const bytes = encoder.encode(text);
    const hash = hashOf(bytes, 0, bytes.length);
    const known = this.#find(hash, bytes, 0, bytes.length);
    if (known >= 0) return known;
    const number = this.#count++;
    const start = this.#starts[number]!;
    if (number + 2 > this.#starts.length) this.#starts = widened(this.#starts, number + 2);
    if (start + bytes.length > this.#bytes.length) this.#bytes = widened(this.#bytes, start + bytes.length);
    this.#bytes.set(bytes, start);
    this.#starts[number + 1] = start + bytes.length;
    if (this.#count * slotSize * 2 > this.#slots.length) this.#spread();
    this.#enter(hash, number);
    return number;
  }

  #findText(value: Value): number {
    if (value.isPlain) {
      const { bytes, start, end } = value;
      return this.#find(hashOf(bytes, start, end), bytes, start, end);
    }
    const { text } = value;
    // An unpaired surrogate has no UTF-8, and what is written in its place is another text.
    if (wellFormed(text) !== text) return -1;
    const bytes = encoder.encode(text);
    return this.#find(hashOf(bytes, 0, bytes.length), bytes, 0, bytes.length);
  }

  #find(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    const last = slots.length - slotSize;
    for (let at = (hash << 1) & last; slots[at + 1] !== 0; at = (at + slotSize) & last)
      if (slots[at] === hash && this.#isAt(slots[at + 1]! - 1, bytes, start, end)) return slots[at + 1]! - 1;
    return -1;
  }

  #isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[number]!;
    if (this.#starts[number + 1]! - from !== end - start) return false;
    for (let i = start; i < end; i++) if (this.#bytes[from + i - start] !== bytes[i]) return false;
    return true;
  }

  #enter(hash: number, number: number): void {
    const slots = this.#slots;
    const last = slots.length - slotSize;
    let at = (hash << 1) & last;
    while (slots[at + 1] !== 0) at = (at + slotSize) & last;
    slots[at] = hash;
    slots[at + 1] = number + 1;
  }

  /** Twice the room for slots; a text's hash lies beside its number. */
  #spread(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(Math.max(least, old.length * 2));
    for (let at = 0; at < old.length; at += slotSize)
      if (old[at + 1] !== 0) this.#enter(old[at]!, old[at + 1]! - 1);
  }
}

function widened<T extends Int32Array | Uint8Array>(array: T, needed: number): T {
  const wider = new (array.constructor as new (length: number) => T)(
    Math.max(least, needed, array.length * 2),
  );
  wider.set(array);
  return wider;
}
