/**
 * What each of some numbers leads to. There may be very many of these, most of them with one number that leads to one
 * thing, so that costs no map.
 */
export class Ways<T> {
  #key = Number.NaN;
  #only: T[] | undefined;
  #byKey: Map<number, T[]> | undefined;

  get isEmpty(): boolean {
    return this.#only === undefined && (this.#byKey?.size ?? 0) === 0;
  }

  find(key: number): readonly T[] | undefined {
    return this.#byKey === undefined ? (key === this.#key ? this.#only : undefined) : this.#byKey.get(key);
  }

  add(key: number, to: T): void {
    const known = this.find(key) as T[] | undefined;
    if (known !== undefined) known.push(to);
    else if (this.isEmpty) {
      this.#key = key;
      this.#only = [to];
    } else {
      this.#byKey ??= new Map(this.#only === undefined ? [] : [[this.#key, this.#only]]);
      this.#only = undefined;
      this.#byKey.set(key, [to]);
    }
  }

  delete(key: number, to: T): void {
    const known = this.find(key) as T[];
    known.splice(known.indexOf(to), 1);
    if (known.length > 0) return;
    this.#byKey?.delete(key);
    this.#only = undefined;
  }

  *targets(): Generator<T> {
    yield* this.#only ?? [];
    for (const targets of this.#byKey?.values() ?? []) yield* targets;
  }
}
