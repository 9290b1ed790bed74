import type { ListQueueTagsCommandInput, ListQueueTagsCommandOutput } from "@aws-sdk/client-sqs";
import { type Operation, queueAt } from "../operation.ts";

export const listQueueTags = {
  name: "ListQueueTags",
  run: (context, input) => ({ Tags: Object.fromEntries(queueAt(context, input.QueueUrl).tags) }),
} satisfies Operation<ListQueueTagsCommandInput, ListQueueTagsCommandOutput>;
