import { busLimits } from "../../limits.ts";
import type { Check, LintSubject } from "../finding.ts";

const most = busLimits.wildcardRulesPerBus;

export const wildcardQuota: Check = {
  id: "wildcard-quota",
  severity: "error",
  about: `the bus has more than ${most} rules with wildcards, which is a fixed quota`,
  *find(subject) {
    for (const bus of subject.buses) {
      const count = bus.rules.filter((rule) => hasWildcard(subject, rule)).length;
      if (count > most)
        yield {
          bus,
          sentence: `bus ${bus.name} has ${count} rules with wildcards; EventBridge takes ${most} at most`,
          remedy: "use prefix and suffix where they say the same, or divide the rules among several buses",
        };
    }
  },
};

function hasWildcard({ patternOf }: LintSubject, rule: Parameters<LintSubject["patternOf"]>[0]): boolean {
  const read = patternOf(rule);
  return (
    read.kind === "read" &&
    read.pattern.branches.some((branch) =>
      branch.some(({ matchers }) => matchers.some(({ wildcards }) => wildcards !== undefined)),
    )
  );
}
