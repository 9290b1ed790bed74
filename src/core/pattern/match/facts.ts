import { Kind, type Value } from "../value/value.ts";

/**
 * What one event says at the paths that matter. Each path has a list of values, and each value a place: which element
 * it comes from, of every array above it that holds objects or arrays. Place 0 is outside of all arrays.
 * Filled anew for each event, without allocating.
 */
export class Facts {
  bytes: Uint8Array = new Uint8Array(0);
  /** The first value of each path, or -1. */
  readonly first: number[] = [];
  /** How many values each path has; says nothing where `first` says that there are none. */
  readonly size: number[] = [];
  /** The next value of the same path, or -1. */
  readonly next: number[] = [];
  readonly place: number[] = [];
  /** For each place, the one around it, the array it is in, and its index there. */
  readonly outer: number[] = [0];
  readonly array: number[] = [0];
  readonly index: number[] = [0];
  places = 1;
  arrays = 0;
  count = 0;
  readonly #kind: Kind[] = [];
  readonly #start: number[] = [];
  readonly #end: number[] = [];
  readonly #isPlain: boolean[] = [];
  readonly #text: (string | undefined)[] = [];
  /** The doubles of numbers, where they are known: `NaN` where they are not. */
  readonly #double: number[] = [];
  /** The paths that have values. */
  readonly touched: number[] = [];
  touchedCount = 0;

  reset(bytes: Uint8Array, paths: number): void {
    this.bytes = bytes;
    for (let i = 0; i < this.touchedCount; i++) this.first[this.touched[i]!] = -1;
    this.touchedCount = 0;
    while (this.first.length < paths) this.first.push(-1);
    this.count = 0;
    this.places = 1;
    this.arrays = 0;
  }

  addBytes(path: number, place: number, kind: Kind, start: number, end: number, isPlain: boolean): void {
    const i = this.#add(path, place, kind);
    this.#start[i] = start;
    this.#end[i] = end;
    this.#isPlain[i] = isPlain;
    this.#text[i] = undefined;
  }

  /** `double` is `NaN` where the text must be asked. */
  addNumber(path: number, place: number, start: number, end: number, double: number): void {
    this.#double[this.count] = double;
    this.addBytes(path, place, Kind.number, start, end, false);
  }

  addText(path: number, place: number, kind: Kind, text: string): void {
    this.#text[this.#add(path, place, kind)] = text;
  }

  /** A place inside `outer`: an element of an array that holds it. */
  addPlace(outer: number, array: number, index: number): number {
    const place = this.places++;
    this.outer[place] = outer;
    this.array[place] = array;
    this.index[place] = index;
    return place;
  }

  read(i: number, value: Value): Value {
    const text = this.#text[i];
    if (text !== undefined) return value.setText(this.#kind[i]!, text);
    const kind = this.#kind[i]!;
    value.setBytes(kind, this.bytes, this.#start[i]!, this.#end[i]!, this.#isPlain[i]!);
    if (kind === Kind.number) value.setDouble(this.#double[i]!);
    return value;
  }

  #add(path: number, place: number, kind: Kind): number {
    const i = this.count++;
    const first = this.first[path]!;
    if (first < 0) this.touched[this.touchedCount++] = path;
    this.size[path] = first < 0 ? 1 : this.size[path]! + 1;
    this.next[i] = first;
    this.first[path] = i;
    this.place[i] = place;
    this.#kind[i] = kind;
    return i;
  }
}
