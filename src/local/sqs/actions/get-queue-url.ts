import type { GetQueueUrlCommandInput, GetQueueUrlCommandOutput } from "@aws-sdk/client-sqs";
import { demand, queueMissing } from "../faults.ts";
import type { Operation } from "../operation.ts";

export const getQueueUrl = {
  name: "GetQueueUrl",
  run({ site, store }, input) {
    const queue = store.byName(demand(input.QueueName, "QueueName"));
    if (queue === undefined || (input.QueueOwnerAWSAccountId ?? site.account) !== site.account)
      throw queueMissing();
    return { QueueUrl: queue.origin.url };
  },
} satisfies Operation<GetQueueUrlCommandInput, GetQueueUrlCommandOutput>;
