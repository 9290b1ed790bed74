import type { ListQueuesCommandInput, ListQueuesCommandOutput } from "@aws-sdk/client-sqs";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";

export const listQueues = {
  name: "ListQueues",
  run({ store }, input) {
    const prefix = input.QueueNamePrefix ?? "";
    const queues = [...store.queues].filter(({ origin }) => origin.name.startsWith(prefix));
    const { items, next } = page(queues, input);
    return {
      ...(items.length === 0 ? {} : { QueueUrls: items.map(({ origin }) => origin.url) }),
      ...(next === undefined ? {} : { NextToken: next }),
    };
  },
} satisfies Operation<ListQueuesCommandInput, ListQueuesCommandOutput>;
