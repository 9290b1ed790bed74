import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, order, refusal } from "./emulator.ts";

let aws: Emulator;
let queue: { url: string; arn: string };
beforeAll(async () => {
  aws = await openEmulator();
  queue = await aws.queue("all");
  await aws.rule("all", { source: [{ prefix: "" }] }, [{ Arn: queue.arn }]);
});
afterAll(() => aws[Symbol.asyncDispose]());

const send = (...Entries: object[]) => aws.events.send(new PutEventsCommand({ Entries }));

describe("PutEvents", () => {
  it("delivers the envelope with AWS's keys in AWS's order", async () => {
    const [id] = await aws.put({ ...order, Resources: ["arn:aws:s3:::a"] });
    const [message] = await aws.drain(queue.url);
    expect(message!.Body).toBe(
      `{"version":"0","id":"${id}","detail-type":"Order Placed","source":"shop","account":"000000000000","time":"2026-11-23T19:00:00Z","region":"us-east-1","resources":["arn:aws:s3:::a"],"detail":{"id":"o-1","total":12.5}}`,
    );
    expect(message!.MessageAttributes).toBeUndefined();
  });

  it("keeps a time of the past, to the second", async () => {
    await aws.put({ ...order, Time: new Date("2001-02-03T04:05:06.789Z") });
    expect(await aws.bodies(queue.url)).toMatchObject([{ time: "2001-02-03T04:05:06Z", resources: [] }]);
  });

  it("keeps numbers as they were written", async () => {
    await aws.put({ ...order, Detail: '{ "big": 12345678901234567890, "money": 1.50 }' });
    const [message] = await aws.drain(queue.url);
    expect(message!.Body).toContain('"detail":{"big":12345678901234567890,"money":1.50}');
  });

  it("passes the trace header of the entry on, and else that of the request", async () => {
    await aws.put({ ...order, TraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793" });
    const [message] = await aws.drain(queue.url);
    expect(message!.Attributes).toMatchObject({
      AWSTraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
    });
    expect(message!.Body).not.toContain("Root");
    const trace = "Root=1-67891233-abcdef012345678912345678;Sampled=1";
    const request = async (header: string) => {
      await fetch(aws.local.url, {
        method: "POST",
        headers: {
          "x-amz-target": "AWSEvents.PutEvents",
          "content-type": "application/x-amz-json-1.1",
          "x-amzn-trace-id": header,
        },
        body: JSON.stringify({ Entries: [order] }),
      });
      return (await aws.drain(queue.url))[0]!.Attributes;
    };
    expect(await request(trace)).toMatchObject({ AWSTraceHeader: trace });
    expect(await request("nonsense")).not.toHaveProperty("AWSTraceHeader");
  });

  it("answers each entry in its place", async () => {
    const { Entries, FailedEntryCount } = await send(order, { ...order, Detail: "[]" }, order);
    expect(FailedEntryCount).toBe(1);
    expect(Entries).toMatchObject([{ EventId: expect.any(String) }, { ErrorCode: "MalformedDetail" }, {}]);
    expect(Entries![1]).not.toHaveProperty("EventId");
    expect(await aws.drain(queue.url)).toHaveLength(2);
  });

  const missing = (name: string) => ({
    ErrorCode: "InvalidArgument",
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  });
  const malformed = { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  it.each([
    ["without a source", { ...order, Source: undefined }, missing("Source")],
    ["with an empty source", { ...order, Source: "" }, missing("Source")],
    ["without a detail type", { ...order, DetailType: undefined }, missing("DetailType")],
    ["without a detail", { ...order, Detail: undefined }, missing("Detail")],
    ["with a bare string", { ...order, Detail: "hello" }, malformed],
    ["with a JSON string", { ...order, Detail: '"hello"' }, malformed],
    ["with an array", { ...order, Detail: "[1]" }, malformed],
    ["with null", { ...order, Detail: "null" }, malformed],
    ["with broken JSON", { ...order, Detail: '{"a":1' }, malformed],
    ["with a number of 1001 digits", { ...order, Detail: `{"a":${"9".repeat(1001)}}` }, malformed],
    ["nested too deep", { ...order, Detail: `{"a":${"[".repeat(999)}${"]".repeat(999)}}` }, malformed],
  ])("fails an entry %s", async (_, entry, failure) => {
    expect((await send(entry)).Entries).toEqual([failure]);
  });

  it("refuses sources that belong to AWS", async () => {
    const { Entries } = await send({ ...order, Source: "aws.ec2" });
    expect(Entries).toMatchObject([{ ErrorCode: "NotAuthorizedForSourceException" }]);
  });

  it("takes a depth of 1000 with the envelope, and digits in strings", async () => {
    await aws.put({ ...order, Detail: JSON.stringify({ a: "9".repeat(5000) }) });
    const Detail = `{"a":${"[".repeat(998)}${"]".repeat(998)}}`;
    expect((await send({ ...order, Detail })).FailedEntryCount).toBe(0);
    await aws.drain(queue.url);
  });

  it("answers success for a bus that is not there, and says so in the log only", async () => {
    const { Entries, FailedEntryCount } = await send({ ...order, EventBusName: "nowhere" });
    expect(FailedEntryCount).toBe(0);
    expect(aws.log.at(-1)).toBe(`event ${Entries![0]!.EventId} is lost: no bus nowhere`);
    expect(await aws.drain(queue.url)).toEqual([]);
  });

  it("knows its own buses by ARN from those of other accounts", async () => {
    const arn = (account: string) => `arn:aws:events:us-east-1:${account}:event-bus/default`;
    await aws.put({ ...order, EventBusName: arn("111111111111") });
    expect(await aws.drain(queue.url)).toEqual([]);
    await aws.put({ ...order, EventBusName: arn("000000000000") });
    expect(await aws.drain(queue.url)).toHaveLength(1);
  });

  it("counts source, detail type, detail, resources and 14 bytes for a time, below 1 MiB together", async () => {
    const detailOf = (bytes: number) => JSON.stringify({ a: "x".repeat(bytes - 8) });
    const fixed = "shop".length + "Order Placed".length;
    const limit = 1024 * 1024;
    const over = "ValidationException: Total size of the entries in the request is over the limit.";
    expect(await refusal(send({ ...order, Detail: detailOf(limit - fixed) }))).toBe(over);
    expect((await send({ ...order, Detail: detailOf(limit - fixed - 1) })).FailedEntryCount).toBe(0);
    const timed = { ...order, Time: new Date(0), Resources: ["é"] };
    expect(await refusal(send({ ...timed, Detail: detailOf(limit - fixed - 16) }))).toBe(over);
    const half = { ...order, Detail: detailOf(limit / 2 - fixed) };
    expect(await refusal(send(half, half))).toBe(over);
    await aws.drain(queue.url);
  });

  it("refuses eleven entries as a whole, and prints them", async () => {
    const text = await refusal(
      send(...Array.from({ length: 11 }, () => ({ Source: "s", Resources: ["a", "b"] }))),
    );
    const one =
      "PutEventsRequestEntry(time=null, source=s, resources=[a, b], detailType=null, detail=null, eventBusName=null, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)";
    expect(text).toBe(
      `ValidationException: 1 validation error detected: Value '[${Array(11).fill(one).join(", ")}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`,
    );
  });
});

describe("PutEvents that refuses missing buses", () => {
  it("fails the entry", async () => {
    await using strict = await openEmulator({ events: { refuseMissingBus: true } });
    const { Entries } = await strict.events.send(
      new PutEventsCommand({ Entries: [{ ...order, EventBusName: "nowhere" }, order] }),
    );
    expect(Entries).toEqual([
      { ErrorCode: "InvalidArgument", ErrorMessage: "Event bus nowhere does not exist." },
      { EventId: expect.any(String) },
    ]);
  });
});
