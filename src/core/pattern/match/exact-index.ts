import type { Value } from "../value/value.ts";
import { hashOf } from "./paths.ts";

const encoder = new TextEncoder();

interface Entry<T> {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly targets: T[];
}

/** Exact strings, and what each leads to. Finds a value by its bytes, however many strings there are. */
export class ExactIndex<T> {
  readonly #byHash = new Map<number, Entry<T>[]>();

  add(text: string, target: T): void {
    const bytes = encoder.encode(text);
    const hash = hashOf(bytes, 0, bytes.length);
    const entries = this.#byHash.get(hash);
    const known = entries?.find((entry) => entry.text === text);
    if (known !== undefined) known.targets.push(target);
    else if (entries !== undefined) entries.push({ text, bytes, targets: [target] });
    else this.#byHash.set(hash, [{ text, bytes, targets: [target] }]);
  }

  delete(text: string, target: T): void {
    const bytes = encoder.encode(text);
    const hash = hashOf(bytes, 0, bytes.length);
    const entries = this.#byHash.get(hash)!;
    const at = entries.findIndex((entry) => entry.text === text);
    const targets = entries[at]!.targets;
    targets.splice(targets.indexOf(target), 1);
    if (targets.length === 0) entries.splice(at, 1);
    if (entries.length === 0) this.#byHash.delete(hash);
  }

  /** The value must be a string. */
  find(value: Value): readonly T[] | undefined {
    if (!value.isPlain) return this.#findText(value.text);
    const { bytes, start, end } = value;
    const entries = this.#byHash.get(hashOf(bytes, start, end));
    if (entries === undefined) return undefined;
    search: for (const entry of entries) {
      const wanted = entry.bytes;
      if (wanted.length !== end - start) continue;
      for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) continue search;
      return entry.targets;
    }
    return undefined;
  }

  *targets(): Generator<T> {
    for (const entries of this.#byHash.values()) for (const { targets } of entries) yield* targets;
  }

  #findText(text: string): readonly T[] | undefined {
    const bytes = encoder.encode(text);
    const entries = this.#byHash.get(hashOf(bytes, 0, bytes.length));
    return entries?.find((entry) => entry.text === text)?.targets;
  }
}
