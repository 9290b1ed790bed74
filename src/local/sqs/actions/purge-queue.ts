import type { PurgeQueueCommandInput } from "@aws-sdk/client-sqs";
import { sqsFault } from "../faults.ts";
import { sqsLimits } from "../limits.ts";
import { type Operation, queueAt } from "../operation.ts";

export const purgeQueue = {
  name: "PurgeQueue",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    const now = context.site.clock.now();
    if (now - queue.purgedAt < sqsLimits.purgeCooldownMs)
      throw sqsFault(
        "PurgeQueueInProgress",
        `Only one PurgeQueue operation on ${queue.origin.name} is allowed every 60 seconds.`,
      );
    queue.purgedAt = now;
    queue.touch();
    queue.clear();
    return undefined;
  },
} satisfies Operation<PurgeQueueCommandInput>;
