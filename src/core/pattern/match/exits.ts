/** What something that is led to says of itself. */
interface Gated {
  /** The only path that it asks for, when all it asks is whether a value there is an exact one; otherwise -1. */
  readonly gate: number;
}

/** A slot: the step plus one, the literal, the first exit plus one, the gate, and for which version the gate was asked. */
const slotShift = 3;
const slotSize = 1 << slotShift;
const [literalAt, exitAt, gateAt, versionAt] = [1, 2, 3, 4];
const leastSlots = 8;
const noSlots = new Int32Array(slotSize);

/**
 * Where exact values lead, from each step: by the step and the literal's number. One table for all steps, because there
 * may be very many of them, and with a map each they would lie far apart. A slot also tells what must be there for its
 * exit to lead on, so that most need not be taken at all.
 */
export class Exits<T extends Gated> {
  /** Changes with every rule that comes or goes. */
  version = 1;
  #slots = noSlots;
  #last = 0;
  /** How many slots are taken; those whose exits have all been deleted stay so. */
  #taken = 0;
  readonly #to: T[] = [];
  readonly #next: number[] = [];
  readonly #free: number[] = [];
  #byStep: Map<number, T[]> | undefined;

  /** The slot of a literal at a step, or -1. */
  find(step: number, literal: number): number {
    const slots = this.#slots;
    for (let at = this.#home(step, literal); slots[at] !== 0; at = (at + slotSize) & this.#last)
      if (slots[at] === step + 1 && slots[at + literalAt] === literal) return at;
    return -1;
  }

  /** The path without an exact value at which nothing is reached by the slot's exits; -1 if there is none. */
  gate(slot: number): number {
    const slots = this.#slots;
    if (slots[slot + versionAt] !== this.version) {
      slots[slot + versionAt] = this.version;
      const exit = this.first(slot);
      slots[slot + gateAt] = exit >= 0 && this.#next[exit]! < 0 ? this.#to[exit]!.gate : -1;
    }
    return slots[slot + gateAt]!;
  }

  /** The first exit of a slot, or -1. */
  first(slot: number): number {
    return this.#slots[slot + exitAt]! - 1;
  }

  /** The exit after this one, or -1. */
  next(exit: number): number {
    return this.#next[exit]!;
  }

  to(exit: number): T {
    return this.#to[exit]!;
  }

  add(step: number, literal: number, to: T): void {
    this.#byStep = undefined;
    const found = this.find(step, literal);
    const slot = found < 0 ? this.#take(step, literal) : found;
    const exit = this.#free.pop() ?? this.#to.length;
    this.#to[exit] = to;
    this.#next[exit] = this.first(slot);
    this.#slots[slot + exitAt] = exit + 1;
  }

  delete(step: number, literal: number, to: T): void {
    this.#byStep = undefined;
    const slot = this.find(step, literal);
    let before = -1;
    let exit = this.first(slot);
    while (this.#to[exit] !== to) {
      before = exit;
      exit = this.#next[exit]!;
    }
    if (before < 0) this.#slots[slot + exitAt] = this.#next[exit]! + 1;
    else this.#next[before] = this.#next[exit]!;
    this.#free.push(exit);
  }

  /** Everything that a step leads to. */
  from(step: number): readonly T[] {
    this.#byStep ??= this.#sorted();
    return this.#byStep.get(step) ?? [];
  }

  #sorted(): Map<number, T[]> {
    const sorted = new Map<number, T[]>();
    for (let slot = 0; slot < this.#slots.length; slot += slotSize)
      for (let exit = this.first(slot); exit >= 0; exit = this.#next[exit]!) {
        const step = this.#slots[slot]! - 1;
        const known = sorted.get(step);
        if (known === undefined) sorted.set(step, [this.#to[exit]!]);
        else known.push(this.#to[exit]!);
      }
    return sorted;
  }

  #home(step: number, literal: number): number {
    const mixed = Math.imul(step, 0x9e3779b1) ^ Math.imul(literal, 0x85ebca6b);
    return ((mixed ^ (mixed >>> 15)) << slotShift) & this.#last;
  }

  #take(step: number, literal: number): number {
    if (++this.#taken * 2 * slotSize > this.#slots.length) this.#spread();
    const at = this.#freeFor(step, literal);
    this.#slots[at] = step + 1;
    this.#slots[at + literalAt] = literal;
    return at;
  }

  #freeFor(step: number, literal: number): number {
    let at = this.#home(step, literal);
    while (this.#slots[at] !== 0) at = (at + slotSize) & this.#last;
    return at;
  }

  /** Twice the room. */
  #spread(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(Math.max(leastSlots * slotSize, old.length * 2));
    this.#last = this.#slots.length - slotSize;
    for (let from = 0; from < old.length; from += slotSize)
      if (old[from] !== 0)
        this.#slots.set(
          old.subarray(from, from + slotSize),
          this.#freeFor(old[from]! - 1, old[from + literalAt]!),
        );
  }
}
