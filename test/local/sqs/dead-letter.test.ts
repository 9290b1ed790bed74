import {
  ChangeMessageVisibilityCommand,
  DeleteQueueCommand,
  ListDeadLetterSourceQueuesCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { countsOf, openBench } from "./bench.ts";

async function openWithDlq(maxReceiveCount = 2, attributes: Record<string, string> = {}) {
  const bench = await openBench();
  const fifo: Record<string, string> =
    attributes.FifoQueue === undefined ? {} : { FifoQueue: attributes.FifoQueue };
  const suffix = attributes.FifoQueue === undefined ? "" : ".fifo";
  const dlq = await bench.queue(`dlq${suffix}`, { MessageRetentionPeriod: "1209600", ...fifo });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: bench.arn(`dlq${suffix}`), maxReceiveCount });
  const queue = await bench.queue(`q${suffix}`, { RedrivePolicy, ...attributes });
  return { ...bench, queueUrl: queue, dlqUrl: dlq };
}

it("moves a message that was received too often, as it is, when it is asked for once more", async () => {
  await using bench = await openWithDlq(2);
  const sent = await bench.client.send(
    new SendMessageCommand({
      QueueUrl: bench.queueUrl,
      MessageBody: "x",
      MessageAttributes: { a: { DataType: "String", StringValue: "1" } },
    }),
  );
  for (const _ of [1, 2]) {
    expect(await bench.receive(bench.queueUrl)).toHaveLength(1);
    await bench.clock.advance(30_000);
  }
  expect(countsOf(await bench.attributes(bench.dlqUrl))).toBe("0 0 0");
  expect(await bench.receive(bench.queueUrl)).toEqual([]);
  expect(countsOf(await bench.attributes(bench.queueUrl))).toBe("0 0 0");
  const [letter] = await bench.receive(bench.dlqUrl, {
    MessageSystemAttributeNames: ["All"],
    MessageAttributeNames: ["All"],
  });
  expect(letter).toMatchObject({
    MessageId: sent.MessageId,
    Body: "x",
    MessageAttributes: { a: { StringValue: "1" } },
    Attributes: {
      SentTimestamp: String(Date.UTC(2026, 0, 1)),
      ApproximateReceiveCount: "3",
      DeadLetterQueueSourceArn: bench.arn("q"),
    },
  });
});

it("wakes whoever waits at the dead-letter queue, and goes on to the next message", async () => {
  await using bench = await openWithDlq(1);
  for (const MessageBody of ["bad", "good"])
    await bench.client.send(new SendMessageCommand({ QueueUrl: bench.queueUrl, MessageBody }));
  const [bad] = await bench.receive(bench.queueUrl);
  await bench.client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: bench.queueUrl,
      ReceiptHandle: bad!.ReceiptHandle,
      VisibilityTimeout: 0,
    }),
  );
  const begun = bench.timer(20_000);
  const polled = bench.receive(bench.dlqUrl, { WaitTimeSeconds: 20 });
  await begun;
  const rest = await bench.receive(bench.queueUrl, { MaxNumberOfMessages: 10 });
  expect(rest.map(({ Body }) => Body)).toEqual(["good"]);
  expect((await polled)[0]!.Body).toBe("bad");
});

it("counts a message's age on from when it was sent", async () => {
  await using bench = await openWithDlq(1);
  await bench.client.send(new SendMessageCommand({ QueueUrl: bench.queueUrl, MessageBody: "x" }));
  await bench.receive(bench.queueUrl);
  await bench.clock.advance(3 * 86_400_000);
  await bench.receive(bench.queueUrl);
  await bench.clock.advance(11 * 86_400_000 - 1);
  expect(countsOf(await bench.attributes(bench.dlqUrl))).toBe("1 0 0");
  await bench.clock.advance(1);
  expect(countsOf(await bench.attributes(bench.dlqUrl))).toBe("0 0 0");
});

it("starts the age afresh in a FIFO queue, with the message id as deduplication id", async () => {
  await using bench = await openWithDlq(1, { FifoQueue: "true" });
  const { MessageId } = await bench.client.send(
    new SendMessageCommand({
      QueueUrl: bench.queueUrl,
      MessageBody: "x",
      MessageGroupId: "g",
      MessageDeduplicationId: "d",
    }),
  );
  await bench.receive(bench.queueUrl);
  await bench.clock.advance(3 * 86_400_000);
  await bench.receive(bench.queueUrl);
  await bench.clock.advance(14 * 86_400_000 - 1);
  const [letter] = await bench.receive(bench.dlqUrl, { MessageSystemAttributeNames: ["All"] });
  expect(letter!.Attributes).toMatchObject({ MessageDeduplicationId: MessageId, MessageGroupId: "g" });
});

it("keeps handing a message out when the dead-letter queue is gone", async () => {
  await using bench = await openWithDlq(1);
  await bench.client.send(new SendMessageCommand({ QueueUrl: bench.queueUrl, MessageBody: "x" }));
  await bench.client.send(new DeleteQueueCommand({ QueueUrl: bench.dlqUrl }));
  for (const _ of [1, 2, 3]) {
    expect(await bench.receive(bench.queueUrl)).toHaveLength(1);
    await bench.clock.advance(30_000);
  }
});

it("lists the queues that name it", async () => {
  await using bench = await openWithDlq();
  const { queueUrls } = await bench.client.send(
    new ListDeadLetterSourceQueuesCommand({ QueueUrl: bench.dlqUrl }),
  );
  expect(queueUrls).toEqual([bench.queueUrl]);
});
