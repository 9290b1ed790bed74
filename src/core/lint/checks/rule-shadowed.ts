import { shortName } from "../../arn.ts";
import { canonical, implies } from "../../pattern/index.ts";
import { sureRules } from "../each.ts";
import type { Check } from "../finding.ts";

/** All rules of a bus that match take an event. So a rule is in another's shadow only for what both feed. */
export const ruleShadowed: Check = {
  id: "rule-shadowed",
  severity: "warning",
  about: "another rule takes all events of the rule and feeds the same target",
  *find(subject) {
    for (const bus of subject.buses) {
      const rules = sureRules(subject, bus).map((sure) => ({ ...sure, text: canonical(sure.pattern) }));
      for (const { rule, pattern, text } of rules)
        for (const wide of rules) {
          const shared = rule.targets.find(({ Arn }) => wide.rule.targets.some((other) => other.Arn === Arn));
          // An equal pattern is a duplicate, or the rule itself.
          if (shared === undefined || text === wide.text) continue;
          if (implies(pattern, wide.pattern))
            yield {
              ...{ bus, rule, target: shared },
              sentence: `every event of rule ${rule.name} is taken by rule ${wide.rule.name} as well, and both feed ${shortName(shared.Arn)}: it gets such an event twice`,
              remedy: `remove the target from rule ${rule.name}, or narrow the pattern of rule ${wide.rule.name}`,
            };
        }
    }
  },
};
