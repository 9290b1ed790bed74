import type {
  ChangeMessageVisibilityBatchCommandInput,
  ChangeMessageVisibilityBatchCommandOutput,
} from "@aws-sdk/client-sqs";
import { checkBatch, eachEntry } from "../batch.ts";
import { type Operation, queueAt } from "../operation.ts";
import { changeVisibility } from "../visibility.ts";

export const changeMessageVisibilityBatch = {
  name: "ChangeMessageVisibilityBatch",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    return eachEntry(checkBatch(input.Entries, "ChangeMessageVisibilityBatchRequestEntry"), (entry) => {
      changeVisibility(queue, entry);
      return {};
    });
  },
} satisfies Operation<ChangeMessageVisibilityBatchCommandInput, ChangeMessageVisibilityBatchCommandOutput>;
