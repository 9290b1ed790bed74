import { shortName } from "../../arn.ts";
import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";

export const fifoWithoutGroup: Check = {
  id: "fifo-without-group",
  severity: "error",
  about: "the target is a FIFO queue and names no message group",
  *find(subject) {
    for (const { bus, rule, target } of eachTarget(subject))
      if (/^arn:[^:]*:sqs:.*\.fifo$/s.test(target.Arn) && target.SqsParameters === undefined)
        yield {
          ...{ bus, rule, target },
          sentence: `${nameTarget(rule, target)} is the FIFO queue ${shortName(target.Arn)} and has no message group`,
          remedy: "give it SqsParameters with a MessageGroupId",
        };
  },
};
