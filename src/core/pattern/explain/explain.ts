import { Facts } from "../match/facts.ts";
import { Graph } from "../match/graph.ts";
import { Paths } from "../match/paths.ts";
import { Solver } from "../match/solve.ts";
import type { Branch, Leaf } from "../parse/pattern.ts";
import type { Pattern } from "../pattern.ts";
import { Walker } from "../scan/walk.ts";
import { Kind, Value } from "../value/value.ts";
import { explainAbsence } from "./absence.ts";
import type { Reason } from "./reason.ts";

/** Of how many branches of a `$or` it is said why they miss: the nearest ones. */
const branchesShown = 5;
/** How many values of one field are listed. */
const valuesShown = 10;

/**
 * Why an event matches a pattern, or why not: a reason for each field. Where the pattern has alternatives, those of
 * the branch that matches, or else of the branches that came nearest, the nearest first. Takes an object or the bytes
 * of one; throws `EventError` where the bytes are no JSON object.
 */
export function explain(pattern: Pattern, event: object | Uint8Array): readonly Reason[] {
  const bytes = event instanceof Uint8Array ? event : new TextEncoder().encode(JSON.stringify(event));
  const explainer = new Explainer(pattern.branches, bytes);
  const accounts = pattern.branches.map((branch, i) => explainer.account(branch, i + 1));
  const matching = accounts.find(({ isMatch }) => isMatch);
  const shown =
    matching !== undefined
      ? [matching]
      : accounts.sort((a, b) => a.distance - b.distance).slice(0, branchesShown);
  const isSingle = pattern.branches.length === 1;
  return shown.flatMap(({ reasons, branch }) =>
    isSingle ? reasons : reasons.map((reason) => ({ ...reason, branch })),
  );
}

/** How far an event is from matching: the share of a pattern's fields that miss, in its nearest branch. 0 is a match. */
export function distance(branches: readonly Branch[], bytes: Uint8Array): number {
  const explainer = new Explainer(branches, bytes);
  return Math.min(...branches.map((branch) => explainer.account(branch, 0).distance));
}

/** The alternatives that a pattern with `$or` comes down to, and which of them an event satisfies, from 1. */
export function matchingBranches(
  pattern: Pattern,
  event: Uint8Array,
): { readonly count: number; readonly hit: readonly number[] } {
  const { branches } = pattern;
  if (branches.length === 1) return { count: 0, hit: [] };
  const explainer = new Explainer(branches, event);
  const hit = branches.map((branch, i) => explainer.account(branch, i + 1)).filter(({ isMatch }) => isMatch);
  return { count: branches.length, hit: hit.map(({ branch }) => branch) };
}

interface Account {
  readonly isMatch: boolean;
  readonly distance: number;
  readonly reasons: Reason[];
  readonly branch: number;
}

class Explainer {
  readonly #paths = new Paths();
  readonly #facts = new Facts();
  readonly #value = new Value();
  readonly #event: unknown;

  constructor(branches: readonly Branch[], bytes: Uint8Array) {
    for (const branch of branches) for (const { path } of branch) this.#paths.add(path);
    this.#facts.reset(bytes, this.#paths.names.length);
    new Walker(this.#paths, this.#facts).walk(bytes, 0, bytes.length, false);
    this.#event = parsePrefix(bytes);
  }

  account(branch: Branch, number: number): Account {
    const isMatch = this.#canAllHold(branch);
    const satisfied: Leaf[] = [];
    const reasons = branch.map((leaf) => {
      const reason = this.#reason(leaf, satisfied);
      if (reason.verdict === "match") satisfied.push(leaf);
      return reason;
    });
    if (!isMatch && !this.#canAllHold(satisfied)) this.#blameArrays(reasons);
    const missing = reasons.filter(({ verdict }) => verdict !== "match");
    const hinted = missing.filter(({ hint }) => hint !== undefined).length;
    // A miss that has an explanation is nearer than one that has none.
    const distance = isMatch ? 0 : (missing.length - hinted / 4) / branch.length;
    return { isMatch, distance, reasons, branch: number };
  }

  #canAllHold(leaves: Branch): boolean {
    const graph = new Graph<true>(this.#paths);
    graph.add(leaves, true);
    return new Solver(graph).solve(this.#facts, () => true);
  }

  /** `before` are the fields before this one that are satisfied. */
  #reason(leaf: Leaf, before: Branch): Reason {
    const values = this.#valuesOf(leaf.path);
    const asked = { path: leaf.path, ...askedOf(leaf) };
    const wantsAbsence = leaf.matchers.some((matcher) => matcher.wantsAbsence === true);
    if (values.length === 0) {
      if (wantsAbsence) return { ...asked, verdict: "match" };
      return { ...asked, verdict: "absent", hint: explainAbsence(this.#event, leaf) };
    }
    const satisfying = values.find((i) => leaf.matchers.some((matcher) => matcher.test(this.#read(i))));
    if (satisfying !== undefined) return { ...asked, found: this.#show(satisfying), verdict: "match" };
    // Other elements of an array may have values, and the one that the fields before have taken none.
    if (wantsAbsence && this.#canAllHold([...before, leaf])) return { ...asked, verdict: "match" };
    const shown = values.slice(0, valuesShown).map((i) => this.#show(i));
    const hint = this.#hint(leaf, values);
    return {
      ...asked,
      found: shown.length === 1 ? shown[0] : shown,
      verdict: "mismatch",
      ...(hint === undefined ? {} : { hint }),
    };
  }

  #hint({ matchers }: Leaf, values: readonly number[]): string | undefined {
    for (const matcher of matchers)
      for (const i of values.slice(0, valuesShown)) {
        const hint = matcher.hint?.(this.#read(i));
        if (hint !== undefined) return hint;
      }
    return undefined;
  }

  /** Each of some fields has a value that would do, but no single element of an array has them all. */
  #blameArrays(reasons: Reason[]): void {
    const inArrays = reasons.filter(
      ({ path, verdict }) =>
        verdict === "match" && this.#valuesOf(path).some((value) => this.#facts.columns.place[value] !== 0),
    );
    const array = commonPath(inArrays.map(({ path }) => path));
    const hint = `no single element of ${array === "" ? "the array" : array} satisfies all of these at once`;
    for (const [i, reason] of reasons.entries())
      if (inArrays.includes(reason)) reasons[i] = { ...reason, verdict: "mismatch", hint };
  }

  /** In the order of the event. */
  #valuesOf(path: string): number[] {
    const { first, next } = this.#facts.columns;
    const values: number[] = [];
    for (let i = first[this.#paths.add(path)] ?? -1; i >= 0; i = next[i]!) values.unshift(i);
    return values;
  }

  #read(i: number): Value {
    return this.#facts.read(i, this.#value);
  }

  #show(i: number): unknown {
    const { kind, text } = this.#read(i);
    return kind === Kind.string ? text : (JSON.parse(text) as unknown);
  }
}

function askedOf({ matchers }: Leaf): { operator: string; wanted: unknown[] } {
  const operators = new Set(matchers.map(({ operator }) => operator));
  const [operator] = operators;
  if (operators.size === 1)
    return { operator: operator!, wanted: matchers.map((matcher) => matcher.wanted()) };
  return { operator: "any-of", wanted: matchers.map((matcher) => JSON.parse(matcher.print()) as unknown) };
}

function commonPath(paths: readonly string[]): string {
  const [head = [], ...others] = paths.map((path) => path.split(".").slice(0, -1));
  const length = head.findIndex((step, i) => others.some((other) => other[i] !== step));
  return (length < 0 ? head : head.slice(0, length)).join(".");
}

/** The event as an object; what stands behind it has been found to be of no account. */
function parsePrefix(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  for (let end = text.lastIndexOf("}"); ; end = text.lastIndexOf("}", end - 1))
    try {
      return JSON.parse(text.slice(0, end + 1));
    } catch (error) {
      // Something follows the event, and has a brace of its own.
      if (end <= 0) throw error;
    }
}
