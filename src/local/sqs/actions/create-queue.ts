import type { CreateQueueCommandInput, CreateQueueCommandOutput } from "@aws-sdk/client-sqs";
import { checkAttributes } from "../attributes/check.ts";
import { attributeFacts } from "../attributes/facts.ts";
import { demand, invalid, sqsFault } from "../faults.ts";
import { sqsLimits } from "../limits.ts";
import { type Operation, urlOf } from "../operation.ts";
import type { Queue } from "../queue.ts";
import { checkTags } from "../tags.ts";

/** The same name with the same attributes is answered with the queue that is there. */
export const createQueue = {
  name: "CreateQueue",
  run(context, input, call) {
    const { store } = context;
    const name = demand(input.QueueName, "QueueName");
    const attributes = input.Attributes ?? {};
    const fifo = attributes.FifoQueue === "true";
    checkName(name, fifo);
    const present = store.byName(name);
    if (present !== undefined) {
      demandSame(present, attributes);
      return { QueueUrl: urlOf(context, present, call) };
    }
    checkAttributes(attributes, { ...attributeFacts(store, name, fifo), creating: true });
    checkTags(input.tags ?? {}, new Map());
    const queue = store.create(name, attributes);
    for (const [key, value] of Object.entries(input.tags ?? {})) queue.tags.set(key, value);
    return { QueueUrl: urlOf(context, queue, call) };
  },
} satisfies Operation<CreateQueueCommandInput, CreateQueueCommandOutput>;

function checkName(name: string, fifo: boolean): void {
  const stem = fifo ? name.replace(/\.fifo$/, "") : name;
  if (/^[\w-]+$/.test(stem) && name.length <= sqsLimits.queueNameChars && (!fifo || stem !== name)) return;
  throw invalid(
    fifo
      ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length"
      : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
  );
}

function demandSame(present: Queue, attributes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && (present.values.get(name) ?? "") !== value)
      throw sqsFault(
        "QueueNameExists",
        `A queue already exists with the same name and a different value for attribute ${name}`,
      );
}
