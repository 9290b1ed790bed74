import { compilePattern, explain, type Reason, RuleSet } from "../pattern/index.ts";
import { type InputFacts, type Transformed, transformInputs } from "../transform/index.ts";
import type { Bus, BusModel, Rule, Target, Unknown } from "./bus.ts";
import { type Supposed, supposePattern } from "./suppose.ts";

/**
 * What a rule makes of an event. `disabled`: it would match, but is switched off. `undecided`: that depends on what
 * only the deploy decides.
 */
export type Verdict = "match" | "disabled" | "undecided";

export interface RuleAnswer {
  readonly rule: Rule;
  readonly verdict: Verdict;
  /** What each target gets; empty unless the verdict is `match` or `undecided`. */
  readonly deliveries: readonly Delivery[];
  /** What the verdict, or a delivery, depends on. */
  readonly unknowns: readonly Unknown[];
}

export interface Delivery {
  readonly target: Target;
  /** The input of the target; absent where EventBridge would not call it. */
  readonly body?: string;
  /** Why EventBridge would not call the target, of which it tells nobody. */
  readonly problem?: string;
  /** What the input depends on that only the deploy decides. Without a body, nobody can say whether it is called. */
  readonly open?: readonly string[];
  /** Where the event goes on, when the target is a bus of the same model. */
  readonly onward?: BusAnswer;
}

/** Names of what decides whether a rule takes an event; what only its targets depend on is not among them. */
export const verdictDependsOn = (unknowns: readonly Unknown[]): string[] => [
  ...new Set(unknowns.filter(({ path }) => /^(pattern|rule|state)(\.|$)/.test(path)).map(({ name }) => name)),
];

/** Where an event goes from one bus. */
export interface BusAnswer {
  readonly bus: Bus;
  /** Rules that take the event, then those of which nobody can say, then those that are off. The others do not match. */
  readonly rules: readonly RuleAnswer[];
}

/** A rule's pattern that AWS would refuse: `error` is AWS's reason. */
export interface BrokenRule {
  readonly rule: Rule;
  readonly error: Error;
}

/** Routes events over the buses of a model: an event is read once, however many rules there are. */
export class Router {
  readonly #desks = new Map<string, Desk>();

  constructor(model: BusModel) {
    for (const bus of model.buses) this.#desks.set(bus.arn, new Desk(bus));
  }

  /** Rules that can never be deployed; they take part in nothing. */
  get broken(): readonly BrokenRule[] {
    return [...this.#desks.values()].flatMap(({ broken }) => broken);
  }

  /**
   * Where an event (the UTF-8 text of a whole envelope) goes from a bus. Throws `EventError` where it is no JSON object.
   * `now` is what a template gets as the time of arrival, ISO 8601.
   */
  route(bus: Bus, event: string, now: string): BusAnswer {
    return this.#route(this.#desks.get(bus.arn) ?? new Desk(bus), event, now, true);
  }

  /** Why a rule matches an event or does not. */
  explain(rule: Rule, event: string): readonly Reason[] {
    return rule.pattern === undefined
      ? []
      : explain(compilePattern(rule.pattern), new TextEncoder().encode(event));
  }

  #route(desk: Desk, event: string, now: string, mayHop: boolean): BusAnswer {
    const transform = transformInputs(event);
    const deliver = (rule: Rule): Delivery[] =>
      rule.targets.map((target) => {
        const facts: InputFacts = { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: now };
        const input = transform(target, facts);
        const open = openInputs(rule, target);
        if (open.length === 0) return this.#deliver(target, input, event, now, mayHop);
        return input.ok ? { ...this.#deliver(target, input, event, now, mayHop), open } : { target, open };
      });
    const rules = desk.judge(new TextEncoder().encode(event)).map(({ rule, verdict }) => ({
      rule,
      verdict,
      deliveries: verdict === "disabled" ? [] : deliver(rule),
      unknowns: rule.unknowns.filter(({ path }) => verdict === "undecided" || !path.startsWith("pattern")),
    }));
    return { bus: desk.bus, rules };
  }

  #deliver(target: Target, input: Transformed, event: string, now: string, mayHop: boolean): Delivery {
    if (!input.ok) return { target, problem: input.reason };
    const next = this.#desks.get(target.Arn);
    if (next === undefined) return { target, body: input.body };
    // Confirmed on AWS in October 2026: what came from a bus is not sent on to another.
    if (!mayHop)
      return { target, problem: "the event came from another bus, and may go to an event bus only once" };
    return { target, body: input.body, onward: this.#route(next, event, now, false) };
  }
}

/** What the input of a target depends on: its `Input`, `InputPath`, `InputTemplate` or `InputPathsMap`. */
function openInputs({ unknowns }: Rule, { Id }: Target): string[] {
  const names = unknowns.filter(({ path }) => path.startsWith(`targets.${Id}.Input`)).map(({ name }) => name);
  return [...new Set(names)];
}

/** One bus, its rules made ready. */
class Desk {
  readonly bus: Bus;
  readonly broken: BrokenRule[] = [];
  /** By a key of its own: two stacks may have rules of one name. */
  readonly #rules = new Map<string, Rule>();
  readonly #set = new RuleSet();
  readonly #supposed: { readonly rule: Rule; readonly patterns: Supposed }[] = [];

  constructor(bus: Bus) {
    this.bus = bus;
    for (const [index, rule] of bus.rules.entries()) {
      if (rule.pattern === undefined) continue;
      const isOpen = rule.unknowns.some(({ path }) => path === "rule" || path === "state");
      const names = rule.unknowns.filter(({ path }) => path.startsWith("pattern")).map(({ name }) => name);
      try {
        if (names.length > 0 || isOpen)
          this.#supposed.push({ rule, patterns: supposePattern(rule.pattern, names, isOpen) });
        else this.#set.add(String(index), rule.pattern);
        this.#rules.set(String(index), rule);
      } catch (error) {
        // Told with the rule's place by whoever routes; the other rules go on.
        this.broken.push({ rule, error: error as Error });
      }
    }
  }

  /** Of the rules that match, are undecided, or would match if they were switched on, in this order. */
  judge(event: Uint8Array): { readonly rule: Rule; readonly verdict: Verdict }[] {
    const sure = this.#set.matchJson(event).map((key) => this.#rules.get(key)!);
    const open: Rule[] = [];
    for (const { rule, patterns } of this.#supposed)
      if (patterns.least.matchesJson(event)) sure.push(rule);
      else if (patterns.most.matchesJson(event)) open.push(rule);
    const isOff = ({ state }: Rule) => state === "DISABLED";
    return [
      ...sure.filter((rule) => !isOff(rule)).map((rule) => ({ rule, verdict: "match" as const })),
      ...open.filter((rule) => !isOff(rule)).map((rule) => ({ rule, verdict: "undecided" as const })),
      ...[...sure, ...open].filter(isOff).map((rule) => ({ rule, verdict: "disabled" as const })),
    ];
  }
}
