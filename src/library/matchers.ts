import {
  compilePattern,
  explain,
  type Pattern,
  type Reason,
  renderExplanation,
} from "../core/pattern/index.ts";
import type { EventBus, Routed, RoutedRule, RoutedTarget } from "./route.ts";

/** What `expect.extend` of vitest and jest takes. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers, for who extends `expect` by hand; `withEventMatchers` does, and knows their types. */
export const eventMatchers = {
  toMatchPattern(event: unknown, pattern: string | object | Pattern): MatcherResult {
    const compiled = isPattern(pattern) ? pattern : compilePattern(pattern);
    const reasons = explain(compiled, eventOf(event));
    const pass = compiled.matchesJson(eventOf(event));
    return {
      pass,
      message: () => `expected the event ${pass ? "not " : ""}to match the pattern\n${shown(reasons)}`,
    };
  },

  toRoute(bus: unknown, event: string | object): MatcherResult {
    const routed = demandBus(bus).route(event);
    const found = takers(routed);
    const pass = found.length > 0;
    if (!pass) demandDecided(routed.rules);
    const names = found.map(({ rule }) => rule).join(", ");
    return {
      pass,
      message: () =>
        pass
          ? `expected no rule of bus ${(bus as EventBus).name} to take the event, but ${names} does`
          : `expected a rule of bus ${(bus as EventBus).name} to take the event, and none does\n${whyNone(bus as EventBus, event)}`,
    };
  },

  toRouteTo(bus: unknown, event: string | object, rule: string): MatcherResult {
    const reasons = demandBus(bus).explain(rule, event);
    const answer = (bus as EventBus).route(event).rules.find((other) => other.rule === rule);
    if (answer !== undefined) demandDecided([answer]);
    const pass = answer?.verdict === "match";
    const state = answer === undefined || pass ? "" : ", but it is disabled";
    return {
      pass,
      message: () =>
        `expected rule ${rule} ${pass ? "not " : ""}to take the event${state}\n${shown(reasons)}`,
    };
  },

  toRouteExactlyTo(bus: unknown, event: string | object, rules: readonly string[]): MatcherResult {
    const routed = demandBus(bus).route(event);
    demandDecided(routed.rules);
    const found = takers(routed).map(({ rule }) => rule);
    const missing = rules.filter((rule) => !found.includes(rule));
    const extra = found.filter((rule) => !rules.includes(rule));
    const why = [...missing, ...extra].map(
      (rule) => `${rule}:\n${shown((bus as EventBus).explain(rule, event))}`,
    );
    return {
      pass: missing.length + extra.length === 0,
      message: () =>
        `expected exactly ${listed(rules)} to take the event, and ${listed(found)} did\n${why.join("\n")}`,
    };
  },

  toFeed(bus: unknown, event: string | object, target: string): MatcherResult {
    const routed = demandBus(bus).route(event);
    const all = targetsOf(routed);
    const fed = all.filter(({ name }) => isTarget(name, target));
    if (fed.length === 0)
      demandDecided(routed.rules.filter(({ targets }) => targets.some(({ id }) => isTarget(target, id))));
    for (const { body, dependsOn } of fed.map((one) => one.target))
      if (body === undefined && dependsOn !== undefined)
        throw new Error(`what target ${target} gets ${depends(dependsOn)}`);
    const problem = fed.find((one) => one.target.problem !== undefined)?.target.problem;
    return {
      pass: fed.length > 0 && problem === undefined,
      message: () =>
        fed.length === 0
          ? `expected target ${target} to be fed; what is fed: ${listed(all.map(({ name }) => name))}`
          : problem === undefined
            ? `expected target ${target} not to be fed`
            : `EventBridge would not call target ${target}: ${problem}`,
    };
  },
};

/** The body of a target, named `rule/target` or by its id alone. */
export const bodyOf = (bus: EventBus, event: string | object, target: string): unknown =>
  targetsOf(bus.route(event)).find(({ name }) => isTarget(name, target))?.target.body;

const takers = ({ rules }: Routed): RoutedRule[] => rules.filter(({ verdict }) => verdict === "match");

/** With those of the buses that the event goes on to. */
const targetsOf = (routed: Routed): { readonly name: string; readonly target: RoutedTarget }[] =>
  takers(routed).flatMap(({ rule, targets }) =>
    targets.flatMap((target) => [
      { name: `${rule}/${target.id}`, target },
      ...(target.onward === undefined ? [] : targetsOf(target.onward)),
    ]),
  );

const isTarget = (found: string, wanted: string): boolean =>
  found === wanted || found.slice(found.indexOf("/") + 1) === wanted;

/** Neither an expectation nor its opposite holds where nobody can say. */
function demandDecided(rules: readonly RoutedRule[]): void {
  const open = rules.find(({ verdict }) => verdict === "undecided");
  if (open !== undefined)
    throw new Error(`whether rule ${open.rule} takes the event ${depends(open.unknowns)}`);
}

const depends = (names: readonly string[]): string =>
  `depends on ${names.join(", ")}, which only the deploy decides: give it to readBus as a parameter`;

const whyNone = (bus: EventBus, event: string | object): string =>
  bus.rules
    .map((rule) => ({ rule, reasons: bus.explain(rule, event) }))
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ rule, reasons }) => `${rule}:\n${shown(reasons)}`)
    .join("\n");

const listed = (names: readonly string[]): string => (names.length === 0 ? "nothing" : names.join(", "));

const plain = { ok: String, bad: String, dim: String };
const shown = (reasons: readonly Reason[]): string => renderExplanation(reasons, plain);

const isPattern = (pattern: string | object): pattern is Pattern =>
  typeof pattern === "object" && "matchesJson" in pattern;

function eventOf(event: unknown): Uint8Array {
  if (event instanceof Uint8Array) return event;
  if (typeof event === "string") return Buffer.from(event);
  if (typeof event === "object" && event !== null) return Buffer.from(JSON.stringify(event));
  throw new TypeError(`toMatchPattern is for an event, and got ${event === null ? "null" : typeof event}`);
}

function demandBus(bus: unknown): EventBus {
  if (typeof (bus as Partial<EventBus> | null)?.explain === "function") return bus as EventBus;
  throw new TypeError("toRoute is for a bus that readBus has read");
}
