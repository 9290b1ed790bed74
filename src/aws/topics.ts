import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { type ClientSettings, configOf, watched } from "./clients.ts";
import { answered } from "./patience.ts";
import type { MessageAttribute } from "./queues.ts";
import { type Accepted, watchDoubt } from "./results.ts";

export const openSns = (settings: ClientSettings): SNSClient =>
  watched(new SNSClient(configOf(settings)), settings);

export interface TopicMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>>;
  /** Both for FIFO topics only. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** Publishes a message; the id is the message's. */
export async function publish(
  sns: SNSClient,
  topicArn: string,
  { body, attributes = {}, groupId, deduplicationId }: TopicMessage,
): Promise<Accepted> {
  const command = new PublishCommand({
    TopicArn: topicArn,
    Message: body,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: { ...attributes } }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
  });
  const doubt = watchDoubt(command.middlewareStack);
  const { MessageId = "" } = await answered((how) => sns.send(command, how));
  return { id: MessageId, inDoubt: doubt() };
}
