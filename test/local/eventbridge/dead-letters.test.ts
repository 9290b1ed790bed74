import { PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, vi } from "vitest";
import { openEmulator, order } from "./emulator.ts";

const lambda = "arn:aws:lambda:us-east-1:000000000000:function:f";
const text = (StringValue: string) => ({ DataType: "String", StringValue });

describe("a target that cannot be reached", () => {
  it("gives the event up at once, as the bus got it, with the reason", async () => {
    await using aws = await openEmulator();
    const dlq = await aws.queue("dlq");
    const gone = "arn:aws:sqs:us-east-1:000000000000:gone";
    const ruleArn = await aws.rule("r", { source: ["shop"] }, [
      { Arn: gone, InputPath: "$.detail", DeadLetterConfig: { Arn: dlq.arn } },
    ]);
    const [id] = await aws.put({ ...order, TraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793" });
    const [letter, ...more] = await aws.drain(dlq.url);
    expect(more).toEqual([]);
    expect(JSON.parse(letter!.Body!)).toMatchObject({ id, source: "shop", detail: { id: "o-1" } });
    expect(letter!.MessageAttributes).toEqual({
      RULE_ARN: text(ruleArn),
      TARGET_ARN: text(gone),
      ERROR_CODE: text("NO_RESOURCE"),
      ERROR_MESSAGE: text(
        expect.stringContaining("does not exist or you do not have access to it") as string,
      ),
      RETRY_ATTEMPTS: text("0"),
    });
    expect(letter!.Attributes).toMatchObject({
      AWSTraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
    });
  });

  it("is answered the same way when only the queue's policy is missing", async () => {
    await using aws = await openEmulator();
    const [queue, dlq] = [await aws.queue("closed"), await aws.queue("dlq")];
    await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { Policy: "" } }));
    await aws.rule("r", { source: ["shop"] }, [{ Arn: queue.arn, DeadLetterConfig: { Arn: dlq.arn } }]);
    await aws.put(order);
    const [letter] = await aws.drain(dlq.url);
    expect(letter!.MessageAttributes!.ERROR_CODE).toEqual(text("NO_RESOURCE"));
  });

  it("loses the event when no queue is named, or the named one refuses, and the log says so", async () => {
    await using aws = await openEmulator();
    const gone = "arn:aws:sqs:us-east-1:000000000000:gone";
    await aws.rule("r", { source: ["shop"] }, [
      { Arn: gone },
      { Arn: gone, DeadLetterConfig: { Arn: gone } },
    ]);
    await aws.put(order);
    expect(aws.local.deliveries().map(({ status }) => status)).toEqual(["dropped", "dropped"]);
    expect(aws.log.filter((line) => line.includes("is lost"))).toHaveLength(2);
  });

  it("is one that nobody emulates", async () => {
    await using aws = await openEmulator();
    const dlq = await aws.queue("dlq");
    await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda, DeadLetterConfig: { Arn: dlq.arn } }]);
    await aws.put(order);
    const [letter] = await aws.drain(dlq.url);
    expect(letter!.MessageAttributes!.ERROR_MESSAGE!.StringValue).toContain("no handler is named");
  });
});

describe("a target that fails", () => {
  const failing = (times: number, calls: number[], clock: () => number, more = {}) => ({
    [lambda]: () => {
      calls.push(clock());
      if (calls.length <= times) throw Object.assign(new Error("boom"), more);
    },
  });

  it("is tried again with growing waits until it succeeds", async () => {
    const calls: number[] = [];
    let now = () => 0;
    await using aws = await openEmulator({
      random: () => 0.999,
      events: { handlers: failing(5, calls, () => now()) },
    });
    now = aws.clock.now;
    await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda }]);
    await aws.put(order);
    await aws.clock.advance(60_000);
    const waits = calls.slice(1).map((at, n) => Math.round((at - calls[n]!) / 1000));
    expect(waits).toEqual([1, 2, 4, 8, 16]);
    expect(aws.local.deliveries().map(({ status, attempts }) => `${attempts} ${status}`)).toEqual([
      "1 retrying",
      "2 retrying",
      "3 retrying",
      "4 retrying",
      "5 retrying",
      "6 delivered",
    ]);
  });

  it("may give any reason: its event is kept all the same", async () => {
    const reason = `\u001b[31mboom\u001b[0m ${"x".repeat(1009)}😀 and more`;
    const fail = () => {
      throw Object.assign(new Error(reason), { retryable: false });
    };
    await using aws = await openEmulator({ events: { handlers: { lambda: fail } } });
    const dlq = await aws.queue("dlq");
    await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda, DeadLetterConfig: { Arn: dlq.arn } }]);
    await aws.put(order);
    await vi.waitFor(() => expect(aws.local.deliveries().at(-1)?.status).toBe("dead-lettered"));
    const [letter] = await aws.drain(dlq.url);
    const told = letter!.MessageAttributes!.ERROR_MESSAGE!.StringValue!;
    expect(told).toBe(`\ufffd[31mboom\ufffd[0m ${"x".repeat(1009)}\ufffd`);
  });

  it("is given up after 185 retries, and the dead letter says which limit it was", async () => {
    const calls: number[] = [];
    await using aws = await openEmulator({
      random: () => 0.1,
      events: { handlers: failing(1000, calls, () => 0) },
    });
    const dlq = await aws.queue("dlq");
    await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda, DeadLetterConfig: { Arn: dlq.arn } }]);
    await aws.put(order);
    await aws.clock.advance(86_400_000);
    expect(calls).toHaveLength(186);
    const [letter] = await aws.drain(dlq.url);
    expect(letter!.MessageAttributes).toMatchObject({
      ERROR_CODE: text("ERROR_FROM_TARGET"),
      ERROR_MESSAGE: text("boom"),
      RETRY_ATTEMPTS: text("185"),
      EXHAUSTED_RETRY_CONDITION: text("MaximumRetryAttempts"),
    });
  });

  it("is given up when the event is too old, at that moment", async () => {
    const calls: number[] = [];
    await using aws = await openEmulator({
      random: () => 0.999,
      events: { handlers: failing(1000, calls, () => 0) },
    });
    const dlq = await aws.queue("dlq");
    const RetryPolicy = { MaximumEventAgeInSeconds: 60 };
    await aws.rule("r", { source: ["shop"] }, [
      { Arn: lambda, RetryPolicy, DeadLetterConfig: { Arn: dlq.arn } },
    ]);
    await aws.put(order);
    await aws.clock.advance(59_999);
    expect(await aws.drain(dlq.url)).toEqual([]);
    await aws.clock.advance(1);
    const [letter] = await aws.drain(dlq.url);
    expect(letter!.MessageAttributes).toMatchObject({
      RETRY_ATTEMPTS: text(String(calls.length - 1)),
      EXHAUSTED_RETRY_CONDITION: text("MaximumEventAgeInSeconds"),
    });
  });

  it("is not tried again without retries, or when it says that this is useless", async () => {
    const calls: number[] = [];
    await using aws = await openEmulator({
      events: { handlers: failing(1000, calls, () => 0, { code: "NO_PERMISSIONS", retryable: false }) },
    });
    const dlq = await aws.queue("dlq");
    const DeadLetterConfig = { Arn: dlq.arn };
    await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda, DeadLetterConfig }]);
    await aws.put(order);
    await aws.clock.advance(0);
    const [letter] = await aws.drain(dlq.url);
    expect(letter!.MessageAttributes).toMatchObject({ ERROR_CODE: text("NO_PERMISSIONS") });
    expect(letter!.MessageAttributes).not.toHaveProperty("EXHAUSTED_RETRY_CONDITION");
  });

  it("with no retries allowed ends as exhausted after one try", async () => {
    const calls: number[] = [];
    await using aws = await openEmulator({ events: { handlers: failing(1000, calls, () => 0) } });
    const dlq = await aws.queue("dlq");
    await aws.rule("r", { source: ["shop"] }, [
      { Arn: lambda, RetryPolicy: { MaximumRetryAttempts: 0 }, DeadLetterConfig: { Arn: dlq.arn } },
    ]);
    await aws.put(order);
    await aws.clock.advance(0);
    expect(calls).toHaveLength(1);
    const [letter] = await aws.drain(dlq.url);
    expect(letter!.MessageAttributes).toMatchObject({
      RETRY_ATTEMPTS: text("0"),
      EXHAUSTED_RETRY_CONDITION: text("MaximumRetryAttempts"),
    });
  });

  it("gets nothing more after a reset", async () => {
    const calls: number[] = [];
    await using aws = await openEmulator({ events: { handlers: failing(1000, calls, () => 0) } });
    await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda }]);
    await aws.put(order);
    await aws.clock.advance(0);
    const before = calls.length;
    aws.local.reset();
    await aws.clock.advance(86_400_000);
    expect(calls).toHaveLength(before);
  });
});

describe("an emulator that is closed", () => {
  it("calls nobody any more", async () => {
    const calls: number[] = [];
    const aws = await openEmulator({
      events: {
        handlers: {
          [lambda]: () => {
            calls.push(1);
            throw new Error("boom");
          },
        },
      },
    });
    await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda }]);
    await aws.put(order);
    await aws.clock.advance(0);
    await aws[Symbol.asyncDispose]();
    await aws.clock.advance(86_400_000);
    expect(calls).toHaveLength(1);
    expect(aws.local.deliveries()).toHaveLength(1);
  });
});

describe("a handler", () => {
  it("gets the body parsed, and is told of the target, the rule and the try", async () => {
    const seen: unknown[] = [];
    await using aws = await openEmulator({
      events: { handlers: { [lambda]: (event, invocation) => seen.push(event, invocation) } },
    });
    const ruleArn = await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda, InputPath: "$.detail" }]);
    await aws.events.send(
      new PutTargetsCommand({ Rule: "r", Targets: [{ Id: "t1", Arn: lambda, InputPath: "$.detail.id" }] }),
    );
    await aws.put(order);
    await aws.clock.advance(0);
    expect(seen).toEqual(["o-1", { targetArn: lambda, ruleArn, attempt: 1, body: '"o-1"' }]);
  });

  it("may stand for a service, beside handlers of single targets", async () => {
    const seen: string[] = [];
    const other = `${lambda}2`;
    const handlers = {
      lambda: () => seen.push("service"),
      [other]: () => seen.push("target"),
    };
    await using aws = await openEmulator({ events: { handlers } });
    await aws.rule("r", { source: ["shop"] }, [{ Arn: lambda }, { Arn: other }]);
    await aws.put(order);
    await aws.clock.advance(0);
    expect(seen).toEqual(["service", "target"]);
  });
});
