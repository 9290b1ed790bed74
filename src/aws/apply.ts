import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  type EventBridgeClient,
  PutPermissionCommand,
  UpdateArchiveCommand,
  UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Archive, Bus } from "../core/route/index.ts";

/** Makes a bus, or gives an existing one this description and dead-letter queue. */
export async function ensureBus(
  events: EventBridgeClient,
  { name, description, deadLetterArn }: Bus,
): Promise<void> {
  const about = {
    Name: name,
    ...(description === undefined ? {} : { Description: description }),
    ...(deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: deadLetterArn } }),
  };
  try {
    await events.send(new CreateEventBusCommand(about));
  } catch (error) {
    if (!exists(error)) throw error;
    if (Object.keys(about).length > 1) await events.send(new UpdateEventBusCommand(about));
  }
}

/** Gives a bus this policy in place of the one that it has. */
export async function putPolicy(events: EventBridgeClient, bus: string, policy: string): Promise<void> {
  await events.send(new PutPermissionCommand({ EventBusName: bus, Policy: policy }));
}

/** Makes an archive, or changes an existing one. */
export async function ensureArchive(
  events: EventBridgeClient,
  busArn: string,
  archive: Archive,
): Promise<void> {
  const about = {
    ArchiveName: archive.name,
    ...(archive.description === undefined ? {} : { Description: archive.description }),
    ...(archive.pattern === undefined ? {} : { EventPattern: archive.pattern }),
    ...(archive.retentionDays === undefined ? {} : { RetentionDays: archive.retentionDays }),
  };
  try {
    await events.send(new CreateArchiveCommand({ ...about, EventSourceArn: busArn }));
  } catch (error) {
    if (!exists(error)) throw error;
    await events.send(new UpdateArchiveCommand(about));
  }
}

const exists = (error: unknown): boolean =>
  error instanceof Error && error.name === "ResourceAlreadyExistsException";

/** Makes a queue, or gives an existing one these attributes. An empty `Policy` takes the policy away. */
export async function ensureQueue(
  sqs: SQSClient,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const { FifoQueue, ...changed } = attributes;
  // What a queue is for good; the rest is set afterwards, so that a queue that differs in it is no error.
  const made = FifoQueue === undefined ? {} : { FifoQueue };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: made }));
  if (Object.keys(changed).length > 0)
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: changed }));
}
