import { type BusAnswer, verdictDependsOn } from "../route/route.ts";
import { judgeBody } from "./body.ts";
import type { Failure } from "./failure.ts";
import { type Findings, findingsOf, isTarget } from "./findings.ts";
import type { Expectation, Names } from "./suite.ts";

/** The body that a snapshot holds for a target of a test; `undefined` when there is none yet. */
export type Kept = (target: string) => string | undefined;

/** Everything about what a bus made of an event that is not as expected; empty when all is. */
export function judge(answer: BusAnswer, expect: Expectation, kept: Kept): Failure[] {
  const findings = findingsOf(answer);
  return [
    ...undecided(findings),
    ...judgeNames(
      "rules",
      findings.rules.map(({ name }) => name),
      expect.rules,
      (a, b) => a === b,
    ),
    ...judgeNames(
      "targets",
      findings.targets.map(({ name }) => name),
      expect.targets,
      isTarget,
    ),
    ...(expect.unrouted === undefined ? [] : judgeUnrouted(findings, expect.unrouted)),
    ...undelivered(findings, expect),
    ...Object.entries(expect.bodies ?? {}).flatMap(([target, wanted]) => {
      const fed = findings.targets.filter(({ name }) => isTarget(name, target));
      if (fed.length === 0)
        return [
          { at: `bodies.${target}`, message: `target ${target} gets nothing`, explain: ruleOf(target) },
        ];
      const at = `bodies.${target}`;
      return fed.flatMap(({ delivery: { body, open } }) => {
        if (body !== undefined) return judgeBody(at, body, wanted, kept(target));
        // Where there is a problem instead, that is told.
        return open === undefined ? [] : [{ at, message: openBody(target, open) }];
      });
    }),
  ];
}

/** A test that leans on what is not known must not pass. */
const undecided = ({ rules }: Findings): Failure[] =>
  rules
    .filter(({ answer }) => answer.verdict === "undecided")
    .map(({ name, answer }) => ({
      at: "rules",
      message: `whether rule ${name} matches depends on ${verdictDependsOn(answer.unknowns).join(", ")}, which is not known before the deploy; give it as a parameter`,
    }));

const openBody = (target: string, open: readonly string[]): string =>
  `what target ${target} gets depends on ${open.join(", ")}, which is not known before the deploy; give it as a parameter`;

/** EventBridge tells nobody of these, so a test that did not would be of little use. */
const undelivered = ({ targets }: Findings, { targets: expected }: Expectation): Failure[] =>
  targets
    .filter(({ name }) => !isUnwanted(name, expected))
    .flatMap(({ name, delivery: { problem } }) =>
      problem === undefined
        ? []
        : [{ at: "targets", message: `EventBridge would not call target ${name}: ${problem}` }],
    );

const isUnwanted = (name: string, expected: Names | undefined): boolean =>
  expected !== undefined &&
  "noneOf" in expected &&
  (expected.noneOf ?? []).some((wanted) => isTarget(name, wanted));

function judgeUnrouted({ rules }: Findings, wanted: boolean): Failure[] {
  const names = rules.map(({ name }) => name);
  if (wanted && names.length > 0)
    return [
      { at: "unrouted", message: `expected no rule to take it, but ${list(names)} does`, explain: names },
    ];
  if (!wanted && names.length === 0)
    return [{ at: "unrouted", message: "expected a rule to take it, and none does", explain: [] }];
  return [];
}

function judgeNames(
  at: string,
  found: readonly string[],
  expected: Names | undefined,
  means: (found: string, wanted: string) => boolean,
): Failure[] {
  if (expected === undefined) return [];
  const {
    exactly = undefined,
    atLeast = [],
    noneOf = [],
  }: Exclude<Names, readonly string[]> = isList(expected) ? { exactly: expected } : expected;
  const one = at.slice(0, -1);
  const verb = at === "rules" ? ["matches", "does not match"] : ["is fed", "is not fed"];
  const missing = [...(exactly ?? []), ...atLeast].filter(
    (name) => !found.some((other) => means(other, name)),
  );
  const unwanted = found.filter(
    (name) =>
      noneOf.some((other) => means(name, other)) ||
      (exactly !== undefined && ![...exactly, ...atLeast].some((other) => means(name, other))),
  );
  return [
    ...missing.map((name) => ({
      at,
      message: `expected that ${one} ${name} ${verb[0]}: it ${verb[1]}`,
      explain: ruleOf(name),
    })),
    ...unwanted.map((name) => ({
      at,
      message: `did not expect that ${one} ${name} ${verb[0]}`,
      explain: ruleOf(name),
    })),
  ];
}

const isList = (names: Names): names is readonly string[] => Array.isArray(names);

/** The rule that a name of a rule or a target speaks of. */
const ruleOf = (name: string): string[] => [name.includes("/") ? name.slice(0, name.indexOf("/")) : name];

const list = (names: readonly string[]): string => names.join(", ");
