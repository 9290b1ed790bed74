import type { Bus, Rule } from "../route/bus.ts";
import type { BusAnswer } from "../route/route.ts";

/** What tests have never touched. */
export interface Coverage {
  /** How many of the things below there are, and how many a test has touched. */
  readonly total: number;
  readonly hit: number;
  /** Rules with a pattern, and enabled, that no event has hit. */
  readonly rules: readonly string[];
  /** `rule/target` of rules that were hit, or not, that got nothing. */
  readonly targets: readonly string[];
  /** Alternatives of `$or` that no event has satisfied: the rule, and which of its combinations, from 1. */
  readonly branches: readonly { readonly rule: string; readonly branch: number }[];
  /** Events that no rule takes, where the test does not expect just that. They do not count in `total`. */
  readonly unrouted: readonly UnroutedEvent[];
}

/** An event by the test that has it. */
export interface UnroutedEvent {
  readonly path: string;
  readonly line: number;
  readonly test: string;
  /** Which of several. */
  readonly event?: string;
}

/** The numbers of the alternatives of a rule's `$or` that an event satisfies; none where the pattern has no `$or`. */
export type BranchesOf = (
  rule: Rule,
  event: string,
) => { readonly count: number; readonly hit: readonly number[] };

/** Counts, over all tests of a bus, what they touch. */
export class Tracker {
  readonly #bus: Bus;
  readonly #branchesOf: BranchesOf;
  readonly #rules = new Set<string>();
  readonly #targets = new Set<string>();
  readonly #branches = new Map<string, Set<number>>();
  readonly #unrouted: UnroutedEvent[] = [];

  constructor(bus: Bus, branchesOf: BranchesOf) {
    this.#bus = bus;
    this.#branchesOf = branchesOf;
  }

  /** `from`: whose event it is, unless it is meant to be taken by no rule. */
  add(answer: BusAnswer, event: string, from?: UnroutedEvent): void {
    const isTaken = answer.rules.some(({ verdict }) => verdict !== "disabled");
    if (from !== undefined && !isTaken) this.#unrouted.push(from);
    for (const { rule, verdict, deliveries } of answer.rules) {
      if (verdict !== "match") continue;
      this.#rules.add(rule.name);
      for (const { target, body } of deliveries)
        if (body !== undefined) this.#targets.add(targetName(rule, target.Id));
      const hit = this.#branches.get(rule.name) ?? new Set<number>();
      for (const branch of this.#branchesOf(rule, event).hit) hit.add(branch);
      this.#branches.set(rule.name, hit);
    }
  }

  coverage(): Coverage {
    const rules = this.#bus.rules.filter(
      ({ pattern, state }) => pattern !== undefined && state !== "DISABLED",
    );
    const targets = rules.flatMap((rule) => rule.targets.map(({ Id }) => targetName(rule, Id)));
    const branches = rules.flatMap((rule) => {
      const { count } = this.#branchesOf(rule, "{}");
      return Array.from({ length: count }, (_, i) => ({ rule: rule.name, branch: i + 1 }));
    });
    const missed = {
      rules: rules.map(({ name }) => name).filter((name) => !this.#rules.has(name)),
      targets: targets.filter((name) => !this.#targets.has(name)),
      branches: branches.filter(({ rule, branch }) => this.#branches.get(rule)?.has(branch) !== true),
    };
    const total = rules.length + targets.length + branches.length;
    return {
      ...missed,
      unrouted: this.#unrouted,
      total,
      hit: total - missed.rules.length - missed.targets.length - missed.branches.length,
    };
  }
}

const targetName = (rule: Rule, target: string): string => `${rule.name}/${target}`;

/** As a percentage; of a bus without rules everything is covered. */
export const percentOf = ({ total, hit }: Pick<Coverage, "total" | "hit">): number =>
  total === 0 ? 100 : Math.floor((hit / total) * 1000) / 10;
