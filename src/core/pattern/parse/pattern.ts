import { PatternError } from "../error.ts";
import { limits } from "../limits.ts";
import type { Matcher } from "../operators/operator.ts";
import { isTooComplex } from "./complexity.ts";
import { parseMatchers } from "./matchers.ts";
import { PatternReader } from "./reader.ts";
import { isReservedInOr } from "./reserved.ts";

/** A field that a pattern names, and the list of matchers of which one must be satisfied. */
export interface Leaf {
  /** The keys on the way to the field, joined with dots; dots inside keys are not told apart. */
  readonly path: string;
  readonly matchers: readonly Matcher[];
}

/** One combination of a pattern without `$or`: the leaves that must all be satisfied, in UTF-16 order of their paths. */
export type Branch = readonly Leaf[];

export interface ParsedPattern {
  /** One of these must be satisfied. In the order of the text. */
  readonly branches: readonly Branch[];
  /** Paths that the text names more than once, of which only the last list counts. */
  readonly overridden: readonly string[];
}

/**
 * Reads a pattern. Throws `PatternError` where AWS would refuse
 * the pattern; the first fault in the order of reading wins. What follows the root object is not looked at.
 */
export function parsePattern(source: string): ParsedPattern {
  const reader = new PatternReader(source);
  if (reader.next() !== "{") reader.fail("Filter is not an object");
  const parser = new PatternParser(reader);
  const drafts = parser.object([new Map()], "", false);
  if (parser.hasTooMany) throw new PatternError("Or operator is producing over 1000 rule combinations");
  const branches = drafts.map((draft) => [...draft.values()].sort(byPath));
  if (branches.some((branch) => branch.length > limits.paths))
    throw new PatternError(`Size of rule exceeds max value of ${limits.paths}`);
  if (parser.fault !== undefined) throw new PatternError(parser.fault, undefined, parser.fault, true);
  if (isTooComplex(branches))
    throw new PatternError(
      "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
    );
  return { branches, overridden: parser.overridden };
}

/** UTF-16 order, in which the engine visits the fields. */
const byPath = (a: Leaf, b: Leaf): number => (a.path < b.path ? -1 : 1);

/** A branch that is being read: the last leaf of a path wins. */
type Draft = Map<string, Leaf>;

class PatternParser {
  readonly #reader: PatternReader;
  hasTooMany = false;
  /** What the engine fails on only when it has read everything. */
  fault: string | undefined;
  readonly overridden: string[] = [];

  constructor(reader: PatternReader) {
    this.#reader = reader;
  }

  /** Reads an object's fields into every draft; a `$or` among them gives back more drafts than came in. */
  object(drafts: Draft[], path: string, isInOr: boolean): Draft[] {
    const reader = this.#reader;
    let result = drafts;
    let isEmpty = true;
    while (reader.next() !== "}") {
      isEmpty = false;
      const name = reader.text();
      if (name === "$or") {
        result = this.#or(result, path);
        continue;
      }
      if (isInOr && isReservedInOr(name))
        reader.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
      result = this.#field(result, path, name, isInOr);
    }
    if (isEmpty) reader.fail("Empty objects are not allowed");
    return result;
  }

  #field(drafts: Draft[], parent: string, name: string, isInOr: boolean): Draft[] {
    const reader = this.#reader;
    // The engine puts no dot behind an empty beginning, so an empty key at the root is as if it were not there.
    const path = parent === "" ? name : `${parent}.${name}`;
    const token = reader.next();
    if (token === "{") return this.object(drafts, path, isInOr);
    if (token !== "[") reader.fail(`"${name}" must be an object or an array`);
    const leaf: Leaf = { path, matchers: parseMatchers(reader) };
    this.fault ??= leaf.matchers.find((matcher) => matcher.fault !== undefined)?.fault;
    if (drafts.some((draft) => draft.has(path))) this.overridden.push(path);
    for (const draft of drafts) draft.set(path, leaf);
    return drafts;
  }

  /** Every alternative is read into a copy of what stands before the `$or`. */
  #or(drafts: Draft[], path: string): Draft[] {
    const reader = this.#reader;
    if (reader.next() !== "[") reader.fail("It must be an Array followed with $or.");
    const result: Draft[] = [];
    let count = 0;
    for (let token = reader.next(); token !== "]"; token = reader.next()) {
      count++;
      if (token !== "{") reader.fail("Only JSON object is allowed in array of $or relationship.");
      const copies = drafts.map((draft) => new Map(draft));
      result.push(...this.object(copies, path, true));
      if (result.length > limits.combinations) {
        // The rest is still read for its faults, but no longer multiplied.
        this.hasTooMany = true;
        result.length = 1;
      }
    }
    if (count < 2) reader.fail("There must have at least 2 Objects in $or relationship.");
    return result;
  }
}
