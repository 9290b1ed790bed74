import { distance, explain } from "./explain/explain.ts";
import type { Reason } from "./explain/reason.ts";
import { Facts } from "./match/facts.ts";
import { Graph } from "./match/graph.ts";
import { collectObject } from "./match/object.ts";
import { usesEmptyStep } from "./match/paths.ts";
import { Solver } from "./match/solve.ts";
import { compilePattern, type Pattern, type ReadOptions } from "./pattern.ts";
import { EventReader } from "./scan/reader.ts";

interface Rule {
  readonly name: string;
  /** Kept instead of what it compiles to: there may be very many rules, and few of them are looked at again. */
  readonly source: string;
  /** Rules are named in the order in which they came. */
  readonly order: number;
  /** The last event that it matched, as a number, so that it is named once. */
  matched: number;
}

/** A rule that an event does not match, and why not. */
export interface NearRule {
  readonly name: string;
  /** The share of its fields that miss, between 0 and 1. */
  readonly distance: number;
  readonly reasons: readonly Reason[];
}

const none = new Uint8Array(0);
/** Up to here, sorting by insertion is the quickest. */
const many = 40;

/**
 * Many patterns at once: an event is read once, and looked up among the rules instead of being compared with each, so
 * that what it costs hardly depends on how many rules there are. Answers as the rules would one by one.
 */
export class RuleSet {
  readonly #rules = new Map<string, Rule>();
  /** Rules with an empty step in a path, which the engine follows only where the same pattern has one. */
  readonly #odd = new Map<Rule, Pattern>();
  #matcher = new SetMatcher();
  #count = 0;
  #deleted = 0;

  get size(): number {
    return this.#rules.size;
  }

  /** Adds a rule, in place of one of the same name. Throws `PatternError` where AWS would refuse the pattern. */
  add(name: string, pattern: Pattern | string | object): this {
    const compiled = isPattern(pattern) ? pattern : compilePattern(pattern);
    const isOdd = compiled.branches.some((branch) => branch.some(({ path }) => hasEmptyStep(path)));
    const rule: Rule = { name, source: compiled.source, order: this.#count++, matched: -1 };
    const before = this.#rules.get(name);
    // Not taken out first: each time that a key goes and comes back, a Map looks longer for it until it is rehashed.
    this.#rules.set(name, rule);
    if (isOdd) this.#odd.set(rule, compiled);
    const isRebuilt = before !== undefined && this.#forget(before);
    if (!isOdd && !isRebuilt) this.#matcher.add(rule, compiled);
    return this;
  }

  /** Whether there was such a rule. */
  delete(name: string): boolean {
    const rule = this.#rules.get(name);
    if (rule === undefined) return false;
    this.#rules.delete(name);
    this.#forget(rule);
    return true;
  }

  /** Matches a rule that is no longer among the others no more. True when all that are have been added anew for it. */
  #forget(rule: Rule): boolean {
    if (this.#odd.delete(rule)) return false;
    // What deleted rules asked for is still looked for, until it is more than what the others ask for.
    const isRebuilt = ++this.#deleted > this.#rules.size;
    if (isRebuilt) this.#rebuild();
    else this.#matcher.delete(rule, compilePattern(rule.source));
    return isRebuilt;
  }

  /** The names of the rules that match, in the order in which they were added. */
  match(event: object): string[] {
    const matched = this.#matcher.object(event);
    for (const [rule, pattern] of this.#odd) if (pattern.matches(event)) matched.push(rule);
    return namesOf(matched);
  }

  /** The same for the UTF-8 bytes of an event. Throws `EventError` where they are no JSON object. */
  matchJson(bytes: Uint8Array, options?: ReadOptions): string[] {
    const { start = 0, end = bytes.length, trusted = false } = options ?? {};
    const matched = this.#matcher.bytes(bytes, start, end, trusted);
    if (this.#odd.size > 0)
      for (const [rule, pattern] of this.#odd) if (pattern.matchesJson(bytes, options)) matched.push(rule);
    return namesOf(matched);
  }

  /** The rules that come nearest among those that an event does not match, the nearest first. */
  nearest(event: object | Uint8Array, most = 3): NearRule[] {
    const bytes = event instanceof Uint8Array ? event : new TextEncoder().encode(JSON.stringify(event));
    return [...this.#rules.values()]
      .map((rule) => ({ rule, distance: distance(compilePattern(rule.source).branches, bytes) }))
      .filter((near) => near.distance > 0)
      .sort((a, b) => a.distance - b.distance || a.rule.order - b.rule.order)
      .slice(0, most)
      .map(({ rule, distance: share }) => ({
        name: rule.name,
        distance: share,
        reasons: explain(compilePattern(rule.source), bytes),
      }));
  }

  #rebuild(): void {
    this.#deleted = 0;
    this.#matcher = new SetMatcher();
    for (const rule of this.#rules.values()) {
      // The new matcher counts its events from the start.
      rule.matched = -1;
      if (!this.#odd.has(rule)) this.#matcher.add(rule, compilePattern(rule.source));
    }
  }
}

const isPattern = (pattern: Pattern | string | object): pattern is Pattern =>
  typeof pattern === "object" && typeof (pattern as Partial<Pattern>).matchesJson === "function";

const hasEmptyStep = (path: string): boolean => usesEmptyStep(path) || path.endsWith(".");

/** In the order of the rules, which they mostly are in already. */
function namesOf(rules: Rule[]): string[] {
  if (rules.length > many) rules.sort((a, b) => a.order - b.order);
  else
    for (let i = 1; i < rules.length; i++) {
      const rule = rules[i]!;
      let at = i;
      for (; at > 0 && rules[at - 1]!.order > rule.order; at--) rules[at] = rules[at - 1]!;
      rules[at] = rule;
    }
  return rules.map(({ name }) => name);
}

class SetMatcher {
  readonly #facts = new Facts();
  readonly #graph = new Graph<Rule>();
  readonly #solver = new Solver(this.#graph);
  readonly #reader = new EventReader(this.#graph.paths, this.#facts);
  #events = 0;
  #matched: Rule[] = [];
  readonly #accept = (rule: Rule): boolean => {
    if (rule.matched !== this.#events) this.#matched.push(rule);
    rule.matched = this.#events;
    return false;
  };

  add(rule: Rule, pattern: Pattern): void {
    for (const branch of pattern.branches) this.#graph.add(branch, rule);
  }

  delete(rule: Rule, pattern: Pattern): void {
    for (const branch of pattern.branches) this.#graph.delete(branch, rule);
  }

  object(event: object): Rule[] {
    const { paths } = this.#graph;
    this.#facts.reset(none, paths.names.length);
    collectObject(event, paths, this.#facts);
    return this.#solve();
  }

  bytes(bytes: Uint8Array, start: number, end: number, isTrusted: boolean): Rule[] {
    this.#reader.read(bytes, start, end, isTrusted);
    return this.#solve();
  }

  #solve(): Rule[] {
    this.#events++;
    this.#matched = [];
    this.#solver.solve(this.#facts, this.#accept);
    return this.#matched;
  }
}
