import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  paginateListQueues,
  RemovePermissionCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { faultOf, openBench } from "./bench.ts";

it("gives a new queue the attributes that AWS gives it", async () => {
  await using bench = await openBench();
  const created = String(Date.UTC(2026, 0, 1) / 1000);
  const common = {
    ApproximateNumberOfMessages: "0",
    ApproximateNumberOfMessagesDelayed: "0",
    ApproximateNumberOfMessagesNotVisible: "0",
    CreatedTimestamp: created,
    DelaySeconds: "0",
    LastModifiedTimestamp: created,
    MaximumMessageSize: "1048576",
    MessageRetentionPeriod: "345600",
    ReceiveMessageWaitTimeSeconds: "0",
    SqsManagedSseEnabled: "true",
    VisibilityTimeout: "30",
  };
  expect(await bench.attributes(await bench.queue("q"))).toEqual({ ...common, QueueArn: bench.arn("q") });
  expect(await bench.attributes(await bench.queue("q.fifo", { FifoQueue: "true" }))).toEqual({
    ...common,
    QueueArn: bench.arn("q.fifo"),
    ContentBasedDeduplication: "false",
    DeduplicationScope: "queue",
    FifoQueue: "true",
    FifoThroughputLimit: "perQueue",
  });
});

it("answers a second creation alike, and refuses one with other attributes", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q", { DelaySeconds: "1" });
  expect(QueueUrl).toBe(`${bench.local.url}/000000000000/q`);
  expect(await bench.queue("q")).toBe(QueueUrl);
  expect(await bench.queue("q", { DelaySeconds: "1", VisibilityTimeout: "30" })).toBe(QueueUrl);
  expect(await faultOf(bench.queue("q", { DelaySeconds: "2" }))).toBe(
    "400 QueueNameExists (QueueAlreadyExists): A queue already exists with the same name and a different value for attribute DelaySeconds",
  );
  const found = await bench.client.send(new GetQueueUrlCommand({ QueueName: "q" }));
  expect(found.QueueUrl).toBe(QueueUrl);
});

it("keeps the name of a deleted queue for a minute", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  await bench.client.send(new DeleteQueueCommand({ QueueUrl }));
  expect(await faultOf(bench.client.send(new GetQueueUrlCommand({ QueueName: "q" })))).toBe(
    "400 QueueDoesNotExist (AWS.SimpleQueueService.NonExistentQueue): The specified queue does not exist.",
  );
  await bench.clock.advance(59_999);
  expect(await faultOf(bench.queue("q"))).toBe(
    "400 QueueDeletedRecently (AWS.SimpleQueueService.QueueDeletedRecently): You must wait 60 seconds after deleting a queue before you can create another with the same name.",
  );
  await bench.clock.advance(1);
  expect(await bench.queue("q")).toBe(QueueUrl);
});

it("forgets everything on reset, cool-downs included", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  await bench.client.send(new DeleteQueueCommand({ QueueUrl }));
  await bench.queue("other");
  bench.local.reset();
  expect((await bench.client.send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined();
  await bench.queue("q");
});

it("lists by prefix and in pages", async () => {
  await using bench = await openBench();
  for (const name of ["b2", "a", "b1", "b3"]) await bench.queue(name);
  const nameOf = (url: string) => url.slice(url.lastIndexOf("/") + 1);
  const { QueueUrls } = await bench.client.send(new ListQueuesCommand({ QueueNamePrefix: "b" }));
  expect(QueueUrls!.map(nameOf)).toEqual(["b1", "b2", "b3"]);
  const pages: string[][] = [];
  for await (const page of paginateListQueues({ client: bench.client, pageSize: 3 }, {}))
    pages.push(page.QueueUrls!.map(nameOf));
  expect(pages).toEqual([["a", "b1", "b2"], ["b3"]]);
});

it("answers just the attributes asked for", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const get = (AttributeNames?: string[]) =>
    bench.client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: AttributeNames as never }));
  expect((await get()).Attributes).toBeUndefined();
  expect((await get(["Policy"])).Attributes).toEqual({});
  expect((await get(["QueueArn", "DelaySeconds"])).Attributes).toEqual({
    QueueArn: bench.arn("q"),
    DelaySeconds: "0",
  });
  expect(await faultOf(get(["Colour"]))).toBe(
    "400 InvalidAttributeName (InvalidAttributeName): Unknown Attribute Colour.",
  );
});

it("sets attributes, and gives policies back as they were written", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const Policy = `{ "Version":"2012-10-17",  "Statement": [{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}] }`;
  await bench.clock.advance(5000);
  await bench.client.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy, VisibilityTimeout: "69" } }),
  );
  const set = await bench.attributes(QueueUrl);
  expect(set).toMatchObject({ Policy, VisibilityTimeout: "69" });
  expect(Number(set.LastModifiedTimestamp) - Number(set.CreatedTimestamp)).toBe(5);
  await bench.client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: "" } }));
  expect(await bench.attributes(QueueUrl)).not.toHaveProperty("Policy");
});

it("uses one kind of encryption at a time", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q", { KmsMasterKeyId: "testKeyId" });
  const set = (Attributes: Record<string, string>) =>
    bench.client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  expect(await bench.attributes(QueueUrl)).toMatchObject({
    KmsMasterKeyId: "testKeyId",
    KmsDataKeyReusePeriodSeconds: "300",
    SqsManagedSseEnabled: "false",
  });
  expect(await faultOf(set({ KmsMasterKeyId: "k", SqsManagedSseEnabled: "true" }))).toBe(
    "400 InvalidAttributeName (InvalidAttributeName): You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
  );
  await set({ KmsMasterKeyId: "", SqsManagedSseEnabled: "true" });
  expect(await bench.attributes(QueueUrl)).not.toHaveProperty("KmsMasterKeyId");
});

it("keeps tags", async () => {
  await using bench = await openBench();
  await bench.client.send(new CreateQueueCommand({ QueueName: "q", tags: { a: "1" } }));
  const QueueUrl = `${bench.local.url}/000000000000/q`;
  const tags = async () => (await bench.client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags;
  await bench.client.send(new TagQueueCommand({ QueueUrl, Tags: { b: "", c: "3" } }));
  expect(await tags()).toEqual({ a: "1", b: "", c: "3" });
  await bench.client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["a", "c", "none"] }));
  expect(await tags()).toEqual({ b: "" });
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, "v"]));
  expect(await faultOf(bench.client.send(new TagQueueCommand({ QueueUrl, Tags: many })))).toContain(
    "Too many tags",
  );
});

it("adds and removes permissions as statements of the policy", async () => {
  await using bench = await openBench();
  const QueueUrl = await bench.queue("q");
  const add = (Label: string, AWSAccountIds: string[], Actions: string[]) =>
    bench.client.send(new AddPermissionCommand({ QueueUrl, Label, AWSAccountIds, Actions }));
  const remove = (Label: string) => bench.client.send(new RemovePermissionCommand({ QueueUrl, Label }));
  const policy = async () => JSON.parse((await bench.attributes(QueueUrl)).Policy ?? "null");
  await add("one", ["111111111111", "222222222222"], ["ReceiveMessage"]);
  expect(await policy()).toEqual({
    Version: "2008-10-17",
    Id: `${bench.arn("q")}/SQSDefaultPolicy`,
    Statement: [
      {
        Sid: "one",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"] },
        Action: "SQS:ReceiveMessage",
        Resource: bench.arn("q"),
      },
    ],
  });
  expect(await faultOf(add("one", ["111111111111"], ["*"]))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): Value one for parameter Label is invalid. Reason: Already exists.",
  );
  expect(await faultOf(add("two", ["111111111111"], ["CreateQueue"]))).toContain(
    "Only the queue owner is allowed to invoke this action.",
  );
  await add("two", ["111111111111"], ["SendMessage", "GetQueueUrl"]);
  await remove("one");
  expect((await policy()).Statement).toMatchObject([
    { Sid: "two", Action: ["SQS:SendMessage", "SQS:GetQueueUrl"] },
  ]);
  await remove("two");
  expect(await policy()).toBeNull();
  expect(await faultOf(remove("two"))).toBe(
    "400 InvalidParameterValue (InvalidParameterValue): Value two for parameter Label is invalid. Reason: can't find label.",
  );
});
