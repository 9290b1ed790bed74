import { parseArn, shortName } from "../../arn.ts";
import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";

export const queueMissing: Check = {
  id: "queue-missing",
  severity: "error",
  about: "there is no such queue in the account and region of the deployed bus",
  *find(subject) {
    if (!subject.isDeployed) return;
    for (const { bus, rule, target } of eachTarget(subject)) {
      const isGone = (arn: string | undefined): boolean => {
        const [queue, home] = [parseArn(arn ?? ""), parseArn(bus.arn)];
        return (
          queue?.service === "sqs" &&
          queue.account === home?.account &&
          queue.region === home.region &&
          !subject.queues.some((known) => known.arn === arn)
        );
      };
      const dead = target.DeadLetterConfig?.Arn;
      if (isGone(target.Arn))
        yield {
          ...{ bus, rule, target },
          sentence: `${nameTarget(rule, target)} is queue ${shortName(target.Arn)}, which does not exist`,
          remedy: "create the queue, or remove the target",
        };
      if (isGone(dead))
        yield {
          ...{ bus, rule, target },
          sentence: `the dead-letter queue of ${nameTarget(rule, target)} is ${shortName(dead!)}, which does not exist`,
          remedy: "create the queue, or name another",
        };
    }
  },
};
