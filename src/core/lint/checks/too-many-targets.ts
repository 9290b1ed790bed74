import { busLimits } from "../../limits.ts";
import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";

const most = busLimits.targetsPerRule;

export const tooManyTargets: Check = {
  id: "too-many-targets",
  severity: "error",
  about: `the rule has more than ${most} targets, which is a fixed quota`,
  *find(subject) {
    for (const { bus, rule } of eachRule(subject))
      if (rule.targets.length > most)
        yield {
          ...{ bus, rule },
          sentence: `rule ${rule.name} has ${rule.targets.length} targets; EventBridge takes ${most} at most`,
          remedy: "divide them among several rules with the same pattern",
        };
  },
};
