import {
  DescribeRuleCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  const { events, sqs } = bench;
  const queues = ["billing", "audit"];
  for (const QueueName of queues) await sqs.send(new CreateQueueCommand({ QueueName }));
  const Arn = (name: string) => `arn:aws:sqs:us-east-1:${bench.local.account}:${name}`;
  const EventBusName = "orders";
  const rule = (Name: string, more = {}) =>
    events.send(new PutRuleCommand({ Name, EventBusName, EventPattern: '{"source":["shop"]}', ...more }));
  await rule("paid");
  const InputTransformer = { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '{"order": <id>}' };
  await events.send(
    new PutTargetsCommand({
      Rule: "paid",
      EventBusName,
      Targets: [
        { Id: "billing", Arn: Arn("billing"), InputTransformer },
        { Id: "audit", Arn: Arn("audit") },
      ],
    }),
  );
  await rule("off", { State: "DISABLED" });
  await events.send(new PutRuleCommand({ Name: "nightly", ScheduleExpression: "rate(1 day)" }));
});
afterAll(() => bench[Symbol.asyncDispose]());

const tailRule = (...flags: string[]) => bench.start(["tail", "-b", "orders", "--max", "1", ...flags]);

describe("evb tail --rule", () => {
  it("shows the very body that one of its targets receives, and does not touch the rule", async () => {
    const deployed = async () => [
      (await bench.events.send(new DescribeRuleCommand({ Name: "paid", EventBusName: "orders" })))
        .EventPattern,
      (await bench.events.send(new ListTargetsByRuleCommand({ Rule: "paid", EventBusName: "orders" })))
        .Targets,
    ];
    const before = await deployed();
    const tail = tailRule("--rule", "paid", "--target", "billing");
    await tail.saw("listening");
    await bench.put({ id: 6 }, { source: "crm" });
    await bench.put({ id: 7 });
    expect((await tail.outcome).lines()).toEqual([{ order: 7 }]);
    expect(await deployed()).toEqual(before);
  });

  it("asks which target is meant, where they receive different bodies", async () => {
    const { code, err } = await tailRule("--rule", "paid").outcome;
    expect(code).toBe(2);
    expect(err).toContain("the 2 targets of rule paid receive different bodies");
    expect(err).toMatch(/--target: (billing, audit|audit, billing)/);
  });

  it("shows what a disabled rule would deliver, and says that it is disabled", async () => {
    const tail = tailRule("--rule", "off");
    await tail.saw("listening");
    const id = await bench.put({ id: 8 });
    const { out, err } = await tail.outcome;
    expect(out).toContain(id);
    expect(err).toContain("evb: note: rule off is disabled");
  });

  it.each([
    [["--rule", "gone"], 4, "rule gone does not exist on event bus orders"],
    [["--rule", "paid", "--target", "gone"], 4, "rule paid of bus orders has no target gone"],
    [["--rule", "nightly", "-b", "default"], 2, "rule nightly of bus default runs on a schedule"],
  ])("refuses %j", async (flags, exit, words) => {
    const { code, err } = await tailRule(...flags).outcome;
    expect(code).toBe(exit);
    expect(err).toContain(words);
    expect((await bench.remains()).rules.filter((name) => name.startsWith("evb-tail-"))).toEqual([]);
  });
});
