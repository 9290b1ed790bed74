import type { PublishInput } from "@aws-sdk/client-sns";
import type { Attribute } from "../ports.ts";
import type { Wire } from "../wire.ts";
import type { Context, Topic } from "./operation.ts";

/** Passes a message on to every queue that has subscribed; one whose policy does not let SNS in misses it. */
export function spread(
  { site, queues }: Context,
  topic: Topic,
  input: Wire<PublishInput>,
  {
    messageId,
    deduplicationId,
  }: { readonly messageId: string; readonly deduplicationId: string | undefined },
): void {
  for (const { queueArn, raw, arn } of topic.subscriptions.values()) {
    const outcome = queues.deliver({
      service: "sns.amazonaws.com",
      sourceArn: topic.arn,
      queueArn,
      body: raw ? (input.Message ?? "") : envelope(topic, input, messageId, site),
      ...(raw && { attributes: attributesOf(input) }),
      ...(input.MessageGroupId !== undefined && { messageGroupId: input.MessageGroupId }),
      ...(deduplicationId !== undefined && { deduplicationId }),
    });
    if (!outcome.ok) site.log(`subscription ${arn}: message ${messageId} is lost: ${outcome.message}`);
  }
}

/** As recorded in August 2023; nobody signs here, so the signature is a text that says so. */
const envelope = (
  { arn }: Topic,
  { Message, Subject, MessageAttributes = {} }: Wire<PublishInput>,
  MessageId: string,
  { clock, region, url }: Context["site"],
): string =>
  JSON.stringify({
    Type: "Notification",
    MessageId,
    TopicArn: arn,
    ...(Subject !== undefined && { Subject }),
    Message,
    Timestamp: new Date(clock.now()).toISOString(),
    SignatureVersion: "1",
    Signature: "none",
    SigningCertURL: `https://sns.${region}.amazonaws.com/none.pem`,
    UnsubscribeURL: `${url}/?Action=Unsubscribe`,
    ...(Object.keys(MessageAttributes).length > 0 && {
      MessageAttributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          { Type: DataType, Value: StringValue ?? BinaryValue },
        ]),
      ),
    }),
  });

const attributesOf = ({ MessageAttributes = {} }: Wire<PublishInput>): Record<string, Attribute> =>
  Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { DataType = "String", StringValue, BinaryValue }]) => [
      name,
      BinaryValue === undefined
        ? { DataType, StringValue: StringValue ?? "" }
        : { DataType, BinaryValue: Buffer.from(BinaryValue, "base64") },
    ]),
  );
