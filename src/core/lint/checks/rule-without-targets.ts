import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";

export const ruleWithoutTargets: Check = {
  id: "rule-without-targets",
  severity: "warning",
  about: "the rule has no targets",
  *find(subject) {
    for (const { bus, rule } of eachRule(subject)) {
      const mayHaveSome = rule.unknowns.some(({ path }) => path === "targets");
      if (rule.targets.length === 0 && !mayHaveSome)
        yield {
          ...{ bus, rule },
          sentence: `rule ${rule.name} has no targets: what it takes goes nowhere`,
          remedy: "give it a target, or remove it",
        };
    }
  },
};
