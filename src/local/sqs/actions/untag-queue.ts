import type { UntagQueueCommandInput } from "@aws-sdk/client-sqs";
import { demand } from "../faults.ts";
import { type Operation, queueAt } from "../operation.ts";

export const untagQueue = {
  name: "UntagQueue",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    for (const key of demand(input.TagKeys, "TagKeys")) queue.tags.delete(key);
    queue.touch();
    return undefined;
  },
} satisfies Operation<UntagQueueCommandInput>;
