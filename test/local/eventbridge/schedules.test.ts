import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { parseSchedule } from "../../../src/local/eventbridge/schedule/schedule.ts";
import { type Emulator, openEmulator, refusal } from "./emulator.ts";

/** The first moments of a schedule after a moment of time. */
function moments(expression: string, count: number, after = "2026-11-23T19:00:00Z"): string[] {
  const start = Date.parse(after);
  const found: string[] = [];
  for (let at = start; found.length < count; ) {
    const next = parseSchedule(expression)!.next(at, start);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().replace(/:00\.000Z$/, ""));
    at = next;
  }
  return found;
}

describe("a schedule", () => {
  it.each([
    ["rate(1 minute)", ["2026-11-23T19:01", "2026-11-23T19:02"]],
    ["rate(5 hours)", ["2026-11-24T00:00", "2026-11-24T05:00"]],
    ["rate(2 days)", ["2026-11-25T19:00"]],
    ["cron(0 10 * * ? *)", ["2026-11-24T10:00", "2026-11-25T10:00"]],
    ["cron(0/15 * * * ? *)", ["2026-11-23T19:15", "2026-11-23T19:30"]],
    [
      "cron(0 18 ? * MON-FRI *)",
      ["2026-11-24T18:00", "2026-11-25T18:00", "2026-11-26T18:00", "2026-11-27T18:00", "2026-11-30T18:00"],
    ],
    ["cron(0 8 1 * ? *)", ["2026-12-01T08:00", "2027-01-01T08:00"]],
    ["cron(0/5 8-17 ? * MON-FRI *)", ["2026-11-24T08:00", "2026-11-24T08:05"]],
    ["cron(0 0 L * ? *)", ["2026-11-30T00:00", "2026-12-31T00:00", "2027-01-31T00:00", "2027-02-28T00:00"]],
    ["cron(0 9 ? * 6L *)", ["2026-11-27T09:00", "2026-12-25T09:00"]],
    ["cron(0 9 ? * TUE#2 *)", ["2026-12-08T09:00", "2027-01-12T09:00"]],
    ["cron(0 9 ? * L *)", ["2026-11-28T09:00", "2026-12-05T09:00"]],
    ["cron(0 9 28W * ? *)", ["2026-11-27T09:00", "2026-12-28T09:00"]],
    ["cron(0 9 1W 8 ? 2027)", ["2027-08-02T09:00"]],
    ["cron(0 22-1 ? * FRI-MON *)", ["2026-11-23T22:00", "2026-11-23T23:00", "2026-11-27T00:00"]],
    ["cron(30 6 29 FEB ? *)", ["2028-02-29T06:30", "2032-02-29T06:30"]],
    ["cron(0 20 * * ? 2500)", []],
    ["cron(0 0 1 1 ? 2020)", []],
  ])("%s fires at its times", (expression, expected) => {
    expect(moments(expression, Math.max(1, expected.length))).toEqual(expected);
  });

  it.each([
    "rate(10 seconds)",
    "rate(1 minutes)",
    "rate(5 minute)",
    "rate(0 minutes)",
    "rate(10)",
    "rate(1 week)",
    " rate(1 minute)",
    "cron(0 10 * * * *)",
    "cron(0 10 ? * ? *)",
    "cron(60 10 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 10 32 * ? *)",
    "cron(0 10 * 13 ? *)",
    "cron(0 10 ? * 8 *)",
    "cron(0#1 10 * * ? *)",
    "cron(0 10 * * ?)",
    "cron(a b c d ? f)",
    "at(2026-11-23T19:00:00)",
  ])("%s is refused", (expression) => {
    expect(parseSchedule(expression)).toBeUndefined();
  });
});

describe("a scheduled rule", () => {
  const put = (aws: Emulator, ScheduleExpression: string, more = {}) =>
    aws.events.send(new PutRuleCommand({ Name: "tick", ScheduleExpression, ...more }));

  it("sends its event to its own targets at each moment", async () => {
    await using aws = await openEmulator();
    const [queue, other] = [await aws.queue("q"), await aws.queue("other")];
    const { RuleArn } = await put(aws, "rate(5 minutes)");
    await aws.events.send(new PutTargetsCommand({ Rule: "tick", Targets: [{ Id: "t", Arn: queue.arn }] }));
    await aws.rule("spy", { source: ["aws.events"] }, [{ Arn: other.arn }]);
    await aws.clock.advance(10 * 60_000);
    const bodies = await aws.bodies(queue.url);
    expect(bodies).toEqual([
      {
        version: "0",
        id: expect.any(String),
        "detail-type": "Scheduled Event",
        source: "aws.events",
        account: "000000000000",
        time: "2026-11-23T19:05:00Z",
        region: "us-east-1",
        resources: [RuleArn],
        detail: {},
      },
      expect.objectContaining({ time: "2026-11-23T19:10:00Z" }),
    ]);
    expect(await aws.drain(other.url)).toEqual([]);
  });

  it("rests while it is disabled, and ends with the rule", async () => {
    await using aws = await openEmulator();
    const queue = await aws.queue("q");
    await put(aws, "cron(0 * * * ? *)");
    const Targets = [{ Id: "t", Arn: queue.arn, Input: '{"custom":"input"}' }];
    await aws.events.send(new PutTargetsCommand({ Rule: "tick", Targets }));
    const count = async (hours: number) => {
      await aws.clock.advance(hours * 3_600_000);
      return (await aws.bodies(queue.url)).length;
    };
    expect(await count(30)).toBe(30);
    await aws.events.send(new DisableRuleCommand({ Name: "tick" }));
    expect(await count(3)).toBe(0);
    await aws.events.send(new EnableRuleCommand({ Name: "tick" }));
    expect(await count(3)).toBe(3);
    await aws.events.send(new RemoveTargetsCommand({ Rule: "tick", Ids: ["t"] }));
    await aws.events.send(new DeleteRuleCommand({ Name: "tick" }));
    expect(await count(3)).toBe(0);
  });

  it("waits longer than a timer can", async () => {
    await using aws = await openEmulator();
    const queue = await aws.queue("q", { MessageRetentionPeriod: "1209600" });
    await put(aws, "cron(0 0 1 2 ? 2027)");
    await aws.events.send(new PutTargetsCommand({ Rule: "tick", Targets: [{ Id: "t", Arn: queue.arn }] }));
    await aws.clock.advance(70 * 86_400_000);
    expect(await aws.bodies(queue.url)).toMatchObject([{ time: "2027-02-01T00:00:00Z" }]);
  });

  it("is refused with a schedule that is none, and on other buses", async () => {
    await using aws = await openEmulator();
    await aws.events.send(new CreateEventBusCommand({ Name: "shop" }));
    expect(await refusal(put(aws, "rate(10 seconds)"))).toBe(
      "ValidationException: Parameter ScheduleExpression is not valid.",
    );
    expect(await refusal(put(aws, "rate(1 minute)", { EventBusName: "shop" }))).toBe(
      "ValidationException: ScheduleExpression is supported only on the default event bus.",
    );
  });
});
