import { asInfinity } from "../value/number.ts";
import { Kind, type Value } from "../value/value.ts";

/**
 * What one event says at the paths that matter, in columns. Each path has a list of values, and each value a place:
 * which element it comes from, of every array above it that holds objects or arrays. Place 0 is outside of all arrays.
 */
export interface Columns {
  /** The first value of each path, or -1. */
  readonly first: Int32Array;
  /** How many values each path has; says nothing where `first` says that there are none. */
  readonly size: Int32Array;
  /** The paths that have values. */
  readonly touched: Int32Array;
  /** The next value of the same path, or -1. */
  readonly next: Int32Array;
  readonly place: Int32Array;
  /** What each value is; `plain` or `text` may be added. */
  readonly kind: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The double of a number; `NaN` where its text must be asked. */
  readonly double: Float64Array;
  /** For each place, the one around it, the array it is in, and its index there. */
  readonly outer: Int32Array;
  readonly array: Int32Array;
  readonly index: Int32Array;
}

/** An event that somebody else has read into columns, and how many of each there are. */
export interface Read {
  readonly columns: Columns;
  readonly bytes: Uint8Array;
  readonly places: number;
  readonly arrays: number;
  readonly touched: number;
}

/** Added to a kind: the bytes are the UTF-8 of the string itself. */
export const plain = 8;
/** Added to a kind: the value is not bytes but a text. */
const text = 16;

const none = new Int32Array(0);
const noColumns: Columns = {
  ...{ first: none, size: none, touched: none },
  ...{ next: none, place: none, kind: none, start: none, end: none, double: new Float64Array(0) },
  ...{ outer: none, array: none, index: none },
};

/** The facts about one event after the other: in columns of its own, or in those of whoever has read the event. */
export class Facts {
  columns: Columns = noColumns;
  bytes: Uint8Array = new Uint8Array(0);
  places = 1;
  arrays = 0;
  touchedCount = 0;
  #count = 0;
  #own = noColumns;
  /** How many paths of its own columns have been touched. */
  #ownTouched = 0;
  readonly #texts: string[] = [];

  /** Begins an event that is added value by value. */
  reset(bytes: Uint8Array, paths: number): void {
    const { first, touched } = this.#own;
    for (let i = 0; i < this.#ownTouched; i++) first[touched[i]!] = -1;
    if (first.length < paths) this.#own = widened(this.#own, paths);
    this.columns = this.#own;
    this.bytes = bytes;
    this.#count = 0;
    this.#ownTouched = 0;
    this.touchedCount = 0;
    this.places = 1;
    this.arrays = 0;
  }

  /** Takes over an event, which holds until that reader reads the next one. */
  take({ columns, bytes, places, arrays, touched }: Read): void {
    this.columns = columns;
    this.bytes = bytes;
    this.places = places;
    this.arrays = arrays;
    this.touchedCount = touched;
  }

  addBytes(path: number, place: number, kind: Kind, start: number, end: number, isPlain: boolean): void {
    const i = this.#add(path, place, isPlain ? kind | plain : kind);
    this.#own.start[i] = start;
    this.#own.end[i] = end;
  }

  /** `double` is `NaN` where the text must be asked. */
  addNumber(path: number, place: number, start: number, end: number, double: number): void {
    this.addBytes(path, place, Kind.number, start, end, false);
    this.#own.double[this.#count - 1] = double;
  }

  addText(path: number, place: number, kind: Kind, value: string): void {
    this.#texts[this.#add(path, place, kind | text)] = value;
  }

  /** A place inside `outer`: an element of an array that holds it. */
  addPlace(outer: number, array: number, index: number): number {
    const place = this.places++;
    if (place >= this.#own.outer.length) this.#grow();
    this.#own.outer[place] = outer;
    this.#own.array[place] = array;
    this.#own.index[place] = index;
    return place;
  }

  read(i: number, value: Value): Value {
    const { kind: kinds, start, end, double } = this.columns;
    const kind = kinds[i]!;
    if (kind >= text) return value.setText((kind - text) as Kind, this.#texts[i]!);
    value.setBytes((kind & (plain - 1)) as Kind, this.bytes, start[i]!, end[i]!, kind >= plain);
    if (kind !== Kind.number) return value;
    if (Number.isNaN(double[i]!)) return withoutInfinity(value);
    value.setDouble(double[i]!);
    return value;
  }

  #add(path: number, place: number, kind: number): number {
    const i = this.#count++;
    if (i >= this.#own.next.length) this.#grow();
    const own = this.#own;
    const first = own.first[path]!;
    if (first < 0) own.touched[this.#ownTouched++] = path;
    this.touchedCount = this.#ownTouched;
    own.size[path] = first < 0 ? 1 : own.size[path]! + 1;
    own.next[i] = first;
    own.first[path] = i;
    own.place[i] = place;
    own.kind[i] = kind;
    return i;
  }

  #grow(): void {
    this.#own = deepened(this.#own);
    this.columns = this.#own;
  }
}

/** A float beyond all doubles is a string to the service's engine. */
function withoutInfinity(value: Value): Value {
  const infinite = asInfinity(value.text);
  return infinite === undefined ? value : value.setText(Kind.string, infinite);
}

type Writable = { -readonly [Name in keyof Columns]: Columns[Name] };

const perPath = ["first", "size", "touched"] as const;
const perPlace = ["outer", "array", "index"] as const;
const perValue = ["next", "place", "kind", "start", "end"] as const;

/** Room for so many paths, more for more; none of them has values. */
function widened(columns: Columns, paths: number): Columns {
  const room = Math.max(paths, columns.first.length * 2);
  const wider: Writable = { ...columns };
  for (const name of perPath) wider[name] = new Int32Array(room).fill(-1);
  return wider;
}

/** Twice the room for values and places. */
function deepened(columns: Columns): Columns {
  const deeper: Writable = { ...columns };
  for (const name of [...perValue, ...perPlace]) {
    deeper[name] = new Int32Array(Math.max(16, columns[name].length * 2));
    deeper[name].set(columns[name]);
  }
  deeper.double = new Float64Array(deeper.next.length);
  deeper.double.set(columns.double);
  return deeper;
}
