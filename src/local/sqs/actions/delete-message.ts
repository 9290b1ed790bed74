import type { DeleteMessageCommandInput } from "@aws-sdk/client-sqs";
import { demand } from "../faults.ts";
import { type Operation, queueAt } from "../operation.ts";
import { deleteReceived } from "../receipt.ts";

export const deleteMessage = {
  name: "DeleteMessage",
  run(context, input) {
    deleteReceived(queueAt(context, input.QueueUrl), demand(input.ReceiptHandle, "ReceiptHandle"));
    return undefined;
  },
} satisfies Operation<DeleteMessageCommandInput>;
