import type { DeleteMessageBatchCommandInput, DeleteMessageBatchCommandOutput } from "@aws-sdk/client-sqs";
import { checkBatch, eachEntry } from "../batch.ts";
import { demand } from "../faults.ts";
import { type Operation, queueAt } from "../operation.ts";
import { deleteReceived } from "../receipt.ts";

export const deleteMessageBatch = {
  name: "DeleteMessageBatch",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    return eachEntry(checkBatch(input.Entries, "DeleteMessageBatchRequestEntry"), (entry) => {
      deleteReceived(queue, demand(entry.ReceiptHandle, "ReceiptHandle"));
      return {};
    });
  },
} satisfies Operation<DeleteMessageBatchCommandInput, DeleteMessageBatchCommandOutput>;
