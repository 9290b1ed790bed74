import type { TagQueueCommandInput } from "@aws-sdk/client-sqs";
import { demand } from "../faults.ts";
import { type Operation, queueAt } from "../operation.ts";
import { checkTags } from "../tags.ts";

export const tagQueue = {
  name: "TagQueue",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    const tags = demand(input.Tags, "Tags");
    checkTags(tags, queue.tags);
    for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value);
    queue.touch();
    return undefined;
  },
} satisfies Operation<TagQueueCommandInput>;
