import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";

export const targetWithoutDlq: Check = {
  id: "target-without-dlq",
  severity: "warning",
  about: "the target has no dead-letter queue",
  *find(subject) {
    for (const { bus, rule, target } of eachTarget(subject))
      if (target.DeadLetterConfig === undefined)
        yield {
          ...{ bus, rule, target },
          sentence: `${nameTarget(rule, target)} has no dead-letter queue: an event that it does not take is lost`,
          remedy: "give it a DeadLetterConfig with a standard SQS queue",
        };
  },
};
