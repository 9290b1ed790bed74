import { type Pattern, RuleSet } from "../../core/pattern/index.ts";
import type { Ledger } from "../data/ledger.ts";
import type { Archive } from "./archive/archive.ts";
import { keepRule, kinds } from "./kept.ts";
import { NameOrder } from "./name-order.ts";
import type { Rule } from "./store.ts";
import { TargetIndex } from "./target-index.ts";

/** The rules of one bus: by name, and by what they match. */
export class Rules {
  readonly #all = new Map<string, Rule>();
  readonly #order = new NameOrder();
  readonly #byTarget = new TargetIndex();
  /** Which came first: a rule that is put again keeps its place. */
  readonly #places = new Map<string, number>();
  #placed = 0;
  /** The enabled ones with a pattern. */
  readonly #matcher = new RuleSet();
  readonly #wild = new Set<string>();
  readonly #archives = new Map<string, Archive>();
  readonly #ledger: Ledger | undefined;

  constructor(ledger: Ledger | undefined) {
    this.#ledger = ledger;
  }

  get size(): number {
    return this.#all.size;
  }

  get(name: string): Rule | undefined {
    return this.#all.get(name);
  }

  values(): IterableIterator<Rule> {
    return this.#all.values();
  }

  /** In the order of their names: those that begin with `prefix` and come after `after`. */
  *named(prefix: string, after: string | undefined): Iterable<Rule> {
    for (const name of this.#order.beginning(prefix, after)) yield this.#all.get(name)!;
  }

  /** Names of those that have a target, in their order, after `after`. */
  namesByTarget(arn: string, after: string | undefined): Iterable<string> {
    return this.#byTarget.rulesOf(arn, after);
  }

  /** Adds a rule or replaces the one of its name; to be called again when the rule's state has changed. */
  put(rule: Rule): void {
    const { name, compiled, archive } = rule;
    if (!this.#all.has(name)) this.#places.set(name, this.#placed++);
    this.#all.set(name, rule);
    this.#order.add(name);
    this.touch(rule);
    if (archive === undefined) this.#archives.delete(name);
    else this.#archives.set(name, archive);
    if (compiled !== undefined && hasWildcard(compiled)) this.#wild.add(name);
    else this.#wild.delete(name);
    if (compiled !== undefined && rule.state !== "DISABLED") this.#matcher.add(name, compiled);
    else this.#matcher.delete(name);
  }

  /** Something in the rule has changed that matching does not ask for. */
  touch(rule: Rule): void {
    this.#byTarget.note(rule);
    this.#ledger?.put(kinds.rule, rule.arn, () => keepRule(rule));
  }

  delete(name: string): void {
    const rule = this.#all.get(name);
    if (rule !== undefined) this.#ledger?.drop(kinds.rule, rule.arn);
    this.#all.delete(name);
    this.#wild.delete(name);
    this.#archives.delete(name);
    this.#matcher.delete(name);
    this.#order.delete(name);
    this.#byTarget.forget(name);
    this.#places.delete(name);
  }

  /** Of all rules: the bus goes. */
  clear(): void {
    for (const name of [...this.#all.keys()]) this.delete(name);
  }

  /** Enabled rules that an event (UTF-8) matches, the first made first. */
  matching(event: Uint8Array): Rule[] {
    const names = this.#matcher.matchJson(event);
    if (names.length > 1) names.sort((a, b) => this.#places.get(a)! - this.#places.get(b)!);
    return names.map((name) => this.#all.get(name)!);
  }

  archives(): IterableIterator<Archive> {
    return this.#archives.values();
  }

  /** How many rules have a pattern with a wildcard, the one of this name not counted. */
  wildcardsBeside(name: string): number {
    return this.#wild.size - (this.#wild.has(name) ? 1 : 0);
  }
}

export const hasWildcard = ({ branches }: Pattern): boolean =>
  branches.some((branch) =>
    branch.some(({ matchers }) => matchers.some(({ wildcards }) => wildcards !== undefined)),
  );
