import fc from "fast-check";
import { expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { type Local, startLocal } from "../../../src/local/start.ts";
import { type Answer, call, type Kept, openDirectory, openKept, rest, seeded, start } from "./lab.ts";

const account = "000000000000";
const arnOf = (queue: string) => `arn:aws:sqs:us-east-1:${account}:${queue}`;
const bus = `arn:aws:events:us-east-1:${account}:event-bus/default`;
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" },
});

/** An operation with its input, or one of `advance` (with milliseconds), `crash`, `restart`, `delete-received`. */
type Step = readonly [name: string, input?: object | number];

/** Few names, so that steps meet. */
const queue = fc.constantFrom("a", "b", "dlq", "f.fifo");
const rule = fc.constantFrom("r1", "r2");
const word = fc.constantFrom("x", "y", "z");
const makeQueue = (name: string): Step => [
  "AmazonSQS.CreateQueue",
  {
    QueueName: name,
    Attributes: {
      Policy: policy,
      ...(name.endsWith(".fifo") && { FifoQueue: "true", ContentBasedDeduplication: "true" }),
      ...(name === "a" && {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 2 }),
      }),
    },
  },
];

const firstSteps: readonly Step[] = [
  ...["dlq", "a", "b", "f.fifo"].map(makeQueue),
  ["AWSEvents.PutRule", { Name: "r1", EventPattern: '{"source":["x","y"]}' }],
  ["AWSEvents.PutTargets", { Rule: "r1", Targets: [{ Id: "a", Arn: arnOf("a") }] }],
  ["AWSEvents.CreateArchive", { ArchiveName: "ar", EventSourceArn: bus }],
];

const step = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<Step>(["crash"], ["restart"]) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, 500, 5000, 31_000, 61_000, 301_000).map((ms) => ["advance", ms] as const),
  },
  { weight: 2, arbitrary: fc.constant<Step>(["delete-received"]) },
  queue.map(makeQueue),
  {
    weight: 6,
    arbitrary: fc.tuple(queue, word, fc.constantFrom(0, 0, 5)).map(([name, body, delay]) => [
      "AmazonSQS.SendMessage",
      {
        QueueUrl: `URL:${name}`,
        MessageBody: body,
        ...(name.endsWith(".fifo") ? { MessageGroupId: body } : { DelaySeconds: delay }),
      },
    ]),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(queue, fc.constantFrom(1, 3, 10), fc.constantFrom(0, 5, 30))
      .map(([name, max, hidden]) => [
        "AmazonSQS.ReceiveMessage",
        {
          QueueUrl: `URL:${name}`,
          MaxNumberOfMessages: name.endsWith(".fifo") ? 10 : max,
          VisibilityTimeout: hidden,
        },
      ]),
  },
  fc
    .tuple(queue, word)
    .map(([name, value]) => ["AmazonSQS.TagQueue", { QueueUrl: `URL:${name}`, Tags: { t: value } }]),
  queue.map((name) => ["AmazonSQS.PurgeQueue", { QueueUrl: `URL:${name}` }]),
  queue.map((name) => ["AmazonSQS.DeleteQueue", { QueueUrl: `URL:${name}` }]),
  fc
    .tuple(queue, fc.constantFrom("60", "86400"))
    .map(([name, MessageRetentionPeriod]) => [
      "AmazonSQS.SetQueueAttributes",
      { QueueUrl: `URL:${name}`, Attributes: { MessageRetentionPeriod } },
    ]),
  fc.constant<Step>([
    "AmazonSQS.StartMessageMoveTask",
    { SourceArn: arnOf("dlq"), DestinationArn: arnOf("b"), MaxNumberOfMessagesPerSecond: 1 },
  ]),
  {
    weight: 3,
    arbitrary: fc
      .tuple(rule, word)
      .map(([Name, source]) => ["AWSEvents.PutRule", { Name, EventPattern: `{"source":["${source}"]}` }]),
  },
  rule.map((Name) => ["AWSEvents.PutRule", { Name, ScheduleExpression: "rate(5 minutes)" }]),
  {
    weight: 3,
    arbitrary: fc.tuple(rule, fc.constantFrom("a", "b", "none", "lambda")).map(([Rule, to]) => [
      "AWSEvents.PutTargets",
      {
        Rule,
        Targets: [
          {
            Id: to,
            Arn: to === "lambda" ? `arn:aws:lambda:us-east-1:${account}:function:f` : arnOf(to),
            RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 },
            DeadLetterConfig: { Arn: arnOf("dlq") },
          },
        ],
      },
    ]),
  },
  rule.map((Rule) => ["AWSEvents.RemoveTargets", { Rule, Ids: ["a"] }]),
  rule.map((Name) => ["AWSEvents.DeleteRule", { Name }]),
  rule.map((Name) => ["AWSEvents.DisableRule", { Name }]),
  fc.constant<Step>([
    "AWSEvents.CreateArchive",
    { ArchiveName: "ar", EventSourceArn: bus, RetentionDays: 1 },
  ]),
  fc.constant<Step>(["AWSEvents.DeleteArchive", { ArchiveName: "ar" }]),
  word.map((ReplayName) => [
    "AWSEvents.StartReplay",
    {
      ReplayName,
      EventSourceArn: `arn:aws:events:us-east-1:${account}:archive/ar`,
      EventStartTime: start / 1000 - 10,
      EventEndTime: start / 1000 + 86_400,
      Destination: { Arn: bus },
    },
  ]),
  word.map((value) => ["AWSEvents.TagResource", { ResourceARN: bus, Tags: [{ Key: "k", Value: value }] }]),
  {
    weight: 5,
    arbitrary: word.map((Source) => [
      "AWSEvents.PutEvents",
      { Entries: [{ Source, DetailType: "t", Detail: "{}" }] },
    ]),
  },
);

const settings = () => ({
  clock: windableClock(start),
  events: {
    handlers: {
      lambda: () => {
        throw new Error("not now");
      },
    },
  },
});

/** Which group of a FIFO queue comes first is nobody's promise, so messages of several are put in order here. */
async function ask(local: Local, operation: string, input: object): Promise<Answer> {
  const answer = await call(local, operation, input);
  if (operation === "AmazonSQS.ReceiveMessage" && (input as { QueueUrl: string }).QueueUrl.endsWith(".fifo"))
    answer.Messages?.sort((a: Answer, b: Answer) => (a.MessageId < b.MessageId ? -1 : 1));
  return answer;
}

/** All that a client can see, the messages last because looking at them changes them. */
async function look(local: Local): Promise<Answer> {
  const seen: Answer = {};
  const see = async (operation: string, input: object = {}) => {
    const answer = await ask(local, operation, input);
    seen[`${operation} ${JSON.stringify(input)}`] = answer;
    return answer;
  };
  await see("AWSEvents.DescribeEventBus");
  await see("AWSEvents.ListTagsForResource", { ResourceARN: bus });
  for (const { Name } of (await see("AWSEvents.ListRules")).Rules)
    await see("AWSEvents.ListTargetsByRule", { Rule: Name });
  await see("AWSEvents.DescribeArchive", { ArchiveName: "ar" });
  for (const ReplayName of ["x", "y", "z"]) await see("AWSEvents.DescribeReplay", { ReplayName });
  await see("AmazonSQS.ListMessageMoveTasks", { SourceArn: arnOf("dlq"), MaxResults: 10 });
  const names = ["a", "b", "dlq", "f.fifo"];
  for (const name of names) {
    await see("AmazonSQS.GetQueueAttributes", { QueueUrl: `URL:${name}`, AttributeNames: ["All"] });
    await see("AmazonSQS.ListQueueTags", { QueueUrl: `URL:${name}` });
  }
  for (const name of names)
    await see("AmazonSQS.ReceiveMessage", {
      QueueUrl: `URL:${name}`,
      MaxNumberOfMessages: 10,
      AttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
  seen.schemas = await rest(local, "GET", "/v1/registries");
  return seen;
}

it("whatever was done, and however often it ended in between: the same as in one that never did", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: "max" }), async (steps) => {
      using directory = openDirectory();
      const forEver = settings();
      await using one = await startLocal({ ...forEver, random: seeded(7) });
      await using other = await openKept(directory.path, { events: settings().events });
      let handle: object | undefined;
      for (const [operation, value] of [...firstSteps, ...(steps as Step[])]) {
        if (operation === "crash" || operation === "restart") await other[operation]();
        else if (typeof value === "number")
          await Promise.all([forEver.clock.advance(value), other.clock.advance(value)]);
        else {
          const [name, input] =
            operation === "delete-received"
              ? ["AmazonSQS.DeleteMessage", handle ?? {}]
              : [operation, value as object];
          const [expected, found] = [await ask(one, name, input), await ask(other.local, name, input)];
          expect(found).toEqual(expected);
          const [message] = expected.Messages ?? [];
          if (message !== undefined)
            handle = {
              QueueUrl: (input as { QueueUrl: string }).QueueUrl,
              ReceiptHandle: message.ReceiptHandle,
            };
        }
      }
      await compare(one, other);
    }),
    { numRuns: 10, interruptAfterTimeLimit: 8_000 },
  );
}, 30_000);

async function compare(one: Local, other: Kept): Promise<void> {
  const expected = await look(one);
  await other.crash();
  expect(await look(other.local)).toEqual(expected);
}
