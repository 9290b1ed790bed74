import type { DeleteQueueCommandInput } from "@aws-sdk/client-sqs";
import { type Operation, queueAt } from "../operation.ts";

export const deleteQueue = {
  name: "DeleteQueue",
  run(context, input) {
    context.store.delete(queueAt(context, input.QueueUrl));
    return undefined;
  },
} satisfies Operation<DeleteQueueCommandInput>;
