import { blob, integer, list, map, type RecordShape, record, text } from "../protocol/shape.ts";

const queueUrl = { QueueUrl: text };
const queueAttributes = map("Attribute", "Name", "Value", text);
const tags = map("Tag", "Key", "Value", text);
const messageAttribute = record({ DataType: text, StringValue: text, BinaryValue: blob });

const message = {
  MessageBody: text,
  DelaySeconds: integer,
  MessageAttributes: map("MessageAttribute", "Name", "Value", messageAttribute),
  MessageSystemAttributes: map("MessageSystemAttribute", "Name", "Value", messageAttribute),
  MessageDeduplicationId: text,
  MessageGroupId: text,
};
const receipt = { ReceiptHandle: text };
const visibility = { ...receipt, VisibilityTimeout: integer };

/** What each operation takes. Names of lists and maps as the older service model has them. */
export const inputs: Readonly<Record<string, RecordShape>> = {
  AddPermission: record({
    ...queueUrl,
    Label: text,
    AWSAccountIds: list("AWSAccountId", text),
    Actions: list("ActionName", text),
  }),
  CancelMessageMoveTask: record({ TaskHandle: text }),
  ChangeMessageVisibility: record({ ...queueUrl, ...visibility }),
  ChangeMessageVisibilityBatch: record({
    ...queueUrl,
    Entries: list("ChangeMessageVisibilityBatchRequestEntry", record({ Id: text, ...visibility })),
  }),
  CreateQueue: record({ QueueName: text, Attributes: queueAttributes, tags }),
  DeleteMessage: record({ ...queueUrl, ...receipt }),
  DeleteMessageBatch: record({
    ...queueUrl,
    Entries: list("DeleteMessageBatchRequestEntry", record({ Id: text, ...receipt })),
  }),
  DeleteQueue: record(queueUrl),
  GetQueueAttributes: record({ ...queueUrl, AttributeNames: list("AttributeName", text) }),
  GetQueueUrl: record({ QueueName: text, QueueOwnerAWSAccountId: text }),
  ListDeadLetterSourceQueues: record({ ...queueUrl, MaxResults: integer, NextToken: text }),
  ListMessageMoveTasks: record({ SourceArn: text, MaxResults: integer }),
  ListQueues: record({ QueueNamePrefix: text, MaxResults: integer, NextToken: text }),
  ListQueueTags: record(queueUrl),
  PurgeQueue: record(queueUrl),
  ReceiveMessage: record({
    ...queueUrl,
    AttributeNames: list("AttributeName", text),
    MessageSystemAttributeNames: list("MessageSystemAttributeName", text),
    MessageAttributeNames: list("MessageAttributeName", text),
    MaxNumberOfMessages: integer,
    VisibilityTimeout: integer,
    WaitTimeSeconds: integer,
    ReceiveRequestAttemptId: text,
  }),
  RemovePermission: record({ ...queueUrl, Label: text }),
  SendMessage: record({ ...queueUrl, ...message }),
  SendMessageBatch: record({
    ...queueUrl,
    Entries: list("SendMessageBatchRequestEntry", record({ Id: text, ...message })),
  }),
  SetQueueAttributes: record({ ...queueUrl, Attributes: queueAttributes }),
  StartMessageMoveTask: record({
    SourceArn: text,
    DestinationArn: text,
    MaxNumberOfMessagesPerSecond: integer,
  }),
  TagQueue: record({ ...queueUrl, Tags: tags }),
  UntagQueue: record({ ...queueUrl, TagKeys: list("TagKey", text) }),
};
