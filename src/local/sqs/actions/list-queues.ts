import type { ListQueuesCommandInput, ListQueuesCommandOutput } from "@aws-sdk/client-sqs";
import { type Operation, urlOf } from "../operation.ts";
import { page } from "../page.ts";

export const listQueues = {
  name: "ListQueues",
  run(context, input, call) {
    const prefix = input.QueueNamePrefix ?? "";
    const queues = [...context.store.queues].filter(({ origin }) => origin.name.startsWith(prefix));
    const { items, next } = page(queues, input);
    return {
      ...(items.length === 0 ? {} : { QueueUrls: items.map((each) => urlOf(context, each, call)) }),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
} satisfies Operation<ListQueuesCommandInput, ListQueuesCommandOutput>;
