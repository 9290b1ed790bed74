import { describe, expect, it } from "vitest";
import { Seen } from "../../../src/core/tail/seen.ts";
import { planSetup } from "../../../src/core/tail/setup.ts";

const home = { partition: "aws-cn", region: "cn-north-1", account: "123456789012" };
const wish = {
  name: "evb-tail-20261123t195312z-4f1c9a2b",
  home,
  bus: "orders",
  pattern: '{"source":["shop"]}',
  input: { InputPath: "$.detail" },
  state: "ENABLED",
  tags: { owner: "ana", created: 0, expires: 60_000 },
} as const;

describe("what a tail makes", () => {
  it("is a queue that takes messages from this one rule, before the rule exists", () => {
    const { queue, ruleArn } = planSetup(wish);
    expect(ruleArn).toBe(`arn:aws-cn:events:cn-north-1:123456789012:rule/orders/${wish.name}`);
    const [statement, ...more] = JSON.parse(queue!.attributes.Policy!).Statement;
    expect(more).toEqual([]);
    expect(statement).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: `arn:aws-cn:sqs:cn-north-1:123456789012:${wish.name}`,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
    });
    expect(Number(queue!.attributes.MessageRetentionPeriod)).toBeLessThanOrEqual(3600);
  });

  it("lets a further rule in when there is one, and takes a key", () => {
    const { queue } = planSetup({ ...wish, guest: "evb-tail-canary", kmsKey: "alias/mine" });
    const [statement] = JSON.parse(queue!.attributes.Policy!).Statement;
    expect(statement.Condition.ArnEquals["aws:SourceArn"]).toEqual([
      `arn:aws-cn:events:cn-north-1:123456789012:rule/orders/${wish.name}`,
      "arn:aws-cn:events:cn-north-1:123456789012:rule/orders/evb-tail-canary",
    ]);
    expect(queue!.attributes.KmsMasterKeyId).toBe("alias/mine");
  });

  it("does not name the default bus in the rule's ARN", () => {
    expect(planSetup({ ...wish, bus: "default" }).ruleArn).toBe(
      `arn:aws-cn:events:cn-north-1:123456789012:rule/${wish.name}`,
    );
  });

  it("is a rule and a target that carry the pattern, the input and the tags", () => {
    const { rule, target } = planSetup(wish);
    expect(rule).toMatchObject({
      Name: wish.name,
      EventBusName: "orders",
      EventPattern: wish.pattern,
      State: "ENABLED",
    });
    expect(rule.Tags).toContainEqual({ Key: "evb:owner", Value: "ana" });
    expect(target).toMatchObject({
      Arn: `arn:aws-cn:sqs:cn-north-1:123456789012:${wish.name}`,
      InputPath: "$.detail",
    });
  });
});

describe("what was seen", () => {
  it("is forgotten from the oldest on when there is no more room", () => {
    const seen = new Seen(2);
    for (const key of ["a", "b", "c"]) seen.add(key);
    expect(["a", "b", "c"].map((key) => seen.has(key))).toEqual([false, true, true]);
  });
});
