import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import {
  type Local,
  type LocalOptions,
  NotSeenError,
  PatternError,
  startLocal,
  transform,
  windableClock,
} from "../../src/index.ts";

const worker = "arn:aws:lambda:us-east-1:000000000000:function:worker";

/** An emulator whose bus `b` has one rule `r` (source `s`) with the target `worker`. */
async function open(options: LocalOptions = {}) {
  const local = await startLocal(options);
  const events = new EventBridgeClient({ ...local.client, maxAttempts: 1 });
  await events.send(new CreateEventBusCommand({ Name: "b" }));
  await events.send(new PutRuleCommand({ Name: "r", EventBusName: "b", EventPattern: '{"source":["s"]}' }));
  const target = { Id: "t", Arn: worker, InputPath: "$.detail", RetryPolicy: { MaximumRetryAttempts: 1 } };
  await events.send(new PutTargetsCommand({ Rule: "r", EventBusName: "b", Targets: [target] }));
  const put = (Source = "s", Detail = '{"n":1}') =>
    events.send(new PutEventsCommand({ Entries: [{ EventBusName: "b", Source, DetailType: "T", Detail }] }));
  return { local, events, put, [Symbol.asyncDispose]: () => local.close() };
}

describe("spy", () => {
  it("sees events that no rule takes, and what came of the others at their targets", async () => {
    await using lab = await open({ handlers: { [worker]: () => {} } });
    await lab.put("other");
    await lab.put();
    const delivered = await lab.local.spy.waitFor({ outcome: "delivered" });
    expect(delivered).toMatchObject({
      bus: "b",
      rule: "r",
      target: "t",
      targetArn: worker,
      attempts: 1,
      body: { n: 1 },
    });
    expect(delivered.event).toMatchObject({ source: "s", "detail-type": "T", detail: { n: 1 } });
    expect(lab.local.spy.seen().map(({ outcome, event }) => [outcome, event.source])).toEqual([
      ["published", "other"],
      ["published", "s"],
      ["delivered", "s"],
    ]);
    expect(lab.local.spy.seen({ pattern: { source: ["other"] } })).toHaveLength(1);
  });

  it("waits for what is yet to come", async () => {
    await using lab = await open({ handlers: { [worker]: () => {} } });
    const second = lab.local.spy.waitFor(
      ({ outcome, event }) => outcome === "delivered" && event.detail.n === 2,
    );
    await lab.put();
    await lab.put("s", '{"n":2}');
    expect((await second).body).toEqual({ n: 2 });
  });

  it("says what it saw instead when the time is over", async () => {
    await using lab = await open({ handlers: { [worker]: () => {} } });
    const nothing = await lab.local.spy.waitFor({ rule: "r" }, { timeoutMs: 1 }).catch((error) => error);
    expect(nothing).toBeInstanceOf(NotSeenError);
    expect(nothing.message).toBe('not seen within 1 ms: {"rule":"r"}; no bus has taken any event');
    await lab.put();
    await expect(lab.local.spy.waitFor({ rule: "gone" }, { timeoutMs: 1 })).rejects.toThrow(
      'not seen within 1 ms: {"rule":"gone"}; seen last:\n  published: s "T" on b\n  delivered: s "T" by rule r on b to target t',
    );
  });

  it("tells who waits that the emulator is closed, and a filter that throws of its own fault", async () => {
    const lab = await open();
    const closed = expect(lab.local.spy.waitFor({ rule: "r" })).rejects.toThrow(
      "before the emulator was closed",
    );
    const faulty = lab.local.spy.waitFor(({ event }) => event.detail.a.b === 1).catch((error) => error);
    expect((await lab.put("other")).FailedEntryCount).toBe(0);
    expect(await faulty).toBeInstanceOf(TypeError);
    await lab.local.close();
    await closed;
  });

  it("refuses a filter whose pattern is none", async () => {
    await using local = await startLocal();
    expect(() => local.spy.seen({ pattern: { a: 1 } })).toThrow(PatternError);
    await expect(local.spy.waitFor({ pattern: { a: 1 } })).rejects.toThrow(PatternError);
  });
});

describe("startLocal", () => {
  it("has a clock that a test winds: retries come when their time has come", async () => {
    const clock = windableClock(Date.parse("2026-01-02T03:04:05Z"));
    let calls = 0;
    const handlers = { [worker]: () => Promise.reject(new Error(`failure ${++calls}`)) };
    await using local = await startLocal({ clock });
    expect(local.clock).toBe(clock);
    await using lab = await open({ clock, handlers });
    await lab.put();
    expect((await lab.local.spy.waitFor({ outcome: "retrying" })).event.time).toBe("2026-01-02T03:04:05Z");
    expect(calls).toBe(1);
    await clock.advance(3_600_000);
    expect(await lab.local.spy.waitFor({ outcome: "dropped" })).toMatchObject({
      attempts: 2,
      reason: "failure 2",
    });
  });

  it("begins a wound clock at the present", async () => {
    const before = Date.now();
    expect(windableClock().now()).toBeGreaterThanOrEqual(before);
  });

  it("fails calls on purpose", async () => {
    await using lab = await open();
    lab.local.faults.add({ operation: "PutEvents", kind: "throttle" });
    await expect(lab.put()).rejects.toThrow(/rate exceeded/i);
    lab.local.faults.clear();
    expect([...lab.local.operations]).toEqual(expect.arrayContaining(["PutEvents", "SendMessage"]));
    expect((await lab.put()).FailedEntryCount).toBe(0);
  });

  it("forgets everything on reset", async () => {
    await using lab = await open();
    const sqs = new SQSClient(lab.local.client);
    await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
    await lab.put();
    expect(lab.local.spy.seen()).not.toEqual([]);
    lab.local.reset();
    expect(lab.local.spy.seen()).toEqual([]);
    expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  });

  it("is told which state machines are express", async () => {
    const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:m";
    await using swift = await startLocal({
      states: { express: [stateMachineArn] },
      handlers: { states: () => {} },
    });
    const begun = await fetch(swift.url, {
      method: "POST",
      headers: { "x-amz-target": "AWSStepFunctions.StartExecution" },
      body: JSON.stringify({ stateMachineArn, name: "n", input: "{}" }),
    });
    expect(await begun.text()).toContain(":express:m:n:");
  });

  it("refuses events for a bus that does not exist when it is told to", async () => {
    const entry = { EventBusName: "gone", Source: "s", DetailType: "T", Detail: "{}" };
    const codeOf = async (local: Local) => {
      const events = new EventBridgeClient(local.client);
      return (await events.send(new PutEventsCommand({ Entries: [entry] }))).Entries?.[0]?.ErrorCode;
    };
    await using silent = await startLocal();
    await using strict = await startLocal({ refuseMissingBus: true });
    expect(await codeOf(silent)).toBeUndefined();
    expect(await codeOf(strict)).toBe("InvalidArgument");
  });

  it("is gone when its scope ends", async () => {
    let url = "";
    {
      await using local = await startLocal();
      url = local.url;
      expect((await fetch(url)).status).toBeGreaterThan(0);
    }
    await expect(fetch(url)).rejects.toThrow();
  });
});

describe("transform", () => {
  it("gives what a target is sent, of a text or an object", () => {
    const event = { source: "s", detail: { n: 1 } };
    expect(transform({ InputPath: "$.detail" }, event)).toEqual({ ok: true, body: '{"n":1}' });
    expect(transform({ InputPath: "$.detail" }, '{"detail":{"n":1.50}}')).toEqual({
      ok: true,
      body: '{"n":1.50}',
    });
    const InputTransformer = {
      InputPathsMap: { n: "$.detail.n" },
      InputTemplate: '"<n> by <aws.events.rule-name>"',
    };
    expect(transform({ InputTransformer }, event, { ruleName: "r" })).toEqual({ ok: true, body: '"1 by r"' });
    expect(transform({ InputPath: "$.gone" }, event)).toMatchObject({ ok: false });
  });
});
