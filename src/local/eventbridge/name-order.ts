/** Names in ascending order. Where one stands is found by halving, so that a page costs the same among few and many. */
export class NameOrder {
  readonly #names: string[] = [];

  get size(): number {
    return this.#names.length;
  }

  add(name: string): void {
    const at = this.#placeOf(name);
    if (this.#names[at] !== name) this.#names.splice(at, 0, name);
  }

  delete(name: string): void {
    const at = this.#placeOf(name);
    if (this.#names[at] === name) this.#names.splice(at, 1);
  }

  /** Those that begin with `prefix` and come after `after`. */
  *beginning(prefix: string, after: string | undefined): Iterable<string> {
    let at = after === undefined || after < prefix ? this.#placeOf(prefix) : this.#placeOf(after);
    if (this.#names[at] === after) at++;
    for (; this.#names[at]?.startsWith(prefix); at++) yield this.#names[at]!;
  }

  /** Of the first name that is not before this one. */
  #placeOf(name: string): number {
    let [low, high] = [0, this.#names.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#names[middle]! < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
