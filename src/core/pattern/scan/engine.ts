import type { Columns, Read } from "../match/facts.ts";
import { binary } from "./wasm/binary.ts";

/** How much there is room for, as wasm/facts.h and wasm/walk.c say. */
export const most = {
  text: 2 ** 20,
  tree: 2 ** 18,
  paths: 2 ** 12,
  values: 2 ** 14,
  places: 2 ** 14,
} as const;

/** As much of the global as is used here; neither ECMAScript nor Node types it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Exports };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  address(area: number): number;
  forgetKeys(): void;
  walk(length: number, isTrusted: number): number;
}

/**
 * The WebAssembly that reads events: wasm/walk.c. It sees its own memory only, so events are copied there, and what it
 * finds is read where it leaves it. There is one for all, and what it has found holds until it reads the next event.
 */
export class Engine implements Read {
  readonly columns: Columns;
  /** Where the event is put, from the beginning. */
  readonly bytes: Uint8Array;
  /** The address of the tree of paths, which `scan/tree.ts` lays out, and the number of whose it is. */
  readonly treeAddress: number;
  owner = -1;
  readonly #tree: Uint8Array;
  readonly #exports: Exports;
  readonly #counts: Int32Array;

  constructor() {
    const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
    const exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    const { buffer } = exports.memory;
    // In the order of `areas` in walk.c.
    let area = 0;
    const words = (length: number): Int32Array => new Int32Array(buffer, exports.address(area++), length);
    const { paths, values, places } = most;
    this.columns = {
      ...{ first: words(paths).fill(-1), size: words(paths), touched: words(paths) },
      ...{ next: words(values), place: words(values), kind: words(values) },
      ...{ start: words(values), end: words(values) },
      ...{ outer: words(places), array: words(places), index: words(places) },
      double: new Float64Array(buffer, exports.address(area++), values),
    };
    this.#counts = words(5);
    this.bytes = new Uint8Array(buffer, exports.address(area++), most.text);
    this.treeAddress = exports.address(area);
    this.#tree = new Uint8Array(buffer, this.treeAddress, most.tree);
    this.#exports = exports;
  }

  /** Takes another tree of paths. */
  plant(tree: Uint8Array, owner: number): void {
    this.#tree.set(tree);
    this.#exports.forgetKeys();
    this.owner = owner;
  }

  /** Reads the event of so many bytes; `false` where it must be left to others. */
  walk(length: number, isTrusted: boolean): boolean {
    return this.#exports.walk(length, isTrusted ? 1 : 0) === 1;
  }

  get places(): number {
    return this.#counts[1]!;
  }

  get arrays(): number {
    return this.#counts[2]!;
  }

  get touched(): number {
    return this.#counts[3]!;
  }

  /** The offset behind what has been read. */
  get end(): number {
    return this.#counts[4]!;
  }
}

/** So many events are worth the time that it takes to start the engine. */
const enough = 50;
let asked = 0;
let engine: Engine | undefined;

/** The engine, as soon as it pays; nothing where there is no WebAssembly, or none with blocks of sixteen bytes. */
export function findEngine(): Engine | undefined {
  if (++asked !== enough) return engine;
  try {
    engine = new Engine();
  } catch {
    // What is written in TypeScript reads every event then.
  }
  return engine;
}
