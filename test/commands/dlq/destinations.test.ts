import type { Target } from "@aws-sdk/client-eventbridge";
import { beforeAll, describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import type { Handler, Invocation } from "../../../src/local/eventbridge/options.ts";
import type { LocalOptions } from "../../../src/local/start.ts";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

const at = (service: string, resource: string) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const arns = {
  function: at("lambda", "function:bill:prod"),
  topic: at("sns", "news"),
  "FIFO topic": at("sns", "line.fifo"),
  "state machine": at("states", "stateMachine:flow"),
  express: at("states", "stateMachine:quick"),
  stream: at("kinesis", "stream/s"),
} as const;
const role = at("iam", "role/r").replace("us-east-1", "");

interface Shop extends Lab {
  readonly seen: { readonly event: unknown; readonly invocation: Invocation }[];
}

/** A rule `bill` with one target, and one dead letter of it. */
async function openShop(
  target: Partial<Target> & { Arn: string },
  options: LocalOptions = {},
): Promise<Shop> {
  const seen: Shop["seen"] = [];
  const note: Handler = (event, invocation) => void seen.push({ event, invocation });
  const handlers = Object.fromEntries(Object.values(arns).map((arn) => [arn, note]));
  const lab = await openLab({
    ...options,
    states: { express: [arns.express] },
    events: { handlers: { ...handlers, ...options.events?.handlers } },
  });
  await lab.queue("dlq");
  await lab.allow("dlq");
  const DeadLetterConfig = { Arn: arnOf("dlq") };
  await lab.rule("shop", "bill", "shop", [{ Id: "a", RoleArn: role, DeadLetterConfig, ...target }]);
  await lab.send("dlq", event("e1"), failure("shop/bill", target.Arn));
  lab.local.faults.clear();
  return Object.assign(lab, { seen });
}

// The SDK's own tries would hide the faults from us.
beforeAll(() => {
  process.env.AWS_MAX_ATTEMPTS = "1";
});

const redrive = ["redrive", "dlq", "--yes", "--json"];

describe("redrive --to target", () => {
  it.each(Object.entries(arns))("hands the event to a %s", async (_, Arn) => {
    await using lab = await openShop({ Arn });
    const { code, lines, err } = await lab.dlq(redrive);
    expect(code, err).toBe(0);
    expect(lines()).toMatchObject([{ status: "redriven", destination: Arn, event: { id: "e1" } }]);
    expect(lab.seen.map(({ invocation }) => invocation.body)).toEqual([event("e1")]);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it("makes the input as the rule does", async () => {
    await using lab = await openShop({
      Arn: arns.function,
      InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: '{"number": <n>}' },
    });
    expect((await lab.dlq(redrive)).code).toBe(0);
    expect(lab.seen[0]!.event).toEqual({ number: 1 });
  });

  it.each([
    ["the rule's path", { PartitionKeyPath: "$.detail.n" }, "1"],
    ["the event's id", undefined, "e1"],
    ["the event's id where the path leads nowhere", { PartitionKeyPath: "$.detail.none" }, "e1"],
  ])("gives a record of a stream the key by %s", async (_, KinesisParameters, PartitionKey) => {
    await using lab = await openShop({ Arn: arns.stream, KinesisParameters });
    expect((await lab.dlq(redrive)).code).toBe(0);
    expect(lab.seen[0]!.invocation.request).toMatchObject({ PartitionKey });
  });

  it("counts in an attribute where a topic carries one", async () => {
    await using lab = await openShop({ Arn: arns.topic });
    await lab.dlq(redrive);
    expect(lab.seen[0]!.invocation.request).toMatchObject({
      MessageAttributes: { "evb-redrives": { DataType: "Number", StringValue: "1" } },
    });
  });

  it.each([
    ["function", "Invoke", "lambda:InvokeFunction"],
    ["topic", "Publish", "sns:Publish"],
    ["state machine", "StartExecution", "states:StartExecution"],
    ["stream", "PutRecord", "kinesis:PutRecord"],
  ] as const)("names the permission that is missing on a %s", async (kind, operation, action) => {
    await using lab = await openShop({ Arn: arns[kind] });
    lab.local.faults.add({ operation, kind: "error", status: 403, code: "AccessDeniedException" });
    const { code, lines } = await lab.dlq(redrive);
    expect(code).toBe(3);
    expect(lines()[0]).toMatchObject({
      status: "failed",
      reason: expect.stringContaining(`the caller needs ${action}`),
    });
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
  });

  it.each([
    ["function", "function:other", "ResourceNotFoundException"],
    ["topic", "other", "NotFound"],
  ])("leaves the message where the %s has gone", async (_, resource, words) => {
    const Arn = at(resource === "other" ? "sns" : "lambda", resource);
    await using lab = await openShop({ Arn });
    const { code, lines } = await lab.dlq(redrive);
    expect(code).toBe(3);
    expect(lines()[0]).toMatchObject({ status: "failed", reason: expect.stringContaining(words) });
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
  });

  it("says that a target has changed since, and sends nothing", async () => {
    await using lab = await openShop({ Arn: arns.function });
    await lab.rule("shop", "bill", "shop", [{ Id: "a", Arn: arns.topic }]);
    const { code, out, err } = await lab.dlq(["redrive", "dlq", "--yes"]);
    expect(code).toBe(3);
    expect(out).toContain(`rule bill of bus shop has no target ${arns.function} any more`);
    expect(err).toContain("hint: --to bus, bus:NAME, queue:NAME or an ARN sends elsewhere");
    expect(lab.seen).toEqual([]);
  });

  it("says that a target is in another region", async () => {
    const Arn = arns.function.replace("us-east-1", "eu-west-1");
    await using lab = await openShop({ Arn });
    const { out } = await lab.dlq(["redrive", "dlq", "--yes"]);
    expect(out).toContain("is in eu-west-1, and this run works in us-east-1");
  });
});

describe("redrive --to ARN", () => {
  it("hands over what was to be delivered, whatever the rule makes of it", async () => {
    await using lab = await openShop({ Arn: arns.topic, Input: '"constant"' });
    const { code, err } = await lab.dlq([...redrive, "--to", arns.function]);
    expect(code, err).toBe(0);
    expect(lab.seen.map(({ invocation }) => [invocation.targetArn, invocation.body])).toEqual([
      [arns.function, event("e1")],
    ]);
  });

  it("refuses an ARN of what cannot be sent to", async () => {
    await using lab = await openShop({ Arn: arns.topic });
    const { code, err } = await lab.dlq([...redrive, "--to", at("s3", "bucket")]);
    expect([code, err]).toEqual([2, expect.stringContaining("expected target, bus, bus:NAME")]);
  });
});

describe("a send whose answer was lost, and the run after it", () => {
  const operations = {
    function: "Invoke",
    topic: "Publish",
    "FIFO topic": "Publish",
    "state machine": "StartExecution",
    express: "StartExecution",
    stream: "PutRecord",
  } as const;

  it.each([
    // What is known again arrives once, and nobody need be told.
    ["FIFO topic", 1, undefined],
    ["state machine", 1, undefined],
    ["function", 2, true],
    ["topic", 2, true],
    ["express", 2, true],
    ["stream", 2, true],
  ] as const)("to a %s: it arrives %d time(s)", async (kind, times, possiblyDouble) => {
    const clock = windableClock(Date.now());
    await using lab = await openShop({ Arn: arns[kind] }, { clock });
    lab.local.faults.add({ operation: operations[kind], kind: "lose-answer", nth: 1 });
    const first = await lab.dlq(redrive);
    expect(first.code).toBe(3);
    expect(first.lines()[0]).toMatchObject({ status: "failed", possiblyDouble: true });
    await clock.advance(60e3);
    const second = await lab.dlq(redrive);
    expect(second.code, second.err).toBe(0);
    expect(second.lines()[0]).toMatchObject({ status: "redriven" });
    expect(second.lines()[0]!.possiblyDouble).toBe(possiblyDouble);
    expect(lab.seen).toHaveLength(times);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });

  it("is held by --in-doubt hold", async () => {
    await using lab = await openShop({ Arn: arns.function });
    lab.local.faults.add({ operation: "Invoke", kind: "lose-answer", nth: 1 });
    await lab.dlq(redrive);
    const { code, lines } = await lab.dlq([...redrive, "--in-doubt", "hold"]);
    expect(code).toBe(3);
    expect(lines()[0]).toMatchObject({
      status: "skipped",
      reason: "an earlier run sent it and did not learn whether it arrived",
    });
    expect(lab.seen).toHaveLength(1);
  });
});
