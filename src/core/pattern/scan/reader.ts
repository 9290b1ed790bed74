import { limits } from "../limits.ts";
import type { Facts } from "../match/facts.ts";
import type { Paths } from "../match/paths.ts";
import { type Engine, findEngine, most } from "./engine.ts";
import { findLongNumber } from "./long-number.ts";
import { layOutTree } from "./tree.ts";
import { Walker } from "./walk.ts";

let readers = 0;

/**
 * Collects what the bytes of one event after the other say at the paths that matter. WebAssembly reads events of
 * everyday kinds; whatever it is not sure of, broken ones included, is read again by what is written in TypeScript, so
 * that there is one judge of what is said about it.
 */
export class EventReader {
  readonly #number = readers++;
  readonly #paths: Paths;
  readonly #facts: Facts;
  readonly #walker: Walker;
  #tree: Uint8Array | undefined;
  /** How many paths there were when the tree was laid out. */
  #laidOut = -1;

  constructor(paths: Paths, facts: Facts) {
    this.#paths = paths;
    this.#facts = facts;
    this.#walker = new Walker(paths, facts);
  }

  /** Throws `EventError` where the bytes are no JSON object; what follows the object is not looked at. */
  read(bytes: Uint8Array, start: number, end: number, isTrusted: boolean): void {
    // Beyond the end lie events that were read before.
    if (!(start >= 0 && start <= end && end <= bytes.length))
      throw new RangeError(`no bytes ${start} to ${end} among ${bytes.length}`);
    const engine = findEngine();
    if (engine !== undefined && this.#readBy(engine, bytes, start, end, isTrusted)) return;
    this.#facts.reset(bytes, this.#paths.names.length);
    this.#walker.walk(bytes, start, end, isTrusted);
  }

  #readBy(engine: Engine, bytes: Uint8Array, start: number, end: number, isTrusted: boolean): boolean {
    const length = end - start;
    if (length > most.text || !this.#plant(engine)) return false;
    engine.bytes.set(length === bytes.length ? bytes : bytes.subarray(start, end));
    if (!engine.walk(length, isTrusted)) return false;
    const read = engine.end;
    if (!isTrusted && read > limits.numberLength && findLongNumber(engine.bytes, 0, read) >= 0) return false;
    this.#facts.take(engine);
    return true;
  }

  /** Sees to it that the tree of these paths lies in the engine's memory. */
  #plant(engine: Engine): boolean {
    const paths = this.#paths.names.length;
    if (this.#laidOut === paths && engine.owner === this.#number) return this.#tree !== undefined;
    if (this.#laidOut !== paths)
      this.#tree = paths > most.paths ? undefined : layOutTree(this.#paths, engine.treeAddress, most.tree);
    this.#laidOut = paths;
    if (this.#tree === undefined) return false;
    engine.plant(this.#tree, this.#number);
    return true;
  }
}
