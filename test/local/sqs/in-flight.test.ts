import { expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import type { Call } from "../../../src/local/ports.ts";
import { Message } from "../../../src/local/sqs/message.ts";
import { Queue } from "../../../src/local/sqs/queue.ts";
import { openSqsService } from "../../../src/local/sqs/service.ts";

const limit = 120_000;
const call: Call = { requestId: "r", headers: {}, hungUp: new AbortController().signal };

/** A queue with one message more than may be in flight, and all that may be are. */
async function openFull() {
  const name = "q";
  const clock = windableClock(0);
  const sqs = openSqsService(
    {
      region: "us-east-1",
      account: "000000000000",
      partition: "aws",
      clock,
      random: Math.random,
      url: "http://127.0.0.1:1",
      log() {},
    },
    { lenient: true },
  );
  const run = (action: string, input: object) =>
    sqs.actions.get(action)!(input as never, call) as Promise<{ Messages?: { ReceiptHandle: string }[] }>;
  await run("CreateQueue", { QueueName: name });
  for (let at = 0; at <= limit; at++)
    sqs.deliver({
      queueArn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
      sourceArn: "rule",
      body: `${at}`,
    });
  const receive = async (more = {}) =>
    (
      await run("ReceiveMessage", {
        QueueUrl: name,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 3600,
        ...more,
      })
    ).Messages ?? [];
  let first: { ReceiptHandle: string } | undefined;
  for (let at = 0; at < limit; at += 10) first = (await receive())[0];
  return { clock, receive, delete: () => run("DeleteMessage", { QueueUrl: name, ...first }) };
}

it("of a standard queue is a limit that fails a short poll and keeps a long one empty", async () => {
  const queue = await openFull();
  await expect(queue.receive()).rejects.toMatchObject({ code: "OverLimit", status: 403 });
  const polled = queue.receive({ WaitTimeSeconds: 20 });
  await queue.clock.advance(20_000);
  expect(await polled).toEqual([]);
  const woken = queue.receive({ WaitTimeSeconds: 20 });
  await queue.delete();
  expect(await woken).toHaveLength(1);
});

it("of a FIFO queue is a limit that never fails", () => {
  const origin = {
    name: "q.fifo",
    arn: "a",
    url: "u",
    fifo: true,
    serial: 1,
    clock: windableClock(0),
    deadLetter: () => false,
  };
  const queue = new Queue(origin, {});
  for (let at = 0; at <= limit; at++)
    queue.add(
      new Message({ id: `${at}`, content: { body: "", groupId: `${at}` }, sentAt: 0, enqueuedAt: 0 }),
      0,
    );
  const taken = queue.receive(limit + 1, 1000);
  expect(taken).toHaveLength(limit);
  expect(queue.receive(1, 1000)).toEqual([]);
  queue.remove(taken[0]!);
  expect(queue.receive(1, 1000)).toHaveLength(1);
});
