import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";

export const ruleDisabled: Check = {
  id: "rule-disabled",
  severity: "note",
  about: "the rule is switched off",
  *find(subject) {
    for (const { bus, rule } of eachRule(subject))
      if (rule.state === "DISABLED")
        yield {
          ...{ bus, rule },
          sentence: `rule ${rule.name} is disabled: it takes no event`,
          remedy: "enable it, or remove it",
        };
  },
};
