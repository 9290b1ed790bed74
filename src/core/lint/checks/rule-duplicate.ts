import { shortName } from "../../arn.ts";
import { busLimits } from "../../limits.ts";
import { canonical } from "../../pattern/index.ts";
import type { Rule } from "../../route/bus.ts";
import { sureRules } from "../each.ts";
import type { Check } from "../finding.ts";

export const ruleDuplicate: Check = {
  id: "rule-duplicate",
  severity: "warning",
  about: "two rules of a bus have the same pattern",
  *find(subject) {
    for (const bus of subject.buses) {
      const first = new Map<string, Rule>();
      for (const { rule, pattern } of sureRules(subject, bus)) {
        const text = canonical(pattern);
        const twin = first.get(text);
        if (twin === undefined) {
          first.set(text, rule);
          continue;
        }
        const shared = rule.targets.find(({ Arn }) => twin.targets.some((other) => other.Arn === Arn));
        if (shared !== undefined)
          yield {
            ...{ bus, rule },
            sentence: `rules ${twin.name} and ${rule.name} have the same pattern, and both feed ${shortName(shared.Arn)}: it gets each event twice`,
            remedy: "remove one of them",
          };
        else if (rule.targets.length + twin.targets.length <= busLimits.targetsPerRule)
          yield {
            ...{ bus, rule },
            severity: "note",
            sentence: `rules ${twin.name} and ${rule.name} have the same pattern`,
            remedy:
              "one rule with the targets of both does the same, and the pattern is changed in one place",
          };
      }
    }
  },
};
