import type {
  ListDeadLetterSourceQueuesCommandInput,
  ListDeadLetterSourceQueuesCommandOutput,
} from "@aws-sdk/client-sqs";
import { type Operation, queueAt, urlOf } from "../operation.ts";
import { page } from "../page.ts";

export const listDeadLetterSourceQueues = {
  name: "ListDeadLetterSourceQueues",
  run(context, input, call) {
    const { arn } = queueAt(context, input.QueueUrl).origin;
    const sources = [...context.store.queues].filter(({ settings }) => settings.redrive?.targetArn === arn);
    const { items, next } = page(sources, input);
    return {
      queueUrls: items.map((each) => urlOf(context, each, call)),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
} satisfies Operation<ListDeadLetterSourceQueuesCommandInput, ListDeadLetterSourceQueuesCommandOutput>;
