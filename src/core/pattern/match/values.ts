import { Value } from "../value/value.ts";
import type { Facts } from "./facts.ts";
import type { Literals } from "./literals.ts";

/** The values of one event after the other, each read and looked up when it is first asked for. */
export class Values {
  readonly #literals: Literals;
  readonly #value = new Value();
  /** Which of the facts has been read into it last. */
  #read = -1;
  #event = 0;
  #facts!: Facts;
  /** Which literal each value is, and for which event that has been looked up. */
  readonly #found: number[] = [];
  readonly #foundFor: number[] = [];

  constructor(literals: Literals) {
    this.#literals = literals;
  }

  take(facts: Facts): void {
    this.#facts = facts;
    this.#event++;
    this.#read = -1;
  }

  /** Good until another value is asked for. */
  get(i: number): Value {
    if (this.#read !== i) this.#facts.read(i, this.#value);
    this.#read = i;
    return this.#value;
  }

  /** The number of the literal that a value is, or -1. */
  literal(i: number): number {
    if (this.#foundFor[i] !== this.#event) {
      this.#foundFor[i] = this.#event;
      this.#found[i] = this.#literals.find(this.get(i));
    }
    return this.#found[i]!;
  }
}
