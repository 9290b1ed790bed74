import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListTagsForResourceCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { DeleteQueueCommand, GetQueueAttributesCommand, ListQueuesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { type Bench, openBench } from "./bench.ts";
import { openGateway } from "./gateway.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const nothing = { rules: [], queues: [] };
const denied = { code: "AccessDeniedException", message: "User: ana is not authorized to perform that" };

describe("evb tail leaves nothing behind", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("on %s", async (signal, exit) => {
    const tail = bench.start(["tail", "-b", "orders"]);
    await tail.saw("listening");
    expect((await bench.remains()).rules).toHaveLength(1);
    tail.world.signal(signal);
    const { code, err } = await tail.outcome;
    expect(code).toBe(exit);
    expect(err).toContain("removed");
    expect(await bench.remains()).toEqual(nothing);
  });

  it.each(["CreateQueue", "PutRule", "PutTargets"])("on a signal during %s", async (operation) => {
    let press = () => {};
    await using gateway = await openGateway(bench.local.url, (called) => {
      if (called === operation) press();
      return undefined;
    });
    const tail = bench.start(["tail", "-b", "orders"], { url: gateway.url });
    press = () => tail.world.signal();
    const { code, out, err } = await tail.outcome;
    expect(code).toBe(130);
    expect(out).toBe("");
    expect(err).not.toContain("listening");
    expect(await bench.remains()).toEqual(nothing);
  });

  it("when the reader of its output goes away", async () => {
    const tail = bench.start(["tail", "-b", "orders"], { closeAfter: 300 });
    await tail.saw("listening");
    await bench.put({ id: 1 });
    await bench.put({ id: 2 });
    const { code, err } = await tail.outcome;
    expect(code).toBe(0);
    expect(err).not.toContain("error");
    expect(await bench.remains()).toEqual(nothing);
  });

  it.each(["CreateQueue", "PutRule", "PutTargets", "ReceiveMessage"])(
    "when %s is refused",
    async (operation) => {
      await using gateway = await openGateway(bench.local.url, (called) =>
        called === operation ? denied : undefined,
      );
      const { code, err } = await bench.start(["tail", "-b", "orders"], { url: gateway.url }).outcome;
      expect(code).toBe(4);
      const service = operation.endsWith("e") && operation !== "PutRule" ? "sqs" : "events";
      expect(err).toContain(`evb: error: ${operation}: User: ana is not authorized`);
      expect(err).toContain(`hint: the caller needs ${service}:${operation}`);
      expect(await bench.remains()).toEqual(nothing);
    },
  );

  it.each(["CreateQueue", "PutRule", "PutTargets"])(
    "when %s was carried out although its answer is an error",
    async (operation) => {
      const wrong = { code: "InternalFailure", message: "no", status: 500, after: true };
      await using gateway = await openGateway(bench.local.url, (called) =>
        called === operation ? wrong : undefined,
      );
      const { code } = await bench.start(["tail", "-b", "orders"], { url: gateway.url }).outcome;
      expect(code).toBe(4);
      expect(await bench.remains()).toEqual(nothing);
    },
  );

  it.each(["RemoveTargets", "DeleteRule", "DeleteQueue"])("when %s fails at first", async (operation) => {
    const once = (called: string, before: number) =>
      called === operation && before < 2 ? { ...denied, code: "Busy" } : undefined;
    await using gateway = await openGateway(bench.local.url, once);
    const { code } = await bench.start(["tail", "-b", "orders", "--timeout", "50ms"], { url: gateway.url })
      .outcome;
    expect(code).toBe(1);
    expect(await bench.remains()).toEqual(nothing);
  });

  it.each([
    ["the rule", "rule [^ ]+ of this tail was deleted by somebody else"],
    ["its target", "the target of rule [^ ]+ of this tail was removed by somebody else"],
  ])("when somebody else deletes %s", async (what, words) => {
    const clock = windableClock(Date.parse("2026-11-23T20:00:00Z"));
    await using wound = await openBench({ clock });
    const tail = wound.start(["tail", "-b", "orders"], { clock });
    await tail.saw("listening");
    const [Rule] = (await wound.remains()).rules;
    const about = { Rule: Rule!, EventBusName: "orders" };
    await wound.events.send(new RemoveTargetsCommand({ ...about, Ids: ["evb-tail"] }));
    if (what === "the rule")
      await wound.events.send(new DeleteRuleCommand({ Name: Rule!, EventBusName: "orders" }));
    await clock.advance(120_000);
    const { code, err } = await tail.outcome;
    expect(code).toBe(4);
    expect(err).toMatch(new RegExp(`evb: error: ${words}`));
    expect(await wound.remains()).toEqual(nothing);
  });

  it("when somebody else deletes the queue", async () => {
    const tail = bench.start(["tail", "-b", "orders"]);
    await tail.saw("listening");
    const { QueueUrls = [] } = await bench.sqs.send(new ListQueuesCommand({}));
    await bench.sqs.send(new DeleteQueueCommand({ QueueUrl: QueueUrls[0]! }));
    const { code, err } = await tail.outcome;
    expect(code).toBe(4);
    expect(err).toContain("deleted by somebody else");
    expect(await bench.remains()).toEqual(nothing);
  });
});

describe("evb tail says what is left", () => {
  it("when it may not remove it", async () => {
    const never = (called: string) => (called === "DeleteRule" ? denied : undefined);
    await using gateway = await openGateway(bench.local.url, never);
    const tail = bench.start(["tail", "-b", "orders", "--max", "1"], { url: gateway.url });
    await tail.saw("listening");
    await bench.put({ id: 1 });
    const { code, err } = await tail.outcome;
    expect(code).toBe(3);
    const { rules, queues } = await bench.remains();
    expect(queues).toEqual([]);
    expect(err).toContain(`evb: left behind: rule ${rules[0]} on event bus orders (DeleteRule: User: ana`);
    const gc = await bench.start(["gc", rules[0]!, "--yes"]).outcome;
    expect(gc.code).toBe(0);
    expect(await bench.remains()).toEqual(nothing);
  });

  it("at the second Ctrl-C, at once", async () => {
    const stuck = (called: string) =>
      called === "RemoveTargets" || called === "ListTargetsByRule" ? "hang" : undefined;
    await using gateway = await openGateway(bench.local.url, stuck);
    const tail = bench.start(["tail", "-b", "orders"], { url: gateway.url });
    await tail.saw("listening");
    tail.world.signal();
    await new Promise((resolve) => setTimeout(resolve, 50));
    tail.world.signal();
    const { code, err } = await tail.outcome;
    expect(code).toBe(130);
    const calls = gateway.calls.length;
    const { rules, queues } = await bench.remains();
    expect(rules).toEqual(queues);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(gateway.calls.slice(calls)).toEqual([]);
    expect(err).toContain(`left behind: rule ${rules[0]} on event bus orders and queue ${rules[0]}`);
    expect(err).toContain(`hint: evb gc ${rules[0]}`);
    expect((await bench.start(["gc", rules[0]!, "--yes"]).outcome).code).toBe(0);
    expect(await bench.remains()).toEqual(nothing);
  });

  it("at the second Ctrl-C in the middle of the set-up", async () => {
    await using gateway = await openGateway(bench.local.url, (called) =>
      called === "PutRule" ? "hang" : undefined,
    );
    const tail = bench.start(["tail", "-b", "orders"], { url: gateway.url });
    while (!gateway.calls.includes("PutRule")) await new Promise((resolve) => setTimeout(resolve, 5));
    tail.world.signal();
    tail.world.signal();
    const { code, err } = await tail.outcome;
    expect(code).toBe(130);
    const { queues } = await bench.remains();
    expect(err).toContain(`hint: evb gc ${queues[0]}`);
    await bench.start(["gc", queues[0]!, "--yes"]).outcome;
    expect(await bench.remains()).toEqual(nothing);
  });

  it("with --keep, and leaves it", async () => {
    const tail = bench.start(["tail", "-b", "orders", "--keep", "--timeout", "50ms"]);
    const { err } = await tail.outcome;
    const { rules, queues } = await bench.remains();
    expect(rules).toEqual(queues);
    expect(err).toContain(`evb: kept: rule ${rules[0]} on event bus orders`);
    expect(err).toContain(`${bench.local.url}/${bench.local.account}/${rules[0]}`);
    await bench.start(["gc", rules[0]!, "--yes"]).outcome;
    expect(await bench.remains()).toEqual(nothing);
  });
});

describe("what evb tail makes", () => {
  it("lets in nobody but its rule, and carries owner, time and expiry", async () => {
    const tail = bench.start(["tail", "-b", "orders"]);
    await tail.saw("listening");
    const { rules } = await bench.remains();
    const url = `${bench.local.url}/${bench.local.account}/${rules[0]}`;
    const { Attributes = {} } = await bench.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
    );
    const rule = await bench.events.send(
      new DescribeRuleCommand({ Name: rules[0]!, EventBusName: "orders" }),
    );
    const [statement] = JSON.parse(Attributes.Policy!).Statement;
    expect(statement.Condition).toEqual({ ArnEquals: { "aws:SourceArn": rule.Arn } });
    expect(statement.Resource).toBe(Attributes.QueueArn);
    const { Tags = [] } = await bench.events.send(new ListTagsForResourceCommand({ ResourceARN: rule.Arn! }));
    expect(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))).toMatchObject({
      "evb:tool": "evb tail",
      "evb:owner": "ana",
    });
    tail.world.signal();
    await tail.outcome;
  });

  it("stays out of the reach of gc for as long as it is at work", async () => {
    const clock = windableClock(Date.parse("2026-11-23T20:00:00Z"));
    await using wound = await openBench({ clock });
    const tail = wound.start(["tail", "-b", "orders"], { clock });
    await tail.saw("listening");
    // A renewal is a call over the wire, for which the clock has to wait.
    for (let seconds = 0; seconds < 1200; seconds += 20) {
      await clock.advance(20_000);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const gc = await wound.start(["gc", "--older-than", "10m", "--json", "--yes"], { clock }).outcome;
    expect(gc.lines()).toMatchObject([{ status: "skipped", state: "running", ageSeconds: 1200 }]);
    tail.world.signal();
    await tail.outcome;
    expect(await wound.remains()).toEqual(nothing);
  });
});
