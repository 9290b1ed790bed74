import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  DeleteMessageBatchCommand,
  ListQueuesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { countsOf, faultOf, openBench } from "./sqs/bench.ts";

async function openFaulty() {
  const bench = await openBench();
  const QueueUrl = await bench.queue("q");
  return {
    ...bench,
    QueueUrl,
    faults: bench.local.faults,
    send: (MessageBody = "x") => bench.client.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    counts: async () => countsOf(await bench.attributes(QueueUrl)),
  };
}

it("throttles the n-th call, and no other", async () => {
  await using bench = await openFaulty();
  bench.faults.add({ kind: "throttle", operation: "SendMessage", nth: [2, 3] });
  await bench.send();
  for (const _ of [2, 3])
    expect(await faultOf(bench.send())).toBe("403 RequestThrottled (RequestThrottled): Rate exceeded");
  await bench.send();
  expect(await bench.counts()).toBe("2 0 0");
  expect(bench.faults.calls("SendMessage")).toBe(4);
});

it("is what the SDK tries again by itself", async () => {
  await using bench = await openFaulty();
  const patient = new (bench.client.constructor as typeof import("@aws-sdk/client-sqs").SQSClient)({
    endpoint: bench.local.url,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 3,
  });
  bench.faults.add({
    kind: "error",
    operation: "ListQueues",
    nth: 1,
    status: 503,
    code: "ServiceUnavailable",
  });
  await patient.send(new ListQueuesCommand({}));
  expect(bench.faults.calls("ListQueues")).toBe(2);
  patient.destroy();
});

it("fails each second call of any operation with an error of choice, until taken back", async () => {
  await using bench = await openFaulty();
  const takeBack = bench.faults.add({
    kind: "error",
    operation: "*",
    every: 2,
    status: 400,
    code: "AccessDeniedException",
    message: "not you",
  });
  await bench.send();
  expect(await faultOf(bench.send())).toBe("400 AccessDeniedException (undefined): not you");
  await bench.send();
  takeBack();
  await bench.send();
});

it("answers an internal error without doing the work", async () => {
  await using bench = await openFaulty();
  bench.faults.add({ kind: "error", operation: "SendMessage" });
  expect(await faultOf(bench.send())).toBe("500 InternalFailure (undefined): An error made on purpose.");
  bench.faults.clear();
  expect(await bench.counts()).toBe("0 0 0");
});

it("strikes only calls whose input is so", async () => {
  await using bench = await openFaulty();
  bench.faults.add({
    kind: "throttle",
    operation: "SendMessage",
    where: (input) => (input as { MessageBody: string }).MessageBody === "bad",
    nth: 2,
  });
  for (const body of ["bad", "good"]) await bench.send(body);
  expect(await faultOf(bench.send("bad"))).toContain("RequestThrottled");
});

it("resets the connection before the work, or after it in place of the answer", async () => {
  await using bench = await openFaulty();
  const reset = bench.faults.add({ kind: "reset", operation: "SendMessage" });
  await expect(bench.send()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(await bench.counts()).toBe("0 0 0");
  reset();
  bench.faults.add({ kind: "lose-answer", operation: "SendMessage" });
  await expect(bench.send()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(await bench.counts()).toBe("1 0 0");
});

it("never answers", async () => {
  await using bench = await openFaulty();
  bench.faults.add({ kind: "hang", operation: "SendMessage" });
  const leaving = new AbortController();
  const sent = bench.client.send(new SendMessageCommand({ QueueUrl: bench.QueueUrl, MessageBody: "x" }), {
    abortSignal: leaving.signal,
  });
  while (bench.faults.calls("SendMessage") === 0) await new Promise((resolve) => setImmediate(resolve));
  await bench.clock.advance(3_600_000);
  leaving.abort();
  await expect(sent).rejects.toMatchObject({ name: "AbortError" });
  expect(await bench.counts()).toBe("0 0 0");
});

it("does the work and answers late", async () => {
  await using bench = await openFaulty();
  bench.faults.add({ kind: "late", operation: "SendMessage", ms: 5000 });
  const begun = bench.timer(5000);
  const sent = bench.send();
  await begun;
  expect(await bench.counts()).toBe("1 0 0");
  await bench.clock.advance(5000);
  expect((await sent).MessageId).toBeDefined();
});

it("fails some entries of a batch and does the others", async () => {
  await using bench = await openFaulty();
  const { QueueUrl } = bench;
  bench.faults.add({ kind: "fail-entries", operation: "SendMessageBatch", entries: [0, 2], nth: 1 });
  const Entries = ["a", "b", "c"].map((Id) => ({ Id, MessageBody: Id }));
  const sent = await bench.client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(sent.Successful!.map(({ Id }) => Id)).toEqual(["b"]);
  expect(sent.Failed).toEqual(
    ["a", "c"].map((Id) => ({
      Id,
      SenderFault: false,
      Code: "InternalFailure",
      Message: "An error made on purpose.",
    })),
  );
  expect(await bench.counts()).toBe("1 0 0");
  bench.faults.add({ kind: "fail-entries", operation: "DeleteMessageBatch", entries: [0] });
  const [message] = await bench.receive(QueueUrl);
  const deleted = await bench.client.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [{ Id: "a", ReceiptHandle: message!.ReceiptHandle }],
    }),
  );
  expect(deleted.Failed).toHaveLength(1);
  expect(await bench.counts()).toBe("0 1 0");
});

it("fails entries of PutEvents and PutTargets in their places", async () => {
  await using bench = await openFaulty();
  const events = new EventBridgeClient({
    endpoint: bench.local.url,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  bench.faults.add({
    kind: "fail-entries",
    operation: "PutEvents",
    entries: [0, 2],
    code: "ThrottlingException",
    message: "slower",
  });
  const entry = { Source: "s", DetailType: "t", Detail: "{}" };
  const put = await events.send(new PutEventsCommand({ Entries: [entry, entry, entry, entry] }));
  expect(put.FailedEntryCount).toBe(2);
  expect(put.Entries!.map(({ ErrorCode, EventId }) => ErrorCode ?? typeof EventId)).toEqual([
    "ThrottlingException",
    "string",
    "ThrottlingException",
    "string",
  ]);
  expect(put.Entries![0]!.ErrorMessage).toBe("slower");
  await events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":["s"]}' }));
  bench.faults.add({ kind: "fail-entries", operation: "PutTargets", entries: [0] });
  const targets = await events.send(
    new PutTargetsCommand({ Rule: "r", Targets: [{ Id: "1", Arn: bench.arn("q") }] }),
  );
  expect(targets).toMatchObject({
    FailedEntryCount: 1,
    FailedEntries: [{ TargetId: "1", ErrorCode: "InternalFailure" }],
  });
  events.destroy();
});
