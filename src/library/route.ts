import { arrivalAt } from "../commands/arrival.ts";
import { brokenRuleText } from "../commands/broken-rule.ts";
import { asEnvelope } from "../commands/envelope.ts";
import { completeEvent } from "../core/event/complete.ts";
import { nearNames } from "../core/near.ts";
import { compilePattern, type Reason } from "../core/pattern/index.ts";
import type { Bus, BusModel } from "../core/route/index.ts";
import { type BusAnswer, type Delivery, Router } from "../core/route/route.ts";
import { systemClock } from "../shell/clock.ts";

/** A bus with its rules and targets, as a value. `readBus` makes one. */
export interface EventBus {
  readonly name: string;
  readonly arn: string;
  /** Names of its rules, in the order of the file. */
  readonly rules: readonly string[];
  /** What is odd about it, a sentence each with its place: rules whose pattern AWS would refuse, what was passed over. */
  readonly warnings: readonly string[];
  /** Where an event goes. See `route`. */
  route(event: string | object): Routed;
  /** Why a rule matches an event or does not; empty for a schedule. Throws where there is no such rule. */
  explain(rule: string, event: string | object): readonly Reason[];
}

/** Where an event goes from one bus. */
export interface Routed {
  /** The bus's name. */
  readonly bus: string;
  /** Rules that take the event, then those of which nobody can say, then those that are off. */
  readonly rules: readonly RoutedRule[];
}

export interface RoutedRule {
  /** The rule's name. */
  readonly rule: string;
  /** `disabled`: it would match, but is off. `undecided`: that depends on what only the deploy decides. */
  readonly verdict: "match" | "disabled" | "undecided";
  /** Names of what only the deploy decides, of which the verdict or a body depends. */
  readonly unknowns: readonly string[];
  /** Empty where the rule is off. */
  readonly targets: readonly RoutedTarget[];
}

export interface RoutedTarget {
  readonly id: string;
  readonly arn: string;
  readonly deadLetterArn?: string;
  /** What the target is sent, parsed when it is JSON. */
  readonly body?: unknown;
  /** Why EventBridge would not call the target, of which it tells nobody. */
  readonly problem?: string;
  /** What the input depends on that only the deploy decides. Without a body, nobody can say whether it is called. */
  readonly dependsOn?: readonly string[];
  /** Where the event goes on, when the target is a bus of the same file. */
  readonly onward?: Routed;
}

/**
 * Where an event goes: the rules that take it, their targets, and what each is sent. `event` is the envelope that
 * consumers see or an entry of PutEvents, as text or as an object; what EventBridge adds to an event is filled in. Throws
 * `EventError` where it is no JSON object.
 */
export const route = (bus: EventBus, event: string | object): Routed => bus.route(event);

export function openEventBus(model: BusModel, bus: Bus, warnings: readonly string[]): EventBus {
  const router = new Router(model);
  const arrival = arrivalAt(bus.arn, systemClock);
  const whole = (event: string | object) => completeEvent(textOf(event), arrival);
  return {
    name: bus.name,
    arn: bus.arn,
    rules: bus.rules.map(({ name }) => name),
    warnings: [...warnings, ...router.broken.map(brokenRuleText)],
    route: (event) => routedOf(router.route(bus, whole(event), arrival.time)),
    explain(name, event) {
      const rule = bus.rules.find((other) => other.name === name);
      if (rule === undefined) throw new Error(noSuchRule(bus, name));
      return router.explain(rule, whole(event));
    },
  };
}

function noSuchRule({ name: bus, rules }: Bus, name: string): string {
  const names = rules.map((rule) => rule.name);
  const near = nearNames(name, names);
  return `bus ${bus} has no rule ${name}; ${near.length > 0 ? `is ${near.join(" or ")} meant?` : `it has ${names.join(", ") || "none"}`}`;
}

function textOf(event: string | object): string {
  const given = typeof event === "string" ? event : JSON.stringify(event);
  const bytes = asEnvelope(Buffer.from(given));
  // Reads it to its end, and throws where it is no event.
  anything.matchesJson(bytes);
  return Buffer.from(bytes).toString("utf8");
}

const anything = compilePattern({ source: [{ exists: true }] });

const routedOf = ({ bus, rules }: BusAnswer): Routed => ({
  bus: bus.name,
  rules: rules.map(({ rule, verdict, deliveries, unknowns }) => ({
    rule: rule.name,
    verdict,
    unknowns: [...new Set(unknowns.map(({ name }) => name))],
    targets: deliveries.map(targetOf),
  })),
});

const targetOf = ({ target, body, problem, open, onward }: Delivery): RoutedTarget => ({
  id: target.Id,
  arn: target.Arn,
  ...(target.DeadLetterConfig && { deadLetterArn: target.DeadLetterConfig.Arn }),
  ...(body !== undefined && { body: parsed(body) }),
  ...(problem !== undefined && { problem }),
  ...(open !== undefined && { dependsOn: open }),
  ...(onward !== undefined && { onward: routedOf(onward) }),
});

/** Constants and templates may be any text. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
