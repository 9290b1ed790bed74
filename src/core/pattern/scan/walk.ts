import { EventError } from "../error.ts";
import { limits } from "../limits.ts";
import type { Facts } from "../match/facts.ts";
import type { PathNode, Paths } from "../match/paths.ts";
import { Kind } from "../value/value.ts";
import { DecimalReader } from "./double.ts";
import { findLongNumber } from "./long-number.ts";
import { skipByTable, tooDeep } from "./skip.ts";
import { findQuote, plainInKey, plainInText, skipNumber, skipSpace, skipWord } from "./tokens.ts";

/** A byte order mark that a text begins with is part of it. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** So many paths are open while reading must not stop; more than there can be. */
const never = 2 ** 30 - 1;

/**
 * Collects what the bytes of an event say, without building the event: descends to the fields that are asked for and
 * passes over the rest. Calls go no deeper than the depth limit, however deep the event is.
 */
export class Walker {
  readonly #paths: Paths;
  readonly #facts: Facts;
  readonly #decimal = new DecimalReader();
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #depth = 0;
  /** How many paths may still turn up; when none, a trusted event need not be read on. */
  #open = 0;

  constructor(paths: Paths, facts: Facts) {
    this.#paths = paths;
    this.#facts = facts;
  }

  /** Throws `EventError` where the bytes are no JSON object; what follows the object is not looked at. */
  walk(bytes: Uint8Array, start: number, end: number, isTrusted: boolean): void {
    const { root } = this.#paths;
    this.#bytes = bytes;
    this.#end = end;
    this.#depth = 0;
    this.#open = isTrusted ? root.below : never;
    this.#at = skipSpace(bytes, start, end);
    if (this.#at >= end || bytes[this.#at] !== 0x7b)
      throw new EventError("Event must be a JSON object", this.#at);
    this.#object(root, 0);
    if (isTrusted || this.#at - start <= limits.numberLength) return;
    const long = findLongNumber(bytes, start, this.#at);
    if (long >= 0) throw new EventError(`a number has more than ${limits.numberLength} digits`, long);
  }

  #object(node: PathNode, place: number): void {
    const bytes = this.#bytes;
    const end = this.#end;
    this.#enter();
    let at = skipSpace(bytes, this.#at + 1, end);
    let isOver = at < end && bytes[at] === 0x7d;
    while (!isOver) {
      if (at >= end || bytes[at] !== 0x22) this.#fail(at);
      this.#at = at + 1;
      const child = this.#key(node);
      if (child === undefined) this.#skip();
      else {
        // Whatever happens inside, nothing below the child is open behind it.
        const open = this.#open > never / 2 ? never : this.#open - child.below;
        this.#value(child, place);
        if (this.#open <= 0) return;
        this.#open = open;
        if (open <= 0) return;
      }
      at = skipSpace(bytes, this.#at, end);
      isOver = at < end && bytes[at] === 0x7d;
      if (isOver) break;
      if (at >= end || bytes[at] !== 0x2c) this.#fail(at);
      at = skipSpace(bytes, at + 1, end);
    }
    this.#leave(at);
  }

  /** Reads a key and its colon; stands on the value afterwards. */
  #key(node: PathNode): PathNode | undefined {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    let byte = bytes[at]!;
    while (plainInKey[byte] === 1) byte = bytes[++at]!;
    if (at >= this.#end) this.#fail(this.#end);
    let child: PathNode | undefined;
    if (byte === 0x22 && at > start) child = node.find(bytes, start, at);
    else {
      at = this.#checked(findQuote(bytes, start, this.#end));
      child = this.#oddKey(node, start, at);
    }
    at = skipSpace(bytes, at + 1, this.#end);
    if (at >= this.#end || bytes[at] !== 0x3a) this.#fail(at);
    this.#at = skipSpace(bytes, at + 1, this.#end);
    return child;
  }

  /** An empty key, or one with a dot, an escape or characters outside ASCII. */
  #oddKey(node: PathNode, start: number, end: number): PathNode | undefined {
    const text = decoder.decode(this.#bytes.subarray(start, end));
    const key = text.includes("\\") ? (JSON.parse(`"${text}"`) as string) : text;
    const child = this.#paths.follow(node, key);
    // With a dot, a path can be spelt in several ways, so nothing can be called done any more.
    if (child !== undefined && key.includes(".")) this.#open = never;
    return child;
  }

  #value(node: PathNode, place: number): void {
    const bytes = this.#bytes;
    const start = this.#at;
    const byte = bytes[start]!;
    if (start >= this.#end) this.#fail(start);
    if (byte === 0x7b && !node.isLeaf) this.#object(node, place);
    else if (byte === 0x5b) this.#array(node, place);
    else if (node.path < 0 || byte === 0x7b) this.#skip();
    else if (byte === 0x22) this.#string(node.path, place);
    else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) this.#number(node.path, place);
    else {
      this.#at = this.#checked(skipWord(bytes, start, this.#end));
      const kind = byte === 0x74 ? Kind.true : byte === 0x66 ? Kind.false : Kind.null;
      this.#facts.addBytes(node.path, place, kind, start, this.#at, false);
    }
  }

  #number(path: number, place: number): void {
    const bytes = this.#bytes;
    const start = this.#at;
    const decimal = this.#decimal;
    const double = decimal.read(bytes, start, this.#end);
    if (!Number.isNaN(double)) {
      this.#at = decimal.end;
      this.#facts.addNumber(path, place, start, decimal.end, double + 0);
      return;
    }
    const at = this.#checked(skipNumber(bytes, start, this.#end));
    this.#at = at;
    this.#facts.addNumber(path, place, start, at, Number.NaN);
  }

  #string(path: number, place: number): void {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let at = start;
    let byte = bytes[at]!;
    while (plainInText[byte] === 1) byte = bytes[++at]!;
    if (at >= this.#end) this.#fail(this.#end);
    let isPlain = true;
    if (byte !== 0x22) {
      const from = at;
      at = this.#checked(findQuote(bytes, at, this.#end));
      isPlain = !hasEscape(bytes, from, at);
    }
    this.#facts.addBytes(path, place, Kind.string, start, at, isPlain);
    this.#at = at + 1;
  }

  #array(node: PathNode, place: number): void {
    const bytes = this.#bytes;
    const end = this.#end;
    const facts = this.#facts;
    const array = facts.arrays++;
    // Inside an array any path may turn up again in the next element.
    const open = this.#open;
    this.#open = never;
    this.#enter();
    let index = 0;
    let at = skipSpace(bytes, this.#at + 1, end);
    let isOver = at < end && bytes[at] === 0x5d;
    while (!isOver) {
      this.#at = at;
      const byte = bytes[at];
      const isPlace = byte === 0x7b || byte === 0x5b;
      this.#value(node, isPlace ? facts.addPlace(place, array, index++) : place);
      at = skipSpace(bytes, this.#at, end);
      isOver = at < end && bytes[at] === 0x5d;
      if (isOver) break;
      if (at >= end || bytes[at] !== 0x2c) this.#fail(at);
      at = skipSpace(bytes, at + 1, end);
    }
    this.#leave(at);
    this.#open = open;
  }

  #skip(): void {
    const bytes = this.#bytes;
    const at = this.#at;
    const byte = bytes[at]!;
    if (at >= this.#end) this.#fail(at);
    if (byte === 0x22) this.#at = this.#checked(findQuote(bytes, at + 1, this.#end)) + 1;
    else if (byte === 0x7b || byte === 0x5b)
      this.#at = this.#checked(skipByTable(bytes, at, this.#end, limits.depth - this.#depth));
    else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39))
      this.#at = this.#checked(skipNumber(bytes, at, this.#end));
    else this.#at = this.#checked(skipWord(bytes, at, this.#end));
  }

  #enter(): void {
    if (++this.#depth > limits.depth) this.#failDeep(this.#at);
  }

  #leave(at: number): void {
    this.#depth--;
    this.#at = at + 1;
  }

  /** The offset that a scanning function gave, unless it found a fault. */
  #checked(at: number): number {
    if (at >= 0) return at;
    return at < -tooDeep ? this.#failDeep(-1 - at - tooDeep) : this.#fail(-1 - at);
  }

  #failDeep(at: number): never {
    throw new EventError(`objects and arrays are nested more than ${limits.depth} deep`, at);
  }

  #fail(at: number): never {
    if (at >= this.#end) throw new EventError("the JSON text ends too early", this.#end);
    const byte = this.#bytes[at]!;
    const shown =
      byte > 0x20 && byte < 0x7f ? `'${String.fromCharCode(byte)}'` : `byte 0x${byte.toString(16)}`;
    throw new EventError(`${shown} cannot stand here in a JSON text`, at);
  }
}

function hasEscape(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === 0x5c) return true;
  return false;
}
