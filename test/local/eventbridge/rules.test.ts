import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { busLimits } from "../../../src/core/limits.ts";
import { type Emulator, openEmulator, order, refusal } from "./emulator.ts";

let aws: Emulator;
beforeEach(async () => {
  aws = await openEmulator();
});
afterEach(() => aws[Symbol.asyncDispose]());
const put = (input: Partial<PutRuleCommandInput>) =>
  aws.events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":["shop"]}', ...input }));
const describeRule = (Name = "r", EventBusName?: string) =>
  aws.events.send(new DescribeRuleCommand({ Name, EventBusName }));

describe("rules", () => {
  it("are named in their ARN, with the bus unless it is the default one", async () => {
    await aws.events.send(new CreateEventBusCommand({ Name: "bus" }));
    expect((await put({})).RuleArn).toBe("arn:aws:events:us-east-1:000000000000:rule/r");
    expect((await put({ EventBusName: "bus" })).RuleArn).toBe(
      "arn:aws:events:us-east-1:000000000000:rule/bus/r",
    );
    expect(await describeRule("r", "bus")).toMatchObject({
      Name: "r",
      EventBusName: "bus",
      EventPattern: '{"source":["shop"]}',
      State: "ENABLED",
      CreatedBy: "000000000000",
    });
  });

  it("give their pattern back letter for letter", async () => {
    const EventPattern = '{\n  "source" : [ "shop", 1.50 ]\n}';
    await put({ EventPattern });
    expect((await describeRule()).EventPattern).toBe(EventPattern);
  });

  it("lose what an update leaves out, but keep targets and tags", async () => {
    const queue = await aws.queue("q");
    await aws.rule("r", { source: ["a"] }, [{ Arn: queue.arn }]);
    await put({ Description: "first", State: "DISABLED" });
    await put({});
    const rule = await describeRule();
    expect(rule.Description).toBeUndefined();
    expect(rule.State).toBe("ENABLED");
    await aws.put(order);
    expect(await aws.drain(queue.url)).toHaveLength(1);
  });

  it("deliver only while enabled", async () => {
    const queue = await aws.queue("q");
    await aws.rule("r", { source: ["shop"] }, [{ Arn: queue.arn }]);
    await aws.events.send(new DisableRuleCommand({ Name: "r" }));
    expect((await describeRule()).State).toBe("DISABLED");
    await aws.put(order);
    expect(await aws.drain(queue.url)).toEqual([]);
    await aws.events.send(new EnableRuleCommand({ Name: "r" }));
    await aws.put(order);
    expect(await aws.drain(queue.url)).toHaveLength(1);
  });

  it("are deleted when they have no targets, and deleted again without complaint", async () => {
    const queue = await aws.queue("q");
    await aws.rule("r", { source: ["shop"] }, [{ Arn: queue.arn }]);
    const remove = (Name: string) => aws.events.send(new DeleteRuleCommand({ Name }));
    expect(await refusal(remove("r"))).toBe(
      "ValidationException: Rule can't be deleted since it has targets.",
    );
    await remove("never-there");
  });

  it("are listed by prefix, in pages, without targets", async () => {
    for (const Name of ["a1", "b1", "a3", "a2"]) await put({ Name });
    const first = await aws.events.send(new ListRulesCommand({ NamePrefix: "a", Limit: 2 }));
    const second = await aws.events.send(
      new ListRulesCommand({ NamePrefix: "a", Limit: 2, NextToken: first.NextToken }),
    );
    expect([...first.Rules!, ...second.Rules!].map(({ Name }) => Name)).toEqual(["a1", "a2", "a3"]);
    expect(second.NextToken).toBeUndefined();
    expect(first.Rules![0]).not.toHaveProperty("Targets");
  });

  it("are found by the target they have", async () => {
    const queue = await aws.queue("q");
    await aws.rule("r1", { source: ["a"] }, [{ Arn: queue.arn }]);
    await aws.rule("r2", { source: ["b"] }, [{ Arn: queue.arn }]);
    await aws.rule("r3", { source: ["c"] }, []);
    const find = (TargetArn: string) => aws.events.send(new ListRuleNamesByTargetCommand({ TargetArn }));
    expect((await find(queue.arn)).RuleNames).toEqual(["r1", "r2"]);
    const other = await aws.queue("other");
    await aws.rule("r1", { source: ["d"] }, [{ Arn: other.arn }]);
    await aws.events.send(new RemoveTargetsCommand({ Rule: "r2", Ids: ["t1"] }));
    expect((await find(queue.arn)).RuleNames).toEqual([]);
    expect((await find(other.arn)).RuleNames).toEqual(["r1"]);
  });

  it.each<[string, Partial<PutRuleCommandInput>, string]>([
    [
      "a pattern that AWS refuses",
      { EventPattern: '{"source":"shop"}' },
      `InvalidEventPatternException: Event pattern is not valid. Reason: "source" must be an object or an array\n at [Source: (String)"{"source":"shop"}"; line: 1, column: 12]`,
    ],
    [
      "neither pattern nor schedule",
      { EventPattern: undefined },
      "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.",
    ],
    [
      "a pattern over the quota",
      { EventPattern: JSON.stringify({ source: ["x".repeat(2050)] }) },
      "ValidationException: Parameter EventPattern for rule r exceeds limit of 2048.",
    ],
    [
      "a bus that is not there",
      { EventBusName: "gone" },
      "ResourceNotFoundException: Event bus gone does not exist.",
    ],
    [
      "a bad name and a bad state, both at once",
      { Name: "a b", State: "ON" as "ENABLED" },
      String.raw`ValidationException: 2 validation errors detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+; Value 'ON' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]`,
    ],
    [
      "a long name",
      { Name: "x".repeat(65) },
      `ValidationException: 1 validation error detected: Value '${"x".repeat(65)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
  ])("refuse %s", async (_, input, text) => {
    expect(await refusal(put(input))).toBe(text);
  });

  it("are missed by name and bus", async () => {
    expect(await refusal(describeRule("x"))).toBe(
      "ResourceNotFoundException: Rule x does not exist on EventBus default.",
    );
  });

  it("have a limit for each bus, and one for patterns with wildcards", async () => {
    const over = "LimitExceededException: The requested resource exceeds the maximum number allowed.";
    const EventPattern = '{"source":[{"wildcard":"a*"}]}';
    for (let n = 0; n < busLimits.wildcardRulesPerBus; n++) await put({ Name: `w${n}`, EventPattern });
    expect(await refusal(put({ Name: "w", EventPattern }))).toBe(over);
    await put({ Name: "w0", EventPattern });
    for (let n = busLimits.wildcardRulesPerBus; n < busLimits.rulesPerBus; n++) await put({ Name: `r${n}` });
    expect(await refusal(put({ Name: "one-more" }))).toBe(over);
    await put({ Name: "w0" });
  });
});
