import {
  CreateEventBusCommand,
  ListTagsForResourceCommand,
  PutRuleCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { openEmulator, refusal } from "./emulator.ts";

describe("tags", () => {
  it("are given on creation of buses and rules, added, replaced and taken away", async () => {
    await using aws = await openEmulator();
    const Tags = [{ Key: "team", Value: "a" }];
    const { EventBusArn } = await aws.events.send(new CreateEventBusCommand({ Name: "shop", Tags }));
    const { RuleArn } = await aws.events.send(
      new PutRuleCommand({ Name: "r", EventBusName: "shop", EventPattern: '{"source":["a"]}', Tags }),
    );
    for (const ResourceARN of [EventBusArn!, RuleArn!]) {
      const more = [
        { Key: "team", Value: "b" },
        { Key: "env", Value: "" },
      ];
      await aws.events.send(new TagResourceCommand({ ResourceARN, Tags: more }));
      const list = async () => (await aws.events.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
      expect(await list()).toEqual(more);
      await aws.events.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["team", "other"] }));
      expect(await list()).toEqual([{ Key: "env", Value: "" }]);
    }
  });

  it("of an update of a rule are not taken", async () => {
    await using aws = await openEmulator();
    const put = (Tags: { Key: string; Value: string }[]) =>
      aws.events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"source":["a"]}', Tags }));
    const { RuleArn } = await put([{ Key: "a", Value: "1" }]);
    await put([{ Key: "b", Value: "2" }]);
    const { Tags } = await aws.events.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn }));
    expect(Tags).toEqual([{ Key: "a", Value: "1" }]);
  });

  it("need a resource", async () => {
    await using aws = await openEmulator();
    const ResourceARN = "arn:aws:events:us-east-1:000000000000:rule/x";
    expect(await refusal(aws.events.send(new ListTagsForResourceCommand({ ResourceARN })))).toBe(
      "ResourceNotFoundException: Rule x does not exist on EventBus default.",
    );
  });
});
