import { findJsonFault } from "../../core/json.ts";
import { EventError, type Pattern } from "../../core/pattern/index.ts";
import type { RecordBlock } from "../../shell/records.ts";
import { asEnvelope, entrySign } from "../envelope.ts";
import { findDemand } from "./demanded.ts";
import { Finder } from "./finder.ts";

/** Says of the records of a block, one after the other, whether they match. */
export class Judge {
  readonly #pattern: Pattern;
  readonly #read: { start: number; end: number; trusted: boolean };
  readonly #entries = new Finder(entrySign);
  readonly #joints = [new Finder("}{"), new Finder("} {")];
  /** Without one of these, a trusted event cannot match. */
  readonly #signs: readonly Finder[] | undefined;
  #block: RecordBlock | undefined;

  /** Trusted events are read only as far as the answer needs, and not at all where they lack what the pattern demands. */
  constructor(pattern: Pattern, isTrusted: boolean) {
    this.#pattern = pattern;
    this.#read = { start: 0, end: 0, trusted: isTrusted };
    const demand = isTrusted ? findDemand(pattern) : undefined;
    this.#signs = demand && [...demand.literals, demand.escape].map((sign) => new Finder(sign));
  }

  /** Goes on with another block. */
  open(block: RecordBlock): void {
    this.#block = block;
    for (const finder of [this.#entries, ...this.#joints, ...(this.#signs ?? [])]) finder.open(block.bytes);
  }

  /** Throws where the record is no event. */
  matches(i: number): boolean {
    const { bytes, starts, ends } = this.#block!;
    const read = this.#read;
    read.start = starts[i]!;
    read.end = ends[i]!;
    if (this.#entries.isIn(read.start, read.end)) return this.#entryMatches(i);
    if (this.#signs !== undefined && !hasOne(this.#signs, read.start, read.end)) return false;
    const isMatch = this.#pattern.matchesJson(bytes, read);
    if (!read.trusted) this.#checkEnd(read.start, read.end);
    return isMatch;
  }

  /** The event as rules see it. */
  event(i: number): Uint8Array {
    const { bytes, starts, ends } = this.#block!;
    return asEnvelope(bytes.subarray(starts[i], ends[i]));
  }

  #entryMatches(i: number): boolean {
    const { start, end, trusted } = this.#read;
    const isMatch = this.#pattern.matchesJson(this.event(i), { trusted });
    if (!trusted) this.#checkEnd(start, end);
    return isMatch;
  }

  /** Matching reads as far as the event goes: here is looked for signs that something follows, such as another event. */
  #checkEnd(start: number, end: number): void {
    const { bytes } = this.#block!;
    let last = end - 1;
    while (bytes[last]! <= 0x20) last--;
    if (bytes[last] === endBrace && !hasOne(this.#joints, start, end)) return;
    const fault = findJsonFault(bytes.toString("utf8", start, end));
    if (fault !== undefined) throw new EventError(fault.reason, last);
  }
}

const endBrace = 0x7d;

function hasOne(signs: readonly Finder[], start: number, end: number): boolean {
  for (let i = 0; i < signs.length; i++) if (signs[i]!.isIn(start, end)) return true;
  return false;
}
