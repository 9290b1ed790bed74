import { explainInput } from "../../transform/index.ts";
import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";
import { whyNever } from "../never-json.ts";

export const templateNotJson: Check = {
  id: "template-not-json",
  severity: "error",
  about: "the input template gives JSON for no event, so the target is never called, and nobody is told",
  *find(subject) {
    for (const { bus, rule, target } of eachTarget(subject)) {
      const isOpen = rule.unknowns.some(({ path }) => path.startsWith(`targets.${target.Id}.Input`));
      const reason = isOpen || explainInput(target) !== undefined ? undefined : whyNever(target);
      if (reason !== undefined)
        yield {
          ...{ bus, rule, target },
          sentence: `${nameTarget(rule, target)} is never called, and nobody is told: ${reason}`,
          remedy: "mend the InputTemplate; evb transform shows what it gives",
        };
    }
  },
};
