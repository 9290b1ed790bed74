import { shortName } from "../../arn.ts";
import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";

export const dlqFifo: Check = {
  id: "dlq-fifo",
  severity: "error",
  about: "the dead-letter queue is a FIFO queue, which EventBridge refuses",
  *find(subject) {
    for (const { bus, rule, target } of eachTarget(subject)) {
      const arn = target.DeadLetterConfig?.Arn;
      const queue = subject.queues.find((known) => known.arn === arn);
      if (arn?.endsWith(".fifo") || queue?.attributes.FifoQueue === "true")
        yield {
          ...{ bus, rule, target },
          sentence: `the dead-letter queue ${shortName(arn!)} of ${nameTarget(rule, target)} is a FIFO queue, which EventBridge does not take`,
          remedy: "make it a standard queue",
        };
    }
  },
};
