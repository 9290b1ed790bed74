import type { Kept, Ledger } from "./ledger.ts";

/** Things by name, which the ledger hears of when they come or go; a change inside one is told by `touch`. */
export class Shelf<T> extends Map<string, T> {
  readonly #ledger: Ledger | undefined;
  readonly #kind: string;
  readonly #render: (thing: T) => unknown;

  constructor(ledger: Ledger | undefined, kind: string, render: (thing: T) => unknown) {
    super();
    this.#ledger = ledger;
    this.#kind = kind;
    this.#render = render;
  }

  override set(name: string, thing: T): this {
    super.set(name, thing);
    this.touch(name);
    return this;
  }

  override delete(name: string): boolean {
    this.#ledger?.drop(this.#kind, name);
    return super.delete(name);
  }

  override clear(): void {
    this.#ledger?.dropAll(this.#kind);
    super.clear();
  }

  /** The thing of this name has changed. */
  touch(name: string): void {
    this.#ledger?.put(this.#kind, name, () => this.#render(this.get(name)!));
  }

  *snapshot(): Iterable<Kept> {
    for (const [name, thing] of this) yield [this.#kind, name, this.#render(thing)];
  }
}
