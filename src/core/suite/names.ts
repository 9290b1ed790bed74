import { nearNames } from "../near.ts";
import type { Bus } from "../route/bus.ts";
import type { Failure } from "./failure.ts";
import type { Expectation, Names } from "./suite.ts";

/** Rules and targets that no bus has: a test that forbids a misspelt one would pass for ever. */
export function unheardOf(
  { rules, targets, bodies = {} }: Expectation,
  bus: Bus,
  buses: readonly Bus[],
): Failure[] {
  const all = buses.flatMap((other) =>
    other.rules.map((rule) => ({ rule, prefix: other === bus ? "" : `${other.name}:` })),
  );
  const ruleNames = all.flatMap(({ rule: { name }, prefix }) => [`${prefix}${name}`, `${bus.name}:${name}`]);
  const targetNames = all.flatMap(({ rule, prefix }) =>
    rule.targets.flatMap(({ Id }) => [Id, `${prefix}${rule.name}/${Id}`]),
  );
  return [
    ...missing("rules", "rule", namesIn(rules), ruleNames, bus),
    ...missing("targets", "target", namesIn(targets), targetNames, bus),
    ...missing("bodies", "target", Object.keys(bodies), targetNames, bus),
  ];
}

function namesIn(names: Names = []): readonly string[] {
  if (isList(names)) return names;
  const { exactly = [], atLeast = [], noneOf = [] } = names;
  return [...exactly, ...atLeast, ...noneOf];
}

const isList = (names: Names): names is readonly string[] => Array.isArray(names);

const missing = (
  at: string,
  what: string,
  names: readonly string[],
  known: readonly string[],
  bus: Bus,
): Failure[] =>
  names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearNames(name, known);
      const meant = near.length > 0 ? `: is ${near.join(" or ")} meant?` : "";
      return { at, message: `bus ${bus.name} has no ${what} ${name}${meant}` };
    });
