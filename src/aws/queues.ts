import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { batchLean, receiveLean, sendLean } from "./lean/calls.ts";
import { leanOf } from "./lean/open.ts";
import { answered } from "./patience.ts";
import { type ItemResult, itemResults, watchDoubt } from "./results.ts";

/** A message attribute by the wire's names; a value is text or bytes. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** `SentTimestamp`, `ApproximateReceiveCount`, `MessageGroupId`, `AWSTraceHeader`, … */
  readonly system: Readonly<Record<string, string>>;
}

export interface ReceiveOptions {
  /** 1 to 10, default 10. */
  readonly max?: number;
  /** 0 to 20. Anything above 0 asks every server of the queue; 0 only some of them. */
  readonly waitSeconds?: number;
  /** 0 to 43,200; the queue's own when absent. */
  readonly visibilitySeconds?: number;
  readonly signal?: AbortSignal;
}

/** A message to send, whole. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>>;
  readonly groupId?: string | undefined;
  /** For FIFO queues only. */
  readonly deduplicationId?: string | undefined;
  readonly traceHeader?: string | undefined;
}

/** The URL of a queue, or undefined when there is none of that name (or the caller may not know). */
export async function findQueueUrl(
  sqs: SQSClient,
  name: string,
  account?: string,
): Promise<string | undefined> {
  const owner = account === undefined ? {} : { QueueOwnerAWSAccountId: account };
  try {
    return (await answered((how) => sqs.send(new GetQueueUrlCommand({ QueueName: name, ...owner }), how)))
      .QueueUrl;
  } catch (error) {
    if (isMissingQueue(error)) return undefined;
    throw error;
  }
}

/** All attributes by name, or undefined when the queue does not exist. */
export async function describeQueue(
  sqs: SQSClient,
  url: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] });
    return (await answered((how) => sqs.send(command, how))).Attributes ?? {};
  } catch (error) {
    if (isMissingQueue(error)) return undefined;
    throw error;
  }
}

/** Creates a queue with its attributes and tags at once; returns its URL. */
export async function createQueue(
  sqs: SQSClient,
  name: string,
  attributes: Record<string, string>,
  tags: Record<string, string> = {},
): Promise<string> {
  const command = new CreateQueueCommand({ QueueName: name, Attributes: attributes, tags });
  const answer = await answered((how) => sqs.send(command, how));
  return answer.QueueUrl!;
}

/** Deletes a queue; a queue that is gone already is no error. */
export async function deleteQueue(sqs: SQSClient, url: string): Promise<void> {
  try {
    await answered((how) => sqs.send(new DeleteQueueCommand({ QueueUrl: url }), how));
  } catch (error) {
    if (!isMissingQueue(error)) throw error;
  }
}

/** URLs of all queues whose name begins with `prefix`, page by page. */
export async function* listQueues(sqs: SQSClient, prefix: string): AsyncGenerator<string> {
  let NextToken: string | undefined;
  do {
    const about = { QueueNamePrefix: prefix, MaxResults: 1000, ...(NextToken && { NextToken }) };
    const page = await answered((how) => sqs.send(new ListQueuesCommand(about), how));
    yield* page.QueueUrls ?? [];
    NextToken = page.NextToken;
  } while (NextToken);
}

export async function listQueueTags(sqs: SQSClient, url: string): Promise<Readonly<Record<string, string>>> {
  return (await answered((how) => sqs.send(new ListQueueTagsCommand({ QueueUrl: url }), how))).Tags ?? {};
}

/** Up to ten messages, whole; none when the queue had none to give (or the signal aborted the wait). */
export async function receiveMessages(
  sqs: SQSClient,
  url: string,
  { max = 10, waitSeconds, visibilitySeconds, signal }: ReceiveOptions = {},
): Promise<ReceivedMessage[]> {
  const input = {
    QueueUrl: url,
    MaxNumberOfMessages: max,
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["All" as const],
    ...(waitSeconds === undefined ? {} : { WaitTimeSeconds: waitSeconds }),
    ...(visibilitySeconds === undefined ? {} : { VisibilityTimeout: visibilitySeconds }),
  };
  const waitMs = (waitSeconds ?? 0) * 1000;
  const lean = leanOf(sqs);
  try {
    if (lean !== undefined) return await receiveLean(lean, input, waitMs, signal);
    const command = new ReceiveMessageCommand(input);
    const answer = await answered((how) => sqs.send(command, how), waitMs, signal);
    return (answer.Messages ?? []).map(received);
  } catch (error) {
    if (signal?.aborted && (error as Error).name === "AbortError") return [];
    throw error;
  }
}

function received(message: Message): ReceivedMessage {
  return {
    messageId: message.MessageId!,
    receiptHandle: message.ReceiptHandle!,
    body: message.Body ?? "",
    attributes: (message.MessageAttributes ?? {}) as Record<string, MessageAttribute>,
    system: (message.Attributes ?? {}) as Record<string, string>,
  };
}

/**
 * Sends up to ten messages in one call and says for each what came of it, in order. A call that fails as a whole
 * throws; `inDoubt` on the results says that an earlier try of the SDK may have arrived too.
 */
export async function sendMessages(
  sqs: SQSClient,
  url: string,
  messages: readonly OutgoingMessage[],
): Promise<ItemResult[]> {
  const Entries = messages.map((message, index) => ({ Id: String(index), ...sendEntry(message) }));
  const lean = leanOf(sqs);
  if (lean !== undefined) return await sendLean(lean, { QueueUrl: url, Entries });
  const command = new SendMessageBatchCommand({ QueueUrl: url, Entries });
  const doubt = watchDoubt(command.middlewareStack);
  const answer = await answered((how) => sqs.send(command, how));
  return itemResults(messages.length, answer, doubt());
}

function sendEntry({ body, attributes = {}, groupId, deduplicationId, traceHeader }: OutgoingMessage) {
  return {
    MessageBody: body,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: { ...attributes } }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    ...(traceHeader !== undefined && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: traceHeader } },
    }),
  };
}

/** Deletes up to ten messages by receipt handle; a result for each, in order. */
export async function deleteMessages(
  sqs: SQSClient,
  url: string,
  handles: readonly string[],
): Promise<ItemResult[]> {
  const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
  const lean = leanOf(sqs);
  if (lean !== undefined) return await batchLean(lean, "DeleteMessageBatch", { QueueUrl: url, Entries });
  const command = new DeleteMessageBatchCommand({ QueueUrl: url, Entries });
  return itemResults(handles.length, await answered((how) => sqs.send(command, how)));
}

/** How long a received message stays invisible from now on; 0 gives it back at once. */
export interface VisibilityChange {
  readonly handle: string;
  readonly seconds: number;
}

/** Changes up to ten messages; a result for each, in order. */
export async function changeVisibility(
  sqs: SQSClient,
  url: string,
  changes: readonly VisibilityChange[],
): Promise<ItemResult[]> {
  const Entries = changes.map(({ handle, seconds }, index) => ({
    Id: String(index),
    ReceiptHandle: handle,
    VisibilityTimeout: seconds,
  }));
  const lean = leanOf(sqs);
  if (lean !== undefined)
    return await batchLean(lean, "ChangeMessageVisibilityBatch", { QueueUrl: url, Entries });
  const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries });
  return itemResults(changes.length, await answered((how) => sqs.send(command, how)));
}

/** SQS names a missing queue differently in its two protocols. */
export const isMissingQueue = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === "QueueDoesNotExist" || error.name === "AWS.SimpleQueueService.NonExistentQueue");
