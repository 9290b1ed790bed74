import type { Value } from "../value/value.ts";
import { hashOf } from "./paths.ts";

const encoder = new TextEncoder();
/** Up to this many strings are compared one after the other. */
const few = 4;

/** A string, its UTF-8 bytes as the characters of another (the same one for ASCII), and what it leads to. */
interface Entry<T> {
  readonly text: string;
  readonly utf8: string;
  readonly hash: number;
  readonly targets: T[];
}

/**
 * Exact strings, and what each leads to. Finds a value by its bytes, however many strings there are. There may be very
 * many of these indexes too, most of them with a single string, so a small one is only a list.
 */
export class ExactIndex<T> {
  readonly #list: Entry<T>[] = [];
  #byHash: Map<number, Entry<T>[]> | undefined;

  add(text: string, target: T): void {
    const bytes = encoder.encode(text);
    const hash = hashOf(bytes, 0, bytes.length);
    const known = this.#entries(hash)?.find((entry) => entry.text === text);
    if (known !== undefined) {
      known.targets.push(target);
      return;
    }
    const utf8 = bytes.length === text.length ? text : String.fromCharCode(...bytes);
    this.#insert({ text, utf8, hash, targets: [target] });
  }

  delete(text: string, target: T): void {
    const bytes = encoder.encode(text);
    const hash = hashOf(bytes, 0, bytes.length);
    const entries = this.#entries(hash)!;
    const at = entries.findIndex((entry) => entry.text === text);
    const targets = entries[at]!.targets;
    targets.splice(targets.indexOf(target), 1);
    if (targets.length === 0) entries.splice(at, 1);
    if (entries.length === 0) this.#byHash?.delete(hash);
  }

  /** The value must be a string. */
  find(value: Value): readonly T[] | undefined {
    if (!value.isPlain) return this.#findText(value.text);
    const { bytes, start, end } = value;
    const entries = this.#byHash === undefined ? this.#list : this.#byHash.get(hashOf(bytes, start, end));
    if (entries === undefined) return undefined;
    for (let i = 0; i < entries.length; i++)
      if (isAt(bytes, start, end, entries[i]!.utf8)) return entries[i]!.targets;
    return undefined;
  }

  *targets(): Generator<T> {
    for (const { targets } of this.#list) yield* targets;
    for (const entries of this.#byHash?.values() ?? []) for (const { targets } of entries) yield* targets;
  }

  #findText(text: string): readonly T[] | undefined {
    const bytes = encoder.encode(text);
    const entries = this.#entries(hashOf(bytes, 0, bytes.length));
    return entries?.find((entry) => entry.text === text)?.targets;
  }

  #entries(hash: number): Entry<T>[] | undefined {
    return this.#byHash === undefined ? this.#list : this.#byHash.get(hash);
  }

  #insert(entry: Entry<T>): void {
    if (this.#byHash === undefined && this.#list.length < few) {
      this.#list.push(entry);
      return;
    }
    this.#byHash ??= new Map();
    for (const one of [...this.#list.splice(0), entry]) {
      const entries = this.#byHash.get(one.hash);
      if (entries === undefined) this.#byHash.set(one.hash, [one]);
      else entries.push(one);
    }
  }
}

function isAt(bytes: Uint8Array, start: number, end: number, wanted: string): boolean {
  if (end - start !== wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted.charCodeAt(i)) return false;
  return true;
}
