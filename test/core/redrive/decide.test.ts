import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/redrive/decide.ts";
import type { Case, Decision } from "../../../src/core/redrive/decision.ts";
import { parseDestination, renderDestination } from "../../../src/core/redrive/destination.ts";
import type { BusFact, Fact, Facts, QueueFact, RuleTarget } from "../../../src/core/redrive/facts.ts";
import type { Message } from "../../../src/core/redrive/message.ts";
import { parseLetter } from "../../../src/core/redrive/parse.ts";
import { deadOrder, makeMessage, orderPlaced, queueArn, ruleArn, targetArn } from "./message.ts";

const found = <T>(value: T): Fact<T> => ({ state: "found", value });
const queueFact = (arn: string): Fact<QueueFact> =>
  found({ arn, url: `https://q/${arn}`, deadLetterArn: undefined });
const busArn = "arn:aws:events:eu-west-1:123456789012:event-bus/shop";
const busFact: Fact<BusFact> = found({
  arn: busArn,
  name: "shop",
  rules: [
    { name: "bill", matches: () => true },
    { name: "other", matches: () => false },
  ],
});

const facts = (about: {
  targets?: Fact<readonly RuleTarget[]>;
  bus?: Fact<BusFact>;
  queue?: Fact<QueueFact>;
  functions?: Fact<readonly string[]>;
}): Facts => ({
  targets: () => about.targets,
  bus: () => about.bus,
  queue: () => about.queue,
  functions: () => about.functions,
});

const target = (more: Partial<RuleTarget> = {}): RuleTarget => ({ Id: "a", Arn: targetArn, ...more });

/** Ten minutes after the messages came into the queue. */
const now = 1767323045000 + 600_000;

const about = (to: string, known: Parameters<typeof facts>[0] = {}, more: Partial<Case> = {}): Case => ({
  to: parseDestination(to)!,
  sourceArn: queueArn,
  facts: facts(known),
  now,
  redrives: 0,
  maxRedrives: 3,
  ...more,
});

const run = (message: Message, one: Case) => decide(parseLetter(message), message, one);
const reason = (decision: ReturnType<typeof run>) => (decision as Extract<Decision, { do: "skip" }>).reason;
const parcel = (decision: ReturnType<typeof run>) => {
  const { sending } = decision as Extract<Decision, { do: "send" }>;
  if (sending.to !== "queue") throw new Error("not for a queue");
  return sending.parcel;
};

describe("a destination", () => {
  it.each(["target", "source", "bus", "bus:shop", "queue:orders", "queue:arn:aws:sqs:eu-west-1:1:q"])(
    "%s",
    (text) => {
      expect(renderDestination(parseDestination(text)!)).toBe(text);
    },
  );
  it.each(["", "queue", "queue:", "bus:", "Target", "topic:x"])("is not %j", (text) => {
    expect(parseDestination(text)).toBeUndefined();
  });
});

describe("what it asks for", () => {
  it("is one fact after the other", () => {
    expect(run(deadOrder(), about("target"))).toEqual({ need: "targets", ruleArn });
    expect(run(deadOrder(), about("target", { targets: found([target()]) }))).toEqual({
      need: "queue",
      queue: targetArn,
    });
    expect(run(deadOrder(), about("bus"))).toEqual({ need: "bus", bus: busArn });
    expect(run(deadOrder(), about("bus:other"))).toEqual({ need: "bus", bus: "other" });
    expect(run(deadOrder(), about("queue:x"))).toEqual({ need: "queue", queue: "x" });
  });
});

describe("to the target", () => {
  const known = (...targets: RuleTarget[]) => ({ targets: found(targets), queue: queueFact(targetArn) });

  it("carries the body that the rule makes, none of the failure's attributes, and the count", () => {
    const made = parcel(
      run(
        deadOrder({ AWSTraceHeader: "Root=1" }),
        about("target", known(target({ InputPath: "$.detail" })), { redrives: 1 }),
      ),
    );
    expect(made).toMatchObject({ body: '{"total":12}', traceHeader: "Root=1", deduplicationId: undefined });
    expect(made.attributes).toEqual({ "evb-redrives": { DataType: "Number", StringValue: "2" } });
  });

  it("takes of several targets with one ARN the one whose dead letters come here", () => {
    const ours = target({ Id: "b", Input: '"ours"', deadLetterArn: queueArn });
    expect(parcel(run(deadOrder(), about("target", known(target(), ours)))).body).toBe('"ours"');
  });

  it.each([
    [
      "cannot tell two targets apart",
      known(target(), target({ Id: "b", Input: "1" })),
      /2 targets with this ARN and different inputs/,
    ],
    [
      "finds the rule gone",
      { targets: { state: "missing" } as const },
      /rule bill of bus shop does not exist any more/,
    ],
    ["finds the target gone", known(), /has no target .*billing any more/],
    ["may not look", { targets: { state: "denied", why: "no" } as const }, /may not be looked at: no/],
    [
      "finds the queue gone",
      { ...known(target()), queue: { state: "missing" } as const },
      /queue billing does not exist/,
    ],
    ["cannot make the input", known(target({ InputPath: "$.nothing" })), /input cannot be made/],
    [
      "would send it back to where it lies",
      { ...known(target()), queue: queueFact(queueArn) },
      /the queue that it lies in/,
    ],
  ])("skips when it %s", (_, facts, words) => {
    expect(reason(run(deadOrder(), about("target", facts)))).toMatch(words);
  });

  it.each([
    [makeMessage("x"), /does not say who was to have it/],
    [makeMessage({}, { RULE_ARN: ruleArn }), /names no target/],
    [makeMessage({}, { SUBSCRIBER_ARN: "s" }), /record of the newer event bus, which holds no event/],
    [makeMessage("{", { RULE_ARN: ruleArn, TARGET_ARN: targetArn }), /malformed: the body is no JSON object/],
  ])("skips what cannot be sent there", (message, words) => {
    expect(reason(run(message, about("target", known(target()))))).toMatch(words);
  });

  it("skips what has been round too often", () => {
    expect(reason(run(deadOrder(), about("target", known(target()), { redrives: 3 })))).toBe(
      "it has been redriven 3 times already",
    );
  });
});

describe("to a bus", () => {
  it("publishes source, type, time, resources and detail to the byte, and says which rules fire", () => {
    const body = JSON.stringify(orderPlaced).replace('{"total":12}', '{"total": 12345678901234567890}');
    const decision = run({ ...deadOrder(), body }, about("bus", { bus: busFact }));
    expect(decision).toMatchObject({
      do: "send",
      sending: {
        to: "bus",
        arn: busArn,
        rules: ["bill"],
        entry: {
          source: "shop",
          detailType: "Order Placed",
          detail: '{"total": 12345678901234567890}',
          time: Date.parse(orderPlaced.time),
          bus: busArn,
        },
      },
    });
  });

  it.each([
    ["an AWS service's event", deadOrder({}, "m1", { ...orderPlaced, source: "aws.ec2" }), busFact, /aws\./],
    ["a message without an event", makeMessage("x"), busFact, /holds no event/],
    ["a bus that is missing", deadOrder(), { state: "missing" } as const, /would take the event and drop it/],
    [
      "a bus that may not be looked at",
      deadOrder(),
      { state: "denied", why: "no" } as const,
      /cannot be checked/,
    ],
    [
      "an event that no rule takes",
      deadOrder(),
      found({ arn: busArn, name: "shop", rules: [] }),
      /it would vanish/,
    ],
  ])("refuses %s", (_, message, bus, words) => {
    expect(reason(run(message, about("bus:shop", { bus })))).toMatch(words);
  });

  it("asks for a bus where the message names none", () => {
    expect(reason(run(makeMessage(orderPlaced), about("bus")))).toBe(
      "it does not say which bus it came from",
    );
  });
});

describe("to a queue", () => {
  const fifo = "arn:aws:sqs:eu-west-1:123456789012:orders.fifo";
  const toFifo = about("queue:orders.fifo", { queue: queueFact(fifo) });

  it("keeps the group and the deduplication id", () => {
    const message = makeMessage("x", { a: "b" }, { MessageGroupId: "g", MessageDeduplicationId: "d" });
    expect(parcel(run(message, toFifo))).toMatchObject({
      groupId: "g",
      deduplicationId: "d",
      attributes: { a: {} },
    });
  });

  it("takes another deduplication id while a queue may still remember the message's own", () => {
    const message = makeMessage(
      "x",
      {},
      { MessageGroupId: "g", MessageDeduplicationId: "d", SentTimestamp: String(now - 60e3) },
    );
    expect(parcel(run(message, toFifo)).deduplicationId).toBe("evb-m1");
  });

  it("takes the id of the try before, where there was one", () => {
    const again = { ...toFifo, deduplicationId: "evb-before" };
    expect(parcel(run(makeMessage("x"), again)).deduplicationId).toBe("evb-before");
  });

  it("gives a message without a group one of its own", () => {
    expect(parcel(run(makeMessage("x"), toFifo))).toMatchObject({ groupId: "m1", deduplicationId: "evb-m1" });
  });

  it("does not count on a message that has ten attributes already", () => {
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`a${n}`, "v"]));
    const made = parcel(run(makeMessage("x", ten), about("queue:q", { queue: queueFact(targetArn) })));
    expect(Object.keys(made.attributes)).toEqual(Object.keys(ten));
  });

  it("does not count on a message that would become too large by it", () => {
    const counted = (bytes: number, maxBytes?: number) => {
      const message = makeMessage("x".repeat(bytes));
      const queue = found({
        arn: queueArn.replace(/[^:]+$/, "orders"),
        url: "u",
        deadLetterArn: undefined,
        maxBytes,
      });
      return Object.keys(parcel(run(message, about("queue:orders", { queue }))).attributes);
    };
    const mebibyte = 1024 * 1024;
    expect([counted(mebibyte), counted(mebibyte - 19), counted(1024, 1024), counted(1000, 1024)]).toEqual([
      [],
      ["evb-redrives"],
      [],
      ["evb-redrives"],
    ]);
  });

  it("goes to the source that a redrive policy names", () => {
    const message = makeMessage("x", {}, { DeadLetterQueueSourceArn: targetArn });
    expect(run(message, about("source"))).toEqual({ need: "queue", queue: targetArn });
    expect(reason(run(deadOrder(), about("source")))).toMatch(/no redrive policy put it here/);
  });
});
