import { explainInput } from "../../transform/index.ts";
import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";

export const inputRefused: Check = {
  id: "input-refused",
  severity: "error",
  about: "AWS refuses the input of the target",
  *find(subject) {
    for (const { bus, rule, target } of eachTarget(subject)) {
      // What only the deploy fills in may well be what makes it JSON.
      const isOpen = rule.unknowns.some(({ path }) => path.startsWith(`targets.${target.Id}.Input`));
      const reason = isOpen ? undefined : explainInput(target);
      if (reason !== undefined)
        yield {
          ...{ bus, rule, target },
          sentence: `AWS would refuse ${nameTarget(rule, target)}: ${reason}`,
          remedy: "mend it; evb transform shows what a target gets",
        };
    }
  },
};
