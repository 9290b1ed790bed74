import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { countsOf, faultOf, openBench } from "./bench.ts";

it("does each entry of a batch by itself", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q", { MaximumMessageSize: "1024" });
  const sent = await bench.client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: "good", MessageBody: "a" },
        { Id: "long", MessageBody: "b".repeat(1025) },
        { Id: "odd", MessageBody: "\u0001" },
        { Id: "late", MessageBody: "c", DelaySeconds: 901 },
        { Id: "just", MessageBody: "d".repeat(1024) },
      ],
    }),
  );
  expect(sent.Successful!.map(({ Id }) => Id)).toEqual(["good", "just"]);
  expect(sent.Failed).toEqual([
    {
      Id: "long",
      SenderFault: true,
      Code: "InvalidParameterValue",
      Message: "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.",
    },
    expect.objectContaining({ Id: "odd", SenderFault: true, Code: "InvalidMessageContents" }),
    {
      Id: "late",
      SenderFault: true,
      Code: "InvalidParameterValue",
      Message:
        "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
    },
  ]);
  const messages = await bench.receive(QueueUrl, { MaxNumberOfMessages: 10 });
  const Entries = [
    ...messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle: ReceiptHandle! })),
    { Id: "bad", ReceiptHandle: "garbage" },
  ];
  const changed = await bench.client.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: Entries.map((entry) => ({ ...entry, VisibilityTimeout: 100 })),
    }),
  );
  expect(changed.Successful).toEqual([{ Id: "m0" }, { Id: "m1" }]);
  const deleted = await bench.client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  expect(deleted.Successful).toEqual([{ Id: "m0" }, { Id: "m1" }]);
  expect(deleted.Failed).toEqual([
    expect.objectContaining({ Id: "bad", SenderFault: true, Code: "ReceiptHandleIsInvalid" }),
  ]);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
});

it("refuses a batch as a whole", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const batch = (Entries: { Id: string; MessageBody: string }[]) =>
    faultOf(bench.client.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ Id: `${at}`, MessageBody: "x" }));
  expect(await batch([])).toBe(
    "400 EmptyBatchRequest (AWS.SimpleQueueService.EmptyBatchRequest): There should be at least one SendMessageBatchRequestEntry in the request.",
  );
  expect(await batch(many(20))).toBe(
    "400 TooManyEntriesInBatchRequest (AWS.SimpleQueueService.TooManyEntriesInBatchRequest): Maximum number of entries per request are 10. You have sent 20.",
  );
  expect(await batch([...many(2), ...many(1)])).toContain("BatchEntryIdsNotDistinct");
  expect(await batch([{ Id: "a:b", MessageBody: "x" }])).toBe(
    "400 InvalidBatchEntryId (AWS.SimpleQueueService.InvalidBatchEntryId): A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
  );
  const half = "x".repeat(524_288);
  expect(
    await batch([
      { Id: "a", MessageBody: half },
      { Id: "b", MessageBody: `${half}x` },
    ]),
  ).toBe(
    "400 BatchRequestTooLong (AWS.SimpleQueueService.BatchRequestTooLong): Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
  );
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
});
