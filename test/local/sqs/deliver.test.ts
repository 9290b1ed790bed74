import { expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import type { Call, Delivery } from "../../../src/local/ports.ts";
import { openSqsService, type SqsOptions } from "../../../src/local/sqs/service.ts";

const queueArn = "arn:aws:sqs:us-east-1:000000000000:q";
const sourceArn = "arn:aws:events:us-east-1:000000000000:rule/r";
const Policy = JSON.stringify({
  Statement: {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: "*",
    Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
  },
});

function open(options: SqsOptions = { lenient: false }) {
  const lines: string[] = [];
  const sqs = openSqsService(
    {
      region: "us-east-1",
      account: "000000000000",
      partition: "aws",
      clock: windableClock(0),
      random: Math.random,
      url: "http://127.0.0.1:1",
      log: (line) => lines.push(line),
    },
    options,
  );
  const call: Call = { requestId: "r", headers: {}, hungUp: new AbortController().signal };
  const run = async (name: string, input: object) =>
    (await sqs.actions.get(name)!(input as never, call)) as { Messages?: Record<string, unknown>[] };
  return {
    lines,
    sqs,
    create: (QueueName: string, Attributes: object) => run("CreateQueue", { QueueName, Attributes }),
    deliver: (more: Partial<Delivery> = {}) => sqs.deliver({ queueArn, sourceArn, body: "{}", ...more }),
    receive: async (name = "q") =>
      (
        await run("ReceiveMessage", {
          QueueUrl: name,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        })
      ).Messages,
  };
}

it("takes what the queue's policy lets in, attributes and trace header included", async () => {
  const { create, deliver, receive, lines } = open();
  await create("q", { Policy });
  const outcome = deliver({
    body: '{"id":"1"}',
    attributes: { RULE_ARN: { DataType: "String", StringValue: "r" } },
    traceHeader: "Root=1",
  });
  const [message] = (await receive())!;
  expect(message).toMatchObject({
    Body: '{"id":"1"}',
    MessageAttributes: { RULE_ARN: { DataType: "String", StringValue: "r" } },
    Attributes: { AWSTraceHeader: "Root=1" },
  });
  expect(outcome).toEqual({ ok: true, messageId: message!.MessageId });
  expect(lines).toEqual([]);
});

it("answers a queue that does not let it in like one that is not there, and logs why", async () => {
  const { create, deliver, receive, lines } = open();
  const refused = {
    ok: false,
    code: "NO_RESOURCE",
    retryable: false,
    message: expect.stringMatching(
      /^The specified queue does not exist or you do not have access to it\..*AWS\.SimpleQueueService\.NonExistentQueue/,
    ),
  };
  expect(deliver()).toEqual(refused);
  await create("q", {});
  expect(deliver()).toEqual(refused);
  expect(await receive()).toBeUndefined();
  expect(lines).toEqual([
    `not delivered to ${queueArn}: there is no such queue`,
    `not delivered to ${queueArn}: its policy does not let events.amazonaws.com do sqs:SendMessage with aws:SourceArn ${sourceArn}`,
  ]);
});

it("lets everything in when it is lenient", async () => {
  const { create, deliver } = open({ lenient: true });
  await create("q", {});
  expect(deliver()).toMatchObject({ ok: true });
});

it("cannot use the key that AWS manages", async () => {
  const { create, deliver } = open();
  await create("q", { Policy, KmsMasterKeyId: "alias/aws/sqs" });
  expect(deliver()).toMatchObject({ ok: false, code: "NO_PERMISSIONS", retryable: false });
});

it("asks of a FIFO queue for a group and for deduplication by content", async () => {
  const { create, deliver, sqs } = open();
  const arn = `${queueArn}.fifo`;
  await create("q.fifo", { Policy, FifoQueue: "true", ContentBasedDeduplication: "true" });
  expect(sqs.kindOf(arn)).toBe("fifo");
  expect(deliver({ queueArn: arn })).toMatchObject({
    ok: false,
    code: "INVALID_PARAMETER",
    retryable: false,
  });
  expect(deliver({ queueArn: arn, messageGroupId: "g" })).toMatchObject({ ok: true });
});

it("refuses what is longer than the queue takes", async () => {
  const { create, deliver } = open();
  await create("q", { Policy, MaximumMessageSize: "1024" });
  expect(deliver({ body: "x".repeat(1025) })).toMatchObject({
    ok: false,
    code: "INVALID_PARAMETER",
    message: "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.",
  });
});
