import {
  CreateEventBusCommand,
  type EventBridgeClient,
  UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Makes a bus, or gives an existing one this description. */
export async function ensureBus(
  events: EventBridgeClient,
  Name: string,
  description?: string,
): Promise<void> {
  const about = { Name, ...(description === undefined ? {} : { Description: description }) };
  try {
    await events.send(new CreateEventBusCommand(about));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ResourceAlreadyExistsException") throw error;
    if (description !== undefined) await events.send(new UpdateEventBusCommand(about));
  }
}

/** Makes a queue, or gives an existing one these attributes. An empty `Policy` takes the policy away. */
export async function ensureQueue(
  sqs: SQSClient,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const { Policy, ...made } = attributes;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: fixed(made) }));
  const changed = { ...made, ...(Policy === undefined ? {} : { Policy }) };
  for (const name of ["FifoQueue"]) delete (changed as Record<string, string>)[name];
  if (Object.keys(changed).length > 0)
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: changed }));
}

/** What a queue is for good: the rest is set afterwards, so that a queue that differs in it is no error. */
const fixed = ({ FifoQueue }: Readonly<Record<string, string>>): Record<string, string> =>
  FifoQueue === undefined ? {} : { FifoQueue };
