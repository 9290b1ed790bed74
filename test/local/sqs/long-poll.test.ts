import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { countsOf, faultOf, openBench } from "./bench.ts";

const long = { WaitTimeSeconds: 20, MaxNumberOfMessages: 10 };

it("is woken by a send, and gets a batch as a whole", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const begun = bench.timer(20_000);
  const polled = bench.receive(QueueUrl, long);
  await begun;
  const Entries = ["a", "b", "c"].map((body) => ({ Id: body, MessageBody: body }));
  await bench.client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect((await polled).map(({ Body }) => Body)).toEqual(["a", "b", "c"]);
});

it("ends empty after its time, which the queue may set", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q", { ReceiveMessageWaitTimeSeconds: "7" });
  const begun = bench.timer(7000);
  const polled = bench.receive(QueueUrl);
  await begun;
  await bench.clock.advance(7000);
  expect(await polled).toEqual([]);
});

it("is woken when a delayed message is shown", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  await bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody: "late", DelaySeconds: 5 }));
  const begun = bench.timer(20_000);
  const polled = bench.receive(QueueUrl, long);
  await begun;
  await bench.clock.advance(5000);
  expect((await polled)[0]!.Body).toBe("late");
});

it("is woken when a visibility timeout runs out, sooner if that is shortened meanwhile", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  await bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  const [held] = await bench.receive(QueueUrl);
  const begun = bench.timer(20_000);
  const polled = bench.receive(QueueUrl, { ...long, VisibilityTimeout: 1 });
  await begun;
  await bench.client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl,
      ReceiptHandle: held!.ReceiptHandle,
      VisibilityTimeout: 3,
    }),
  );
  await bench.clock.advance(3000);
  expect(await polled).toHaveLength(1);
});

it("is woken when the group of a FIFO queue is free again", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q.fifo", { FifoQueue: "true", ContentBasedDeduplication: "true" });
  for (const MessageBody of ["first", "second"])
    await bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: "g" }));
  const [first] = await bench.receive(QueueUrl);
  const begun = bench.timer(20_000);
  const polled = bench.receive(QueueUrl, long);
  await begun;
  await bench.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first!.ReceiptHandle }));
  expect((await polled).map(({ Body }) => Body)).toEqual(["second"]);
});

it("serves those who wait in turn", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const begin = async () => {
    const begun = bench.timer(20_000);
    const polled = bench.receive(QueueUrl, { WaitTimeSeconds: 20 });
    await begun;
    return { polled };
  };
  const first = await begin();
  const second = await begin();
  for (const MessageBody of ["one", "two"])
    await bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  expect((await first.polled)[0]!.Body).toBe("one");
  expect((await second.polled)[0]!.Body).toBe("two");
});

it("takes nothing for a client that has hung up", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const begun = bench.timer(20_000);
  const leaving = new AbortController();
  const polled = fetch(bench.local.url, {
    method: "POST",
    headers: { "x-amz-target": "AmazonSQS.ReceiveMessage" },
    body: JSON.stringify({ QueueUrl, WaitTimeSeconds: 20 }),
    signal: leaving.signal,
  });
  const left = expect(polled).rejects.toThrow();
  await begun;
  const noticed = bench.timer(20_000, "cancelled");
  leaving.abort();
  await noticed;
  await left;
  await bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  expect(countsOf(await bench.attributes(QueueUrl))).toBe("1 0 0");
});

it("ends with an error when the queue is deleted", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const begun = bench.timer(20_000);
  const polled = faultOf(bench.receive(QueueUrl, long));
  await begun;
  await bench.client.send(new DeleteQueueCommand({ QueueUrl }));
  expect(await polled).toContain("QueueDoesNotExist");
});

it("does not hold up closing", async () => {
  const bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const begun = bench.timer(20_000);
  const polled = bench.receive(QueueUrl, long);
  const ended = expect(polled).rejects.toThrow();
  await begun;
  await bench.local.close();
  await ended;
  await bench[Symbol.asyncDispose]();
});
