import type { QueryFace } from "../ports.ts";
import { blob, flag, integer, list, map, record, text } from "../protocol/shape.ts";

const digests = {
  MD5OfMessageBody: text,
  MD5OfMessageAttributes: text,
  MD5OfMessageSystemAttributes: text,
};
const sent = { ...digests, MessageId: text, SequenceNumber: text };
const queueUrls = list("QueueUrl", text);
const failed = list(
  "BatchResultErrorEntry",
  record({ Id: text, SenderFault: flag, Code: text, Message: text }),
);

const message = record({
  MessageId: text,
  ReceiptHandle: text,
  MD5OfBody: text,
  Body: text,
  Attributes: map("Attribute", "Name", "Value", text),
  MD5OfMessageAttributes: text,
  MessageAttributes: map(
    "MessageAttribute",
    "Name",
    "Value",
    record({ StringValue: text, BinaryValue: blob, DataType: text }),
  ),
});

const moveTask = record({
  TaskHandle: text,
  Status: text,
  SourceArn: text,
  DestinationArn: text,
  MaxNumberOfMessagesPerSecond: integer,
  ApproximateNumberOfMessagesMoved: integer,
  ApproximateNumberOfMessagesToMove: integer,
  FailureReason: text,
  StartedTimestamp: integer,
});

/** SQS as clients from before November 2023 speak it. */
export const query: QueryFace = {
  version: "2012-11-05",
  namespace: "http://queue.amazonaws.com/doc/2012-11-05/",
  outputs: {
    CancelMessageMoveTask: record({ ApproximateNumberOfMessagesMoved: integer }),
    ChangeMessageVisibilityBatch: record({
      Successful: list("ChangeMessageVisibilityBatchResultEntry", record({ Id: text })),
      Failed: failed,
    }),
    CreateQueue: record({ QueueUrl: text }),
    DeleteMessageBatch: record({
      Successful: list("DeleteMessageBatchResultEntry", record({ Id: text })),
      Failed: failed,
    }),
    GetQueueAttributes: record({ Attributes: map("Attribute", "Name", "Value", text) }),
    GetQueueUrl: record({ QueueUrl: text }),
    ListDeadLetterSourceQueues: record({ queueUrls, NextToken: text }),
    ListMessageMoveTasks: record({ Results: list("ListMessageMoveTasksResultEntry", moveTask) }),
    ListQueues: record({ QueueUrls: queueUrls, NextToken: text }),
    ListQueueTags: record({ Tags: map("Tag", "Key", "Value", text) }),
    ReceiveMessage: record({ Messages: list("Message", message) }),
    SendMessage: record(sent),
    SendMessageBatch: record({
      Successful: list("SendMessageBatchResultEntry", record({ Id: text, ...sent })),
      Failed: failed,
    }),
    StartMessageMoveTask: record({ TaskHandle: text }),
  },
  messages: { QueueDoesNotExist: "The specified queue does not exist for this wsdl version." },
};
