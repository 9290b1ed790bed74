import { PatternError } from "./error.ts";
import { Facts } from "./match/facts.ts";
import { Graph } from "./match/graph.ts";
import { collectObject } from "./match/object.ts";
import { Solver } from "./match/solve.ts";
import { type Branch, parsePattern } from "./parse/pattern.ts";
import { EventReader } from "./scan/reader.ts";
import { findWarnings, type Warning } from "./warn/warning.ts";

/** How `matchesJson` reads the bytes. */
export interface ReadOptions {
  /**
   * The caller vouches that each event is well-formed and names no path twice, as every JSON writer does: then
   * reading stops as soon as the answer is known. Without it, an event is checked to its end.
   */
  readonly trusted?: boolean;
  /** Where in the bytes the event begins and ends; all of them otherwise. Bounds that they do not have are a `RangeError`. */
  readonly start?: number;
  readonly end?: number;
}

/** A compiled event pattern. */
export interface Pattern {
  /** The pattern as it was given; an object, as JSON. */
  readonly source: string;
  /**
   * What the pattern demands: one of the branches, and of it every leaf.
   * @internal
   */
  readonly branches: readonly Branch[];
  /** What AWS accepts and what is nevertheless surely not meant. */
  readonly warnings: readonly Warning[];
  /**
   * Whether an event matches, given as the object that JSON makes of it. An object cannot hold everything that a text
   * says: of several equal keys it has the last, of a whole number beyond 2^53 the nearest double.
   */
  matches(event: object): boolean;
  /** The same for the UTF-8 bytes of an event. Throws `EventError` where they are no JSON object. */
  matchesJson(bytes: Uint8Array, options?: ReadOptions): boolean;
}

/** Compiles an event pattern. Throws `PatternError` with the engine's message where AWS would refuse it. */
export function compilePattern(source: string | object): Pattern {
  return new CompiledPattern(typeof source === "string" ? source : textOf(source));
}

class CompiledPattern implements Pattern {
  readonly source: string;
  readonly branches: readonly Branch[];
  readonly #overridden: readonly string[];
  #matcher: BranchMatcher | undefined;

  constructor(source: string) {
    this.source = source;
    const { branches, overridden } = parsePattern(source);
    this.branches = branches;
    this.#overridden = overridden;
  }

  get warnings(): readonly Warning[] {
    return findWarnings(this.branches, this.#overridden);
  }

  matches(event: object): boolean {
    this.#matcher ??= new BranchMatcher(this.branches);
    return this.#matcher.object(event);
  }

  matchesJson(bytes: Uint8Array, options?: ReadOptions): boolean {
    this.#matcher ??= new BranchMatcher(this.branches);
    const { start = 0, end = bytes.length, trusted = false } = options ?? {};
    return this.#matcher.bytes(bytes, start, end, trusted);
  }
}

const none = new Uint8Array(0);
const enough = (): boolean => true;

/** What matching needs beyond the pattern itself; made when it is first asked for. */
class BranchMatcher {
  readonly #facts = new Facts();
  readonly #graph = new Graph<true>();
  readonly #solver = new Solver(this.#graph);
  readonly #reader = new EventReader(this.#graph.paths, this.#facts);

  constructor(branches: readonly Branch[]) {
    for (const branch of branches) this.#graph.add(branch, true);
  }

  object(event: object): boolean {
    const { paths } = this.#graph;
    this.#facts.reset(none, paths.names.length);
    collectObject(event, paths, this.#facts);
    return this.#solver.solve(this.#facts, enough);
  }

  bytes(bytes: Uint8Array, start: number, end: number, isTrusted: boolean): boolean {
    this.#reader.read(bytes, start, end, isTrusted);
    return this.#solver.solve(this.#facts, enough);
  }
}

/** JSON has no numbers but finite ones, and would silently write null for the others. */
function textOf(source: object): string {
  return JSON.stringify(source, (_, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value))
      throw new PatternError(`Cannot compare number : ${value}`);
    return value;
  });
}
