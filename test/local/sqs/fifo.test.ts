import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { countsOf, faultOf, openBench } from "./bench.ts";

async function openFifo(attributes: Record<string, string> = {}) {
  const bench = await openBench();
  const QueueUrl = await bench.queue("q.fifo", {
    FifoQueue: "true",
    ContentBasedDeduplication: "true",
    ...attributes,
  });
  return {
    ...bench,
    QueueUrl,
    send: (MessageGroupId: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, ...more })),
    bodies: async (max = 10) =>
      (await bench.receive(QueueUrl, { MaxNumberOfMessages: max })).map(({ Body }) => Body),
  };
}

it("keeps the order within a group, and hands out no more of it while a part is in flight", async () => {
  await using bench = await openFifo();
  const { QueueUrl } = bench;
  for (const [group, body] of [
    ["a", "a1"],
    ["b", "b1"],
    ["a", "a2"],
    ["a", "a3"],
  ] as const)
    await bench.send(group, body);
  const [a1] = await bench.receive(QueueUrl, { MaxNumberOfMessages: 1 });
  expect(a1!.Body).toBe("a1");
  expect(await bench.bodies()).toEqual(["b1"]);
  expect(await bench.bodies()).toEqual([]);
  await bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: a1!.ReceiptHandle }));
  expect(await bench.bodies()).toEqual(["a2", "a3"]);
});

it("puts what was not deleted back in its place", async () => {
  await using bench = await openFifo();
  const { QueueUrl } = bench;
  for (const body of ["1", "2", "3"]) await bench.send("g", body);
  const [first, second] = await bench.receive(QueueUrl, { MaxNumberOfMessages: 2 });
  const show = (ReceiptHandle: string | undefined) =>
    bench.client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  await show(second!.ReceiptHandle);
  expect(await bench.bodies()).toEqual([]);
  await show(first!.ReceiptHandle);
  expect(await bench.bodies()).toEqual(["1", "2", "3"]);
});

it("refuses a receipt handle whose time is over", async () => {
  await using bench = await openFifo();
  const { QueueUrl } = bench;
  await bench.send("g", "x");
  const [message] = await bench.receive(QueueUrl);
  await bench.clock.advance(30_000);
  const { ReceiptHandle } = message!;
  expect(await faultOf(bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })))).toBe(
    `400 InvalidParameterValue (InvalidParameterValue): Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  );
  expect(await bench.bodies()).toEqual(["x"]);
});

it("takes the same deduplication id once in five minutes, deleted or not, and answers alike", async () => {
  await using bench = await openFifo();
  const { QueueUrl } = bench;
  const first = await bench.send("g", "one", { MessageDeduplicationId: "d" });
  const [message] = await bench.receive(QueueUrl);
  await bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message!.ReceiptHandle }));
  await bench.clock.advance(299_999);
  const again = await bench.send("other group", "two", { MessageDeduplicationId: "d", MessageGroupId: "h" });
  expect([again.MessageId, again.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
  expect(await bench.bodies()).toEqual([]);
  await bench.clock.advance(1);
  await bench.send("g", "three", { MessageDeduplicationId: "d" });
  expect(await bench.bodies()).toEqual(["three"]);
});

it("deduplicates by content: the body alone", async () => {
  await using bench = await openFifo();
  const attribute = (StringValue: string) => ({
    MessageAttributes: { a: { DataType: "String", StringValue } },
  });
  await bench.send("g", "same", attribute("1"));
  await bench.send("g", "same", attribute("2"));
  await bench.send("g", "other");
  expect(await bench.bodies()).toEqual(["same", "other"]);
});

it("deduplicates by group where the queue says so", async () => {
  await using bench = await openFifo({ DeduplicationScope: "messageGroup" });
  for (const group of ["g", "h", "g"]) await bench.send(group, "same");
  expect(countsOf(await bench.attributes(bench.QueueUrl))).toBe("2 0 0");
});

it("numbers messages upwards and tells group, id and number", async () => {
  await using bench = await openFifo();
  const sent = [await bench.send("g", "1", { MessageDeduplicationId: "d1" }), await bench.send("h", "2")];
  expect(BigInt(sent[1]!.SequenceNumber!)).toBeGreaterThan(BigInt(sent[0]!.SequenceNumber!));
  expect(sent[0]!.SequenceNumber).toMatch(/^\d{20}$/);
  const [message] = await bench.receive(bench.QueueUrl, { MessageSystemAttributeNames: ["All"] });
  expect(message!.Attributes).toMatchObject({
    MessageGroupId: "g",
    MessageDeduplicationId: "d1",
    SequenceNumber: sent[0]!.SequenceNumber,
  });
});

it("delays all messages alike, and holds a group's later ones behind", async () => {
  await using bench = await openFifo({ DelaySeconds: "10" });
  await bench.send("g", "1");
  await bench.clock.advance(9000);
  await bench.send("g", "2");
  expect(await bench.bodies()).toEqual([]);
  await bench.clock.advance(1000);
  expect(await bench.bodies()).toEqual(["1"]);
});

it("answers the same receive attempt with the same messages", async () => {
  await using bench = await openFifo();
  const { QueueUrl } = bench;
  for (const body of ["1", "2"]) await bench.send("g", body);
  const ask = () => bench.receive(QueueUrl, { MaxNumberOfMessages: 10, ReceiveRequestAttemptId: "attempt" });
  const first = await ask();
  expect(first.map(({ Body }) => Body)).toEqual(["1", "2"]);
  expect(await ask()).toEqual(first);
  await bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first[0]!.ReceiptHandle }));
  expect(await ask()).toEqual([]);
});

it("asks for what a FIFO queue needs", async () => {
  await using bench = await openFifo({ ContentBasedDeduplication: "false" });
  const { QueueUrl } = bench;
  expect(await faultOf(bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })))).toBe(
    "400 MissingParameter (MissingParameter): The request must contain the parameter MessageGroupId.",
  );
  expect(await faultOf(bench.send("g", "x"))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
  expect(await faultOf(bench.send("g", "x", { MessageDeduplicationId: "d", DelaySeconds: 2 }))).toContain(
    "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.",
  );
  expect(await faultOf(bench.send("a b", "x", { MessageDeduplicationId: "d" }))).toContain(
    "MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
  );
  const batch = new SendMessageBatchCommand({
    QueueUrl,
    Entries: [
      { Id: "1", MessageBody: "x", MessageGroupId: "g", MessageDeduplicationId: "d" },
      { Id: "2", MessageBody: "y", MessageDeduplicationId: "e" },
    ],
  });
  expect(await faultOf(bench.client.send(batch))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): The request must contain the parameter MessageGroupId.",
  );
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("0 0 0");
});
