import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
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
