import { skipByTable } from "./skip.ts";
import { binary } from "./wasm/binary.ts";

/**
 * Passes over objects and arrays of one event after the other. WebAssembly does it sixteen bytes at a time, but sees
 * its own memory only, so what is left of an event is copied there when the first container of some size is met.
 * Where there is no WebAssembly, or the event is too long, the answers are the same, and come more slowly.
 */
export class ContainerSkipper {
  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  /** What to add to an offset to have its address; 0 while nothing has been copied. */
  #shift = 0;

  begin(bytes: Uint8Array, end: number): void {
    this.#bytes = bytes;
    this.#end = end;
    this.#shift = 0;
    // Another event's bytes stand there now.
    owner = undefined;
  }

  /**
   * Gives the offset behind the container, or, where it is broken, or not closed before the end, or nested deeper than
   * `depth`, -1 - the offset of the fault.
   */
  skip(start: number, depth: number): number {
    const length = this.#end - start;
    if (engine === undefined && ++asked === enough) engine = startEngine();
    if (!engine || length < short || length > room) return skipByTable(this.#bytes, start, this.#end, depth);
    if (owner !== this) {
      const { buffer, byteOffset } = this.#bytes;
      engine.memory.set(new Uint8Array(buffer, byteOffset + start, length), textAddress);
      engine.memory[textAddress + length] = 0;
      this.#shift = textAddress - start;
      owner = this;
    }
    const at = engine.skip(start + this.#shift, depth);
    return at >= 0 ? at - this.#shift : at + this.#shift;
  }
}

interface Engine {
  readonly memory: Uint8Array;
  skip(start: number, depth: number): number;
}

/** Behind the engine's own data; its memory is as large as build.sh says. */
const textAddress = 65536;
/** So long a text has room, with the blocks that are loaded beyond it. */
const room = 2 ** 20;
/** What is left of an event is not worth a copy when it is shorter. */
const short = 128;
/** So many containers are worth the time that it takes to start the engine. */
const enough = 100;

/** As much of the global as is used here; neither ECMAScript nor Node types it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: { readonly memory: { readonly buffer: ArrayBuffer }; readonly skip: Engine["skip"] };
  };
};

let asked = 0;
let engine: Engine | false | undefined;
/** Whose event stands in the engine's memory: all share one. */
let owner: ContainerSkipper | undefined;

function startEngine(): Engine | false {
  try {
    const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
    const { memory, skip } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    return { memory: new Uint8Array(memory.buffer), skip };
  } catch {
    // No WebAssembly, or none with blocks of sixteen bytes: the table does it.
    return false;
  }
}
