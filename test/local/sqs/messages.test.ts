import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { countsOf, faultOf, openBench } from "./bench.ts";

const send = (QueueUrl: string, MessageBody: string, more = {}) =>
  new SendMessageCommand({ QueueUrl, MessageBody, ...more });

it("takes a message in, hands it out, and forgets it when it is deleted", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const sent = await bench.client.send(
    send(QueueUrl, "hello", {
      MessageAttributes: { MyAttribute: { DataType: "String", StringValue: "foobar" } },
    }),
  );
  expect(sent).toMatchObject({
    MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592",
    MD5OfMessageAttributes: "adb59cd4678ea5a855436b949cd07ab6",
  });
  await bench.clock.advance(5000);
  const [message] = await bench.receive(QueueUrl, {
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["All"],
  });
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: "hello",
    MD5OfMessageAttributes: "adb59cd4678ea5a855436b949cd07ab6",
    MessageAttributes: { MyAttribute: { DataType: "String", StringValue: "foobar" } },
    Attributes: {
      SenderId: "000000000000",
      SentTimestamp: String(Date.UTC(2026, 0, 1)),
      ApproximateReceiveCount: "1",
      ApproximateFirstReceiveTimestamp: String(Date.UTC(2026, 0, 1) + 5000),
    },
  });
  expect(await bench.receive(QueueUrl)).toEqual([]);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 1 0");
  await bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message!.ReceiptHandle }));
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
});

it("keeps binary attributes byte for byte", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const value = Buffer.from(
    "dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMmQyNDgyMjExZjY0ODlkYS0wMQ==",
    "base64",
  );
  const sent = await bench.client.send(
    send(QueueUrl, "test", { MessageAttributes: { attr1: { DataType: "Binary", BinaryValue: value } } }),
  );
  expect(sent.MD5OfMessageAttributes).toBe("8cbe4db156db8a94db8b801b7addb984");
  const [message] = await bench.receive(QueueUrl, { MessageAttributeNames: [".*"] });
  expect(Buffer.from(message!.MessageAttributes!.attr1!.BinaryValue!)).toEqual(value);
});

it("answers the attributes that were asked for, and the digest of just these", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q", { VisibilityTimeout: "0" });
  const text = (StringValue: string) => ({ DataType: "String", StringValue });
  await bench.client.send(
    send(QueueUrl, "msg", {
      MessageAttributes: { General: text("Kenobi"), Hello: text("There"), "Help.Me": text("Me") },
    }),
  );
  const digests: (string | undefined)[] = [];
  for (const names of [["All"], ["Hello", "General"], ["Hello", "Foo"], ["Hel.*"], ["Foo"], []])
    digests.push(
      (await bench.receive(QueueUrl, { MessageAttributeNames: names }))[0]!.MD5OfMessageAttributes,
    );
  expect(digests).toEqual([
    "4c360f3fdafd970e05fae2f149d997f5",
    "fca026605781cb4126a1e9044df24232",
    "a311262e065454b75da111d535b8dacd",
    "83fee93c1bcd8b9a5a923ffacdc636c7",
    undefined,
    undefined,
  ]);
});

it("passes the X-Ray header on as a system attribute", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const AWSTraceHeader = { DataType: "String", StringValue: "Root=1-5759e988-bd862e3fe1be46a994272793" };
  const sent = await bench.client.send(send(QueueUrl, "x", { MessageSystemAttributes: { AWSTraceHeader } }));
  expect(sent.MD5OfMessageSystemAttributes).toMatch(/^[0-9a-f]{32}$/);
  const [message] = await bench.receive(QueueUrl, { MessageSystemAttributeNames: ["AWSTraceHeader"] });
  expect(message!.Attributes).toEqual({ AWSTraceHeader: AWSTraceHeader.StringValue });
});

it("shows a message again when its visibility timeout has run out, with a new receipt handle", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  await bench.client.send(send(QueueUrl, "x"));
  const [first] = await bench.receive(QueueUrl);
  await bench.clock.advance(29_999);
  expect(await bench.receive(QueueUrl)).toEqual([]);
  await bench.clock.advance(1);
  const [second] = await bench.receive(QueueUrl, {
    MessageSystemAttributeNames: ["ApproximateReceiveCount"],
  });
  expect(second!.Attributes).toEqual({ ApproximateReceiveCount: "2" });
  // The first receiver was too slow: what it deletes is no longer its own.
  await bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle }));
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 1 0");
});

it("lengthens and ends the visibility timeout, at most to twelve hours after the receipt", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  await bench.client.send(send(QueueUrl, "x"));
  const [message] = await bench.receive(QueueUrl);
  const change = (VisibilityTimeout: number) =>
    bench.client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: message!.ReceiptHandle,
        VisibilityTimeout,
      }),
    );
  await change(60);
  await bench.clock.advance(59_000);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 1 0");
  expect(await faultOf(change(43_200))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
  );
  await change(43_141);
  await bench.clock.advance(43_140_000);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 1 0");
  await change(0);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("1 0 0");
});

it("refuses receipt handles that are none, and those of messages that are gone", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const other = await bench.queue("other");
  await bench.client.send(send(QueueUrl, "x"));
  const [message] = await bench.receive(QueueUrl);
  const ReceiptHandle = message!.ReceiptHandle!;
  expect(
    await faultOf(bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "garbage" }))),
  ).toBe(
    '404 ReceiptHandleIsInvalid (ReceiptHandleIsInvalid): The input receipt handle "garbage" is not a valid receipt handle.',
  );
  expect(
    await faultOf(bench.client.send(new DeleteMessageCommand({ QueueUrl: other, ReceiptHandle }))),
  ).toContain("is not a valid receipt handle");
  await bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  await bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  expect(
    await faultOf(
      bench.client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }),
      ),
    ),
  ).toContain("Reason: Message does not exist or is not available for visibility timeout change.");
});

it("delays a message by its own or by the queue's delay", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q", { DelaySeconds: "10" });
  await bench.client.send(send(QueueUrl, "queue's"));
  await bench.client.send(send(QueueUrl, "own", { DelaySeconds: 5 }));
  await bench.client.send(send(QueueUrl, "none", { DelaySeconds: 0 }));
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("1 0 2");
  await bench.clock.advance(5000);
  const bodies = (await bench.receive(QueueUrl, { MaxNumberOfMessages: 10 })).map(({ Body }) => Body);
  expect(bodies).toEqual(["none", "own"]);
  await bench.clock.advance(5000);
  expect((await bench.receive(QueueUrl))[0]!.Body).toBe("queue's");
});

it("forgets a message after its retention, also when the retention is shortened later", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  await bench.client.send(send(QueueUrl, "x"));
  await bench.clock.advance(345_599_000);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("1 0 0");
  await bench.clock.advance(1000);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
  await bench.client.send(send(QueueUrl, "y"));
  await bench.clock.advance(61_000);
  await bench.client.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { MessageRetentionPeriod: "60" } }),
  );
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
});

it("purges everything, once a minute", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  await bench.client.send(send(QueueUrl, "in flight"));
  await bench.receive(QueueUrl);
  await bench.client.send(send(QueueUrl, "visible"));
  await bench.client.send(send(QueueUrl, "delayed", { DelaySeconds: 9 }));
  await bench.client.send(new PurgeQueueCommand({ QueueUrl }));
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
  expect(await faultOf(bench.client.send(new PurgeQueueCommand({ QueueUrl })))).toBe(
    "403 PurgeQueueInProgress (AWS.SimpleQueueService.PurgeQueueInProgress): Only one PurgeQueue operation on q is allowed every 60 seconds.",
  );
  await bench.clock.advance(60_000);
  await bench.client.send(new PurgeQueueCommand({ QueueUrl }));
});

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

it("takes a message of exactly one MiB, attributes included", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const MessageAttributes = { n: { DataType: "String", StringValue: "v" } };
  const body = "x".repeat(1_048_576 - 8);
  await bench.client.send(send(QueueUrl, body, { MessageAttributes }));
  expect(await faultOf(bench.client.send(send(QueueUrl, `${body}x`, { MessageAttributes })))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
  );
});

it.each([
  ["no body", { MessageBody: "" }, "MissingParameter", "must contain the parameter MessageBody"],
  ["a control character", { MessageBody: "a\u0000" }, "InvalidMessageContents", "Invalid characters found."],
  ["half a character", { MessageBody: "a\ud800" }, "InvalidMessageContents", "Invalid characters found."],
  [
    "an empty attribute",
    { MessageAttributes: { ErrorDetails: { DataType: "String", StringValue: "" } } },
    "InvalidParameterValue",
    "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
  ],
  [
    "an attribute of no known type",
    { MessageAttributes: { a: { DataType: "Text", StringValue: "x" } } },
    "InvalidParameterValue",
    "The type of message (user) attribute 'a' is invalid.",
  ],
  [
    "a number that is none",
    { MessageAttributes: { a: { DataType: "Number.int", StringValue: "x" } } },
    "InvalidParameterValue",
    "Can't cast the value of message (user) attribute 'a' to a number.",
  ],
  [
    "a number of JavaScript's",
    { MessageAttributes: { a: { DataType: "Number", StringValue: "0x10" } } },
    "InvalidParameterValue",
    "Can't cast the value of message (user) attribute 'a' to a number.",
  ],
  [
    "a reserved attribute name",
    { MessageAttributes: { "AWS.a": { DataType: "String", StringValue: "x" } } },
    "InvalidParameterValue",
    "'AWS.a' is invalid",
  ],
  [
    "eleven attributes",
    {
      MessageAttributes: Object.fromEntries(
        Array.from({ length: 11 }, (_, at) => [`a${at}`, { DataType: "String", StringValue: "x" }]),
      ),
    },
    "InvalidParameterValue",
    "Number of message attributes [11] exceeds the allowed maximum [10].",
  ],
  [
    "a deduplication id on a standard queue",
    { MessageDeduplicationId: "d" },
    "InvalidParameterValue",
    "Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.",
  ],
])("refuses a message with %s", async (_what, more, code, text) => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const fault = await faultOf(bench.client.send(send(QueueUrl, "x", more)));
  expect(fault).toContain(` ${code} (`);
  expect(fault).toContain(text);
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
});

it("checks what a receiver asks for", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  expect(await faultOf(bench.receive(QueueUrl, { MaxNumberOfMessages: 11 }))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
  );
  expect(await faultOf(bench.receive(QueueUrl, { WaitTimeSeconds: 21 }))).toContain(
    "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.",
  );
  expect(await faultOf(bench.receive(QueueUrl, { VisibilityTimeout: 43_201 }))).toContain(
    "VisibilityTimeout",
  );
  expect(await faultOf(bench.receive(`${QueueUrl}x`))).toBe(
    "400 QueueDoesNotExist (AWS.SimpleQueueService.NonExistentQueue): The specified queue does not exist.",
  );
});

it("accepts a message group on a standard queue, without ordering it", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  for (const body of ["a", "b"]) await bench.client.send(send(QueueUrl, body, { MessageGroupId: "tenant" }));
  const messages = await bench.receive(QueueUrl, {
    MaxNumberOfMessages: 1,
    MessageSystemAttributeNames: ["MessageGroupId"],
  });
  expect(messages[0]!.Attributes).toEqual({ MessageGroupId: "tenant" });
  expect(await bench.receive(QueueUrl)).toHaveLength(1);
});
