import type { GetQueueAttributesCommandInput, GetQueueAttributesCommandOutput } from "@aws-sdk/client-sqs";
import { type Kept, kept, settable } from "../attributes/names.ts";
import { unknownAttribute } from "../faults.ts";
import { type Operation, queueAt } from "../operation.ts";
import type { Queue } from "../queue.ts";

/** An attribute that was never set is not in the answer. */
export const getQueueAttributes = {
  name: "GetQueueAttributes",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    const asked: readonly string[] = input.AttributeNames ?? [];
    if (asked.length === 0) return {};
    const names = new Set(
      asked.flatMap((name) => (name === "All" ? [...kept, ...Object.keys(settable)] : [name])),
    );
    const Attributes: Record<string, string> = {};
    for (const name of names) {
      const value = readAttribute(queue, name);
      if (value !== undefined) Attributes[name] = value;
    }
    return { Attributes };
  },
} satisfies Operation<GetQueueAttributesCommandInput, GetQueueAttributesCommandOutput>;

const makers: Readonly<Record<Kept, (queue: Queue) => string>> = {
  QueueArn: ({ origin }) => origin.arn,
  ApproximateNumberOfMessages: (queue) => String(queue.counts().visible),
  ApproximateNumberOfMessagesNotVisible: (queue) => String(queue.counts().inFlight),
  ApproximateNumberOfMessagesDelayed: (queue) => String(queue.counts().delayed),
  CreatedTimestamp: ({ createdAt }) => String(Math.floor(createdAt / 1000)),
  LastModifiedTimestamp: ({ modifiedAt }) => String(Math.floor(modifiedAt / 1000)),
};

function readAttribute(queue: Queue, name: string): string | undefined {
  if (Object.hasOwn(makers, name)) return makers[name as Kept](queue);
  if (!Object.hasOwn(settable, name)) throw unknownAttribute(name);
  return queue.values.get(name);
}
