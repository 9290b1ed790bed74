import { type EventBridgeClient, TagResourceCommand } from "@aws-sdk/client-eventbridge";
import { type SQSClient, TagQueueCommand } from "@aws-sdk/client-sqs";
import { answered } from "./patience.ts";

/** Sets tags of a bus or rule; other tags stay. */
export async function tagRule(
  events: EventBridgeClient,
  arn: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await answered((how) => events.send(new TagResourceCommand({ ResourceARN: arn, Tags }), how));
}

/** Sets tags of a queue; other tags stay. */
export async function tagQueue(
  sqs: SQSClient,
  url: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  await answered((how) => sqs.send(new TagQueueCommand({ QueueUrl: url, Tags: { ...tags } }), how));
}
