import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDirectory, openKept, rest } from "./lab.ts";

const account = "000000000000";
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`;
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" },
});

/** Each has to be true of an emulator that was killed and of one that was stopped. */
describe.each(["crash", "restart"] as const)("after a %s", (end) => {
  it("queues are as they were: attributes, tags, messages, what is in flight and what is delayed", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    await kept.call("AmazonSQS.CreateQueue", {
      QueueName: "q",
      Attributes: { VisibilityTimeout: "60" },
      tags: { team: "shop" },
    });
    for (const body of ["a", "b"])
      await kept.call("AmazonSQS.SendMessage", { QueueUrl: "URL:q", MessageBody: body });
    await kept.call("AmazonSQS.SendMessage", { QueueUrl: "URL:q", MessageBody: "late", DelaySeconds: 100 });
    const { Messages } = await kept.call("AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" });
    expect(Messages[0].Body).toBe("a");
    const before = await kept.call("AmazonSQS.GetQueueAttributes", {
      QueueUrl: "URL:q",
      AttributeNames: ["All"],
    });
    await kept[end]();
    expect(
      await kept.call("AmazonSQS.GetQueueAttributes", { QueueUrl: "URL:q", AttributeNames: ["All"] }),
    ).toEqual(before);
    expect(before.Attributes).toMatchObject({
      ApproximateNumberOfMessages: "1",
      ApproximateNumberOfMessagesNotVisible: "1",
      ApproximateNumberOfMessagesDelayed: "1",
    });
    expect(await kept.call("AmazonSQS.ListQueueTags", { QueueUrl: "URL:q" })).toEqual({
      Tags: { team: "shop" },
    });
    // The handle is good still, and the time that a message is hidden has gone on.
    await kept.clock.advance(59_000);
    expect((await kept.call("AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" })).Messages[0].Body).toBe("b");
    expect(await kept.call("AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" })).toEqual({});
    await kept.clock.advance(1001);
    const again = await kept.call("AmazonSQS.ReceiveMessage", {
      QueueUrl: "URL:q",
      AttributeNames: ["ApproximateReceiveCount"],
    });
    expect(again.Messages[0]).toMatchObject({ Body: "a", Attributes: { ApproximateReceiveCount: "2" } });
    await kept.call("AmazonSQS.DeleteMessage", {
      QueueUrl: "URL:q",
      ReceiptHandle: again.Messages[0].ReceiptHandle,
    });
    await kept[end]();
    await kept.clock.advance(61_000);
    const rest = await kept.call("AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q", MaxNumberOfMessages: 10 });
    expect(rest.Messages.map(({ Body }: { Body: string }) => Body).sort()).toEqual(["b", "late"]);
  });

  it("a FIFO queue goes on: order, deduplication, sequence numbers, attempts", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    await kept.call("AmazonSQS.CreateQueue", {
      QueueName: "q.fifo",
      Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true" },
    });
    const send = (MessageBody: string) =>
      kept.call("AmazonSQS.SendMessage", { QueueUrl: "URL:q.fifo", MessageBody, MessageGroupId: "g" });
    const first = await send("1");
    await send("2");
    const receive = { QueueUrl: "URL:q.fifo", ReceiveRequestAttemptId: "try-1" };
    const got = await kept.call("AmazonSQS.ReceiveMessage", receive);
    await kept[end]();
    expect((await send("1")).MessageId).toBe(first.MessageId);
    expect(await kept.call("AmazonSQS.ReceiveMessage", receive)).toEqual(got);
    const third = await send("3");
    expect(BigInt(third.SequenceNumber) > BigInt(first.SequenceNumber)).toBe(true);
    await kept.call("AmazonSQS.DeleteMessage", {
      QueueUrl: "URL:q.fifo",
      ReceiptHandle: got.Messages[0].ReceiptHandle,
    });
    await kept[end]();
    const rest = await kept.call("AmazonSQS.ReceiveMessage", {
      QueueUrl: "URL:q.fifo",
      MaxNumberOfMessages: 10,
    });
    expect(rest.Messages.map(({ Body }: { Body: string }) => Body)).toEqual(["2", "3"]);
  });

  it("cool-downs hold, a deleted queue stays away, and a receipt handle of it fits no later one", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "q" });
    await kept.call("AmazonSQS.SendMessage", { QueueUrl: "URL:q", MessageBody: "x" });
    const { Messages } = await kept.call("AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" });
    await kept.call("AmazonSQS.PurgeQueue", { QueueUrl: "URL:q" });
    await kept[end]();
    expect((await kept.call("AmazonSQS.PurgeQueue", { QueueUrl: "URL:q" })).error).toContain(
      "PurgeQueueInProgress",
    );
    await kept.call("AmazonSQS.DeleteQueue", { QueueUrl: "URL:q" });
    await kept[end]();
    expect(await kept.call("AmazonSQS.ListQueues")).toEqual({});
    expect((await kept.call("AmazonSQS.CreateQueue", { QueueName: "q" })).error).toContain(
      "QueueDeletedRecently",
    );
    await kept.clock.advance(60_000);
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "q" });
    const old = { QueueUrl: "URL:q", ReceiptHandle: Messages[0].ReceiptHandle };
    expect((await kept.call("AmazonSQS.DeleteMessage", old)).error).toContain("ReceiptHandleIsInvalid");
  });

  it("a message move task goes on to its end", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "dlq" });
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "to" });
    await kept.call("AmazonSQS.CreateQueue", {
      QueueName: "main",
      Attributes: {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("dlq"), maxReceiveCount: 1 }),
      },
    });
    for (const body of ["1", "2", "3", "4"])
      await kept.call("AmazonSQS.SendMessage", { QueueUrl: "URL:dlq", MessageBody: body });
    await kept.call("AmazonSQS.StartMessageMoveTask", {
      SourceArn: queueArn("dlq"),
      DestinationArn: queueArn("to"),
      MaxNumberOfMessagesPerSecond: 1,
    });
    await kept.clock.advance(2000);
    const list = () => kept.call("AmazonSQS.ListMessageMoveTasks", { SourceArn: queueArn("dlq") });
    const running = await list();
    expect(running.Results[0]).toMatchObject({ Status: "RUNNING", ApproximateNumberOfMessagesMoved: 2 });
    await kept[end]();
    expect(await list()).toEqual(running);
    await kept.clock.advance(3000);
    expect((await list()).Results[0]).toMatchObject({
      Status: "COMPLETED",
      ApproximateNumberOfMessagesMoved: 4,
    });
  });

  it("buses, rules, targets, tags and policies are as they were, and events still find their way", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "q", Attributes: { Policy: policy } });
    await kept.call("AWSEvents.CreateEventBus", {
      Name: "orders",
      Description: "d",
      Tags: [{ Key: "a", Value: "1" }],
    });
    await kept.call("AWSEvents.PutPermission", {
      EventBusName: "orders",
      Action: "events:PutEvents",
      Principal: "123456789012",
      StatementId: "s",
    });
    const rule = { Name: "r", EventBusName: "orders" };
    await kept.call("AWSEvents.PutRule", {
      ...rule,
      EventPattern: '{"source":["shop"]}',
      Tags: [{ Key: "k", Value: "v" }],
    });
    await kept.call("AWSEvents.PutTargets", {
      Rule: "r",
      EventBusName: "orders",
      Targets: [{ Id: "t", Arn: queueArn("q"), InputPath: "$.detail" }],
    });
    await kept.call("AWSEvents.PutRule", {
      Name: "off",
      EventBusName: "orders",
      EventPattern: '{"source":["shop"]}',
    });
    await kept.call("AWSEvents.DisableRule", { Name: "off", EventBusName: "orders" });
    const ruleArn = `arn:aws:events:us-east-1:${account}:rule/orders/r`;
    const look = async () => [
      await kept.call("AWSEvents.DescribeEventBus", { Name: "orders" }),
      await kept.call("AWSEvents.ListRules", { EventBusName: "orders" }),
      await kept.call("AWSEvents.ListTargetsByRule", { Rule: "r", EventBusName: "orders" }),
      await kept.call("AWSEvents.ListTagsForResource", { ResourceARN: ruleArn }),
    ];
    const before = await look();
    await kept[end]();
    expect(await look()).toEqual(before);
    await kept.call("AWSEvents.PutEvents", {
      Entries: [{ Source: "shop", DetailType: "t", Detail: '{"id":1}', EventBusName: "orders" }],
    });
    await kept[end]();
    const { Messages } = await kept.call("AmazonSQS.ReceiveMessage", {
      QueueUrl: "URL:q",
      MaxNumberOfMessages: 10,
    });
    expect(Messages.map(({ Body }: { Body: string }) => Body)).toEqual(['{"id":1}']);
  });

  it("an archive has its events, and a replay goes on behind what it had sent", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    const bus = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "q", Attributes: { Policy: policy } });
    await kept.call("AWSEvents.PutRule", { Name: "r", EventPattern: '{"replay-name":[{"exists":true}]}' });
    await kept.call("AWSEvents.PutTargets", {
      Rule: "r",
      Targets: [{ Id: "t", Arn: queueArn("q"), InputPath: "$.detail" }],
    });
    await kept.call("AWSEvents.CreateArchive", { ArchiveName: "a", EventSourceArn: bus, RetentionDays: 2 });
    for (const n of [1, 2, 3]) {
      await kept.call("AWSEvents.PutEvents", {
        Entries: [{ Source: "shop", DetailType: "t", Detail: `{"n":${n}}` }],
      });
      await kept.clock.advance(60_000);
    }
    await kept[end]();
    expect(await kept.call("AWSEvents.DescribeArchive", { ArchiveName: "a" })).toMatchObject({
      EventCount: 3,
    });
    const now = kept.clock.now() / 1000;
    await kept.call("AWSEvents.StartReplay", {
      ReplayName: "again",
      EventSourceArn: `arn:aws:events:us-east-1:${account}:archive/a`,
      EventStartTime: now - 3600,
      EventEndTime: now,
      Destination: { Arn: bus },
    });
    await kept.clock.advance(25);
    await kept[end]();
    expect(await kept.call("AWSEvents.DescribeReplay", { ReplayName: "again" })).toMatchObject({
      State: "RUNNING",
    });
    await kept.clock.advance(1000);
    expect(await kept.call("AWSEvents.DescribeReplay", { ReplayName: "again" })).toMatchObject({
      State: "COMPLETED",
    });
    const { Messages } = await kept.call("AmazonSQS.ReceiveMessage", {
      QueueUrl: "URL:q",
      MaxNumberOfMessages: 10,
    });
    expect(Messages.map(({ Body }: { Body: string }) => Body).sort()).toEqual([
      '{"n":1}',
      '{"n":2}',
      '{"n":3}',
    ]);
    // What retention has forgotten does not come back.
    await kept.clock.advance(3 * 86_400_000);
    expect(await kept.call("AWSEvents.DescribeArchive", { ArchiveName: "a" })).toMatchObject({
      EventCount: 0,
    });
    await kept.call("AWSEvents.UpdateArchive", { ArchiveName: "a", RetentionDays: 0 });
    await kept[end]();
    expect(await kept.call("AWSEvents.DescribeArchive", { ArchiveName: "a" })).toMatchObject({
      EventCount: 0,
    });
  });

  it("a replay of an archive that was deleted has failed, even when another has its name by then", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    const bus = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    const archive = { ArchiveName: "a", EventSourceArn: bus };
    await kept.call("AWSEvents.CreateArchive", archive);
    await kept.call("AWSEvents.StartReplay", {
      ReplayName: "again",
      EventSourceArn: `arn:aws:events:us-east-1:${account}:archive/a`,
      EventStartTime: kept.clock.now() / 1000 - 3600,
      EventEndTime: kept.clock.now() / 1000,
      Destination: { Arn: bus },
    });
    await kept.call("AWSEvents.DeleteArchive", { ArchiveName: "a" });
    await kept.call("AWSEvents.CreateArchive", archive);
    await kept[end]();
    await kept.clock.advance(1000);
    expect(await kept.call("AWSEvents.DescribeReplay", { ReplayName: "again" })).toMatchObject({
      State: "FAILED",
    });
  });

  it("a schedule keeps its beat", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "q", Attributes: { Policy: policy } });
    await kept.call("AWSEvents.PutRule", { Name: "r", ScheduleExpression: "rate(10 minutes)" });
    await kept.call("AWSEvents.PutTargets", { Rule: "r", Targets: [{ Id: "t", Arn: queueArn("q") }] });
    await kept.clock.advance(9 * 60_000);
    await kept[end]();
    await kept.clock.advance(61_000);
    const { Messages } = await kept.call("AmazonSQS.ReceiveMessage", {
      QueueUrl: "URL:q",
      MaxNumberOfMessages: 10,
    });
    expect(Messages).toHaveLength(1);
  });

  it("connections work with their secrets, which no answer shows", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    await kept.call("AWSEvents.CreateConnection", {
      Name: "c",
      AuthorizationType: "BASIC",
      AuthParameters: { BasicAuthParameters: { Username: "u", Password: "p-very-secret" } },
    });
    const connection = await kept.call("AWSEvents.DescribeConnection", { Name: "c" });
    await kept.call("AWSEvents.CreateApiDestination", {
      Name: "d",
      ConnectionArn: connection.ConnectionArn,
      InvocationEndpoint: "https://example.com/hook",
      HttpMethod: "POST",
    });
    const destination = await kept.call("AWSEvents.DescribeApiDestination", { Name: "d" });
    await kept[end]();
    expect(await kept.call("AWSEvents.DescribeConnection", { Name: "c" })).toEqual(connection);
    expect(JSON.stringify(connection)).not.toContain("p-very-secret");
    expect(await kept.call("AWSEvents.DescribeApiDestination", { Name: "d" })).toEqual(destination);
  });

  it("schemas, versions, tags, policies and discoverers are as they were, and discovery goes on", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    const bus = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    await rest(kept.local, "POST", "/v1/registries/name/mine", { Description: "d", tags: { a: "1" } });
    const content = (title: string) =>
      JSON.stringify({
        openapi: "3.0.0",
        info: { title, version: "1" },
        paths: {},
        components: { schemas: {} },
      });
    const schema = "/v1/registries/name/mine/schemas/name/s";
    await rest(kept.local, "POST", schema, { Content: content("one"), Type: "OpenApi3" });
    await rest(kept.local, "PUT", schema, { Content: content("two") });
    await rest(kept.local, "POST", "/v1/discoverers", { SourceArn: bus });
    await kept.call("AWSEvents.PutEvents", {
      Entries: [{ Source: "shop", DetailType: "t", Detail: '{"id":1}' }],
    });
    const look = async () => [
      await rest(kept.local, "GET", "/v1/registries/name/mine"),
      await rest(kept.local, "GET", schema),
      await rest(kept.local, "GET", `${schema}/versions`),
      await rest(kept.local, "GET", "/v1/discoverers"),
      await rest(kept.local, "GET", "/v1/registries/name/discovered-schemas/schemas"),
    ];
    const before = await look();
    expect(JSON.stringify(before)).toContain("shop@t");
    await kept[end]();
    expect(await look()).toEqual(before);
    await kept.call("AWSEvents.PutEvents", {
      Entries: [{ Source: "shop", DetailType: "u", Detail: '{"id":1}' }],
    });
    expect(JSON.stringify(await look())).toContain("shop@u");
  });

  it("topics have their subscriptions, and know what they have passed on", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    const FifoQueue = "true";
    await kept.call("AmazonSQS.CreateQueue", {
      QueueName: "q.fifo",
      Attributes: { FifoQueue, Policy: policy },
    });
    const { TopicArn } = await kept.call("SNS.CreateTopic", {
      Name: "t.fifo",
      Attributes: { FifoTopic: "true", ContentBasedDeduplication: "true" },
    });
    await kept.call("SNS.CreateTopic", { Name: "gone" });
    await kept.call("SNS.DeleteTopic", { TopicArn: TopicArn.replace("t.fifo", "gone") });
    await kept.call("SNS.Subscribe", { TopicArn, Protocol: "sqs", Endpoint: queueArn("q.fifo") });
    const publish = (Message: string) => kept.call("SNS.Publish", { TopicArn, Message, MessageGroupId: "g" });
    const { MessageId } = await publish("one");
    await kept[end]();
    expect(await publish("one")).toEqual({ MessageId });
    await publish("two");
    const { Attributes } = await kept.call("AmazonSQS.GetQueueAttributes", {
      QueueUrl: "URL:q.fifo",
      AttributeNames: ["ApproximateNumberOfMessages"],
    });
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: "2" });
    expect(
      await kept.call("SNS.Publish", { TopicArn: TopicArn.replace("t.fifo", "gone"), Message: "m" }),
    ).toMatchObject({ error: expect.stringMatching(/^NotFound/) });
  });

  it("a message that has had its time does not come back when the queue keeps messages for longer", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    const retain = (MessageRetentionPeriod: string) => ({ Attributes: { MessageRetentionPeriod } });
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "q", ...retain("60") });
    await kept.call("AmazonSQS.SendMessage", { QueueUrl: "URL:q", MessageBody: "m" });
    await kept.clock.advance(61_000);
    await kept.call("AmazonSQS.SetQueueAttributes", { QueueUrl: "URL:q", ...retain("86400") });
    await kept[end]();
    expect(await kept.call("AmazonSQS.ReceiveMessage", { QueueUrl: "URL:q" })).toEqual({});
  });

  it("a message that a topic has seen is written once, however many it has seen", async () => {
    using directory = openDirectory();
    await using kept = await openKept(directory.path);
    const Attributes = { FifoTopic: "true", ContentBasedDeduplication: "true" };
    const { TopicArn } = await kept.call("SNS.CreateTopic", { Name: "t.fifo", Attributes });
    const publish = (Message: string) => kept.call("SNS.Publish", { TopicArn, Message, MessageGroupId: "g" });
    const sizes = () =>
      readdirSync(directory.path).reduce((sum, name) => sum + statSync(join(directory.path, name)).size, 0);
    const before = sizes();
    for (let n = 0; n < 50; n++) await publish(`${n}`);
    expect(sizes() - before).toBeLessThan(50 * 500);
    const first = await publish("0");
    await kept[end]();
    expect(await publish("0")).toEqual(first);
    await kept.call("SNS.DeleteTopic", { TopicArn });
    await kept[end]();
    await kept.call("SNS.CreateTopic", { Name: "t.fifo", Attributes });
    expect(await publish("0")).not.toEqual(first);
  });

  it("a delivery that is tried again is tried again, with its count and its reason", async () => {
    using directory = openDirectory();
    const seen: number[] = [];
    let fails = true;
    await using kept = await openKept(directory.path, {
      events: {
        handlers: {
          lambda: (_event, { attempt }) => {
            seen.push(attempt);
            if (fails) throw new Error("not now");
          },
        },
      },
    });
    await kept.call("AmazonSQS.CreateQueue", { QueueName: "dlq", Attributes: { Policy: policy } });
    await kept.call("AWSEvents.PutRule", { Name: "r", EventPattern: '{"source":["shop"]}' });
    await kept.call("AWSEvents.PutTargets", {
      Rule: "r",
      Targets: [
        {
          Id: "t",
          Arn: `arn:aws:lambda:us-east-1:${account}:function:f`,
          RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
          DeadLetterConfig: { Arn: queueArn("dlq") },
        },
      ],
    });
    const put = () =>
      kept.call("AWSEvents.PutEvents", { Entries: [{ Source: "shop", DetailType: "t", Detail: "{}" }] });
    await put();
    await kept.clock.advance(10);
    expect(seen).toEqual([1]);
    await kept[end]();
    await kept.clock.advance(3_600_000);
    expect(seen).toEqual([1, 2, 3, 4]);
    const { Messages } = await kept.call("AmazonSQS.ReceiveMessage", {
      QueueUrl: "URL:dlq",
      MessageAttributeNames: ["All"],
    });
    expect(Messages[0].MessageAttributes).toMatchObject({
      ERROR_MESSAGE: { StringValue: "not now" },
      RETRY_ATTEMPTS: { StringValue: "3" },
    });
    fails = false;
    seen.length = 0;
    await put();
    await kept.clock.advance(10);
    await kept[end]();
    await kept.clock.advance(3_600_000);
    // One that came through is not sent twice.
    expect(seen).toEqual([1]);
  });
});

it("forgets on reset, for good", async () => {
  using directory = openDirectory();
  await using kept = await openKept(directory.path);
  await kept.call("AmazonSQS.CreateQueue", { QueueName: "q" });
  kept.local.reset();
  await kept.crash();
  expect(await kept.call("AmazonSQS.ListQueues")).toEqual({});
});

it("only its owner may read what is kept", async () => {
  using directory = openDirectory();
  const path = join(directory.path, "state");
  await using kept = await openKept(path);
  await kept.call("AmazonSQS.CreateQueue", { QueueName: "q" });
  const names = readdirSync(path);
  expect(names).toContain("lock");
  expect(statSync(path).mode & 0o777).toBe(0o700);
  for (const name of names) expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
});
