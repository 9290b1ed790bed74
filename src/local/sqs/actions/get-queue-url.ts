import type { GetQueueUrlCommandInput, GetQueueUrlCommandOutput } from "@aws-sdk/client-sqs";
import { demand, queueMissing } from "../faults.ts";
import { type Operation, urlOf } from "../operation.ts";

export const getQueueUrl = {
  name: "GetQueueUrl",
  run(context, input, call) {
    const { site, store } = context;
    const queue = store.byName(demand(input.QueueName, "QueueName"));
    if (queue === undefined || (input.QueueOwnerAWSAccountId ?? site.account) !== site.account)
      throw queueMissing();
    return { QueueUrl: urlOf(context, queue, call) };
  },
} satisfies Operation<GetQueueUrlCommandInput, GetQueueUrlCommandOutput>;
