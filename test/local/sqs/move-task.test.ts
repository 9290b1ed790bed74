import {
  CancelMessageMoveTaskCommand,
  DeleteQueueCommand,
  ListMessageMoveTasksCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  type StartMessageMoveTaskCommandInput,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { countsOf, faultOf, openBench } from "./bench.ts";

/** Two queues that share a dead-letter queue, and a third queue. */
async function openMove() {
  const bench = await openBench();
  const dlqUrl = await bench.queue("dlq");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: bench.arn("dlq"), maxReceiveCount: 1 });
  const attributes = { RedrivePolicy, VisibilityTimeout: "0" };
  const urls = [await bench.queue("a", attributes), await bench.queue("b", attributes)] as const;
  const otherUrl = await bench.queue("other");
  return {
    ...bench,
    dlqUrl,
    urls,
    otherUrl,
    async fill(count: number) {
      for (let at = 0; at < count; at += 10) {
        const Entries = Array.from({ length: Math.min(10, count - at) }, (_, index) => ({
          Id: `${index}`,
          MessageBody: `${at + index}`,
        }));
        await bench.client.send(new SendMessageBatchCommand({ QueueUrl: dlqUrl, Entries }));
      }
    },
    start: async (more: Partial<StartMessageMoveTaskCommandInput> = {}) =>
      (await bench.client.send(new StartMessageMoveTaskCommand({ SourceArn: bench.arn("dlq"), ...more })))
        .TaskHandle!,
    list: async (MaxResults?: number) =>
      (await bench.client.send(new ListMessageMoveTasksCommand({ SourceArn: bench.arn("dlq"), MaxResults })))
        .Results!,
    cancel: (TaskHandle: string) => bench.client.send(new CancelMessageMoveTaskCommand({ TaskHandle })),
  };
}

it("sends each message back to the queue it came from, as a new message", async () => {
  await using bench = await openMove();
  for (const QueueUrl of bench.urls) {
    await bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody: QueueUrl }));
    for (const _ of [1, 2]) await bench.receive(QueueUrl);
  }
  expect(countsOf(await bench.attributes(bench.dlqUrl))).toBe("2 0 0");
  await bench.clock.advance(60_000);
  await bench.start();
  await bench.clock.advance(1000);
  expect(await bench.list()).toEqual([
    {
      ApproximateNumberOfMessagesMoved: 2,
      ApproximateNumberOfMessagesToMove: 2,
      SourceArn: bench.arn("dlq"),
      StartedTimestamp: Date.UTC(2026, 0, 1) + 60_000,
      Status: "COMPLETED",
    },
  ]);
  for (const QueueUrl of bench.urls) {
    const [message] = await bench.receive(QueueUrl, { MessageSystemAttributeNames: ["All"] });
    expect(message!.Body).toBe(QueueUrl);
    expect(message!.Attributes).toMatchObject({ ApproximateReceiveCount: "1" });
    expect(Number(message!.Attributes!.SentTimestamp)).toBeGreaterThan(Date.UTC(2026, 0, 1) + 60_000);
    expect(message!.Attributes).not.toHaveProperty("DeadLetterQueueSourceArn");
  }
});

it("takes the time that its rate says, and can be cancelled on the way", async () => {
  await using bench = await openMove();
  await bench.fill(10);
  const handle = await bench.start({ DestinationArn: bench.arn("other"), MaxNumberOfMessagesPerSecond: 1 });
  const common = {
    ApproximateNumberOfMessagesToMove: 10,
    DestinationArn: bench.arn("other"),
    MaxNumberOfMessagesPerSecond: 1,
    SourceArn: bench.arn("dlq"),
    StartedTimestamp: Date.UTC(2026, 0, 1),
  };
  expect(await bench.list()).toEqual([
    { ...common, ApproximateNumberOfMessagesMoved: 0, Status: "RUNNING", TaskHandle: handle },
  ]);
  await bench.clock.advance(3000);
  expect((await bench.cancel(handle)).ApproximateNumberOfMessagesMoved).toBe(3);
  expect((await bench.list())[0]!.Status).toBe("CANCELLING");
  await bench.clock.advance(60_000);
  expect(await bench.list()).toEqual([
    { ...common, ApproximateNumberOfMessagesMoved: 3, Status: "CANCELLED" },
  ]);
  expect(countsOf(await bench.attributes(bench.otherUrl))).toBe("3 0 0");
  expect(countsOf(await bench.attributes(bench.dlqUrl))).toBe("7 0 0");
});

it("leaves what is in flight, and runs again afterwards", async () => {
  await using bench = await openMove();
  await bench.fill(30);
  await bench.receive(bench.dlqUrl, { MaxNumberOfMessages: 4 });
  await bench.start({ DestinationArn: bench.arn("other"), MaxNumberOfMessagesPerSecond: 500 });
  await bench.clock.advance(1000);
  expect(countsOf(await bench.attributes(bench.otherUrl))).toBe("26 0 0");
  await bench.clock.advance(30_000);
  await bench.start({ DestinationArn: bench.arn("other") });
  await bench.clock.advance(1000);
  expect(countsOf(await bench.attributes(bench.otherUrl))).toBe("30 0 0");
  expect((await bench.list()).map(({ ApproximateNumberOfMessagesMoved: moved }) => moved)).toEqual([4]);
  expect((await bench.list(10)).map(({ ApproximateNumberOfMessagesMoved: moved }) => moved)).toEqual([4, 26]);
});

it("fails when its destination goes, and when a message has no source to go back to", async () => {
  await using bench = await openMove();
  await bench.fill(10);
  await bench.start({ DestinationArn: bench.arn("other"), MaxNumberOfMessagesPerSecond: 1 });
  await bench.clock.advance(2000);
  await bench.client.send(new DeleteQueueCommand({ QueueUrl: bench.otherUrl }));
  await bench.clock.advance(2000);
  expect(await bench.list()).toMatchObject([
    {
      Status: "FAILED",
      FailureReason: "AWS.SimpleQueueService.NonExistentQueue",
      ApproximateNumberOfMessagesMoved: 2,
    },
  ]);
  await bench.start();
  await bench.clock.advance(1000);
  expect(await bench.list()).toMatchObject([
    { Status: "FAILED", FailureReason: "CouldNotDetermineMessageSource" },
  ]);
  expect(countsOf(await bench.attributes(bench.dlqUrl))).toBe("8 0 0");
});

it("is refused as AWS refuses it", async () => {
  await using bench = await openMove();
  await bench.fill(5);
  const fault = (more: Partial<StartMessageMoveTaskCommandInput>) => faultOf(bench.start(more));
  expect(await fault({ SourceArn: bench.arn("other") })).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): Source queue must be configured as a Dead Letter Queue.",
  );
  expect(await fault({ SourceArn: bench.arn("none") })).toBe(
    "404 ResourceNotFoundException (ResourceNotFoundException): The resource that you specified for the SourceArn parameter doesn't exist.",
  );
  expect(await fault({ DestinationArn: bench.arn("none") })).toBe(
    "404 ResourceNotFoundException (ResourceNotFoundException): The resource that you specified for the DestinationArn parameter doesn't exist.",
  );
  expect(await fault({ MaxNumberOfMessagesPerSecond: 501 })).toContain("MaxNumberOfMessagesPerSecond");
  const handle = await bench.start({ DestinationArn: bench.arn("other"), MaxNumberOfMessagesPerSecond: 1 });
  expect(await fault({})).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
  );
  expect(await faultOf(bench.cancel("garbage"))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): Value for parameter TaskHandle is invalid.",
  );
  const forged = (of: object) =>
    Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(handle, "base64").toString()), ...of })).toString(
      "base64",
    );
  expect(await faultOf(bench.cancel(forged({ taskId: "other" })))).toBe(
    "404 ResourceNotFoundException (ResourceNotFoundException): Task does not exist.",
  );
  expect(await faultOf(bench.cancel(forged({ sourceArn: bench.arn("none") })))).toBe(
    "404 ResourceNotFoundException (ResourceNotFoundException): The resource that you specified for the SourceArn parameter doesn't exist.",
  );
});
