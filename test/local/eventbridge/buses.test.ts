import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  ListEventBusesCommand,
  UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, refusal, start } from "./emulator.ts";

let aws: Emulator;
beforeEach(async () => {
  aws = await openEmulator();
});
afterEach(() => aws[Symbol.asyncDispose]());
const create = (Name: string, more = {}) => aws.events.send(new CreateEventBusCommand({ Name, ...more }));
const arn = "arn:aws:events:us-east-1:000000000000:event-bus/shop";

describe("event buses", () => {
  it("are there by default, created, described, listed and deleted", async () => {
    expect((await create("shop", { Description: "orders" })).EventBusArn).toBe(arn);
    const described = await aws.events.send(new DescribeEventBusCommand({ Name: arn }));
    expect(described).toMatchObject({
      Name: "shop",
      Arn: arn,
      Description: "orders",
      CreationTime: new Date(start),
      LastModifiedTime: new Date(start),
    });
    expect(described.Policy).toBeUndefined();
    const { EventBuses } = await aws.events.send(new ListEventBusesCommand({}));
    expect(EventBuses!.map(({ Name }) => Name)).toEqual(["default", "shop"]);
    await aws.events.send(new DeleteEventBusCommand({ Name: "shop" }));
    await aws.events.send(new DeleteEventBusCommand({ Name: "shop" }));
    expect(await refusal(aws.events.send(new DescribeEventBusCommand({ Name: "shop" })))).toBe(
      "ResourceNotFoundException: Event bus shop does not exist.",
    );
  });

  it("mean the default bus when none is named", async () => {
    expect((await aws.events.send(new DescribeEventBusCommand({}))).Name).toBe("default");
  });

  it("refuse a second of the name, slashes, and the end of the default one", async () => {
    await create("shop");
    expect(await refusal(create("shop"))).toBe(
      "ResourceAlreadyExistsException: Event bus shop already exists.",
    );
    expect(await refusal(create("team/bus"))).toBe(
      "ValidationException: Event bus name must not contain '/'.",
    );
    expect(await refusal(aws.events.send(new DeleteEventBusCommand({ Name: "default" })))).toBe(
      "ValidationException: Cannot delete event bus default.",
    );
  });

  it("stay while they have rules", async () => {
    await create("shop");
    await aws.rule("r", { source: ["shop"] }, [], "shop");
    const remove = () => aws.events.send(new DeleteEventBusCommand({ Name: "shop" }));
    expect(await refusal(remove())).toMatch(/^ValidationException: .*rules/);
    await aws.events.send(new DeleteRuleCommand({ Name: "r", EventBusName: "shop" }));
    await remove();
  });

  it("are changed field by field", async () => {
    const queue = await aws.queue("dlq");
    await create("shop", { Description: "orders", LogConfig: { Level: "ERROR", IncludeDetail: "NONE" } });
    await aws.clock.advance(5000);
    const change = { Name: "shop", DeadLetterConfig: { Arn: queue.arn } };
    expect(await aws.events.send(new UpdateEventBusCommand(change))).toMatchObject({
      Arn: arn,
      Description: "orders",
      DeadLetterConfig: { Arn: queue.arn },
    });
    expect(await aws.events.send(new DescribeEventBusCommand({ Name: "shop" }))).toMatchObject({
      LogConfig: { Level: "ERROR", IncludeDetail: "NONE" },
      DeadLetterConfig: { Arn: queue.arn },
      CreationTime: new Date(start),
      LastModifiedTime: new Date(start + 5000),
    });
  });

  it("want a standard queue for dead letters", async () => {
    const Arn = "arn:aws:sns:us-east-1:000000000000:topic";
    expect(await refusal(create("shop", { DeadLetterConfig: { Arn } }))).toBe(
      "ValidationException: sns is not supported as a dead letter resource.",
    );
  });

  it("come in pages, of which the last has no token", async () => {
    for (const name of ["b", "d", "c", "a", "e"]) await create(`x-${name}`);
    const list = (NextToken?: string) =>
      aws.events.send(new ListEventBusesCommand({ NamePrefix: "x-", Limit: 2, NextToken }));
    const names: string[][] = [];
    let token: string | undefined;
    do {
      const { EventBuses, NextToken } = await list(token);
      names.push(EventBuses!.map(({ Name }) => Name!));
      token = NextToken;
    } while (token !== undefined);
    expect(names).toEqual([["x-a", "x-b"], ["x-c", "x-d"], ["x-e"]]);
    expect(await refusal(list("nonsense"))).toMatch(/^InvalidToken: /);
  });
});
