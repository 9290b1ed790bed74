import {
  CreateArchiveCommand,
  type CreateArchiveCommandInput,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DeleteRuleCommand,
  DescribeArchiveCommand,
  ListArchivesCommand,
  ListRulesCommand,
  UpdateArchiveCommand,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, order, refusal, start } from "./emulator.ts";

let aws: Emulator;
beforeEach(async () => {
  aws = await openEmulator();
});
afterEach(() => aws[Symbol.asyncDispose]());
const EventSourceArn = "arn:aws:events:us-east-1:000000000000:event-bus/default";
const create = (input: Partial<CreateArchiveCommandInput> = {}) =>
  aws.events.send(new CreateArchiveCommand({ ArchiveName: "all", EventSourceArn, ...input }));
const describeArchive = (ArchiveName = "all") => aws.events.send(new DescribeArchiveCommand({ ArchiveName }));

describe("archives", () => {
  it("are created, described, listed, updated and deleted", async () => {
    expect(
      await create({ Description: "d", EventPattern: '{"source":["shop"]}', RetentionDays: 1 }),
    ).toMatchObject({
      ArchiveArn: "arn:aws:events:us-east-1:000000000000:archive/all",
      State: "ENABLED",
      CreationTime: new Date(start),
    });
    const described = await describeArchive();
    expect(described).toMatchObject({
      ArchiveName: "all",
      Description: "d",
      EventCount: 0,
      SizeBytes: 0,
      EventPattern: '{"source":["shop"]}',
      EventSourceArn,
      RetentionDays: 1,
    });
    const list = await aws.events.send(new ListArchivesCommand({ NamePrefix: "al", EventSourceArn }));
    expect(list.Archives!.map(({ ArchiveName }) => ArchiveName)).toEqual(["all"]);
    await aws.events.send(new UpdateArchiveCommand({ ArchiveName: "all", RetentionDays: 7 }));
    expect(await describeArchive()).toMatchObject({ RetentionDays: 7, Description: "d" });
    await aws.events.send(new DeleteArchiveCommand({ ArchiveName: "all" }));
    expect(await refusal(describeArchive())).toBe("ResourceNotFoundException: Archive all does not exist.");
  });

  it("count what matches, as AWS was seen to count bytes", async () => {
    await create({ EventPattern: '{"source":["shop"]}' });
    await aws.put(order, order, { ...order, Source: "bank" });
    const one = "shop".length + "Order Placed".length + order.Detail!.length + "2026-11-23T19:00:00Z".length;
    expect(await describeArchive()).toMatchObject({ EventCount: 2, SizeBytes: 2 * one });
  });

  it("forget events after their retention", async () => {
    await create({ RetentionDays: 1 });
    await aws.put(order);
    await aws.clock.advance(86_400_000);
    await aws.put(order);
    expect(await describeArchive()).toMatchObject({ EventCount: 2 });
    await aws.clock.advance(1);
    expect(await describeArchive()).toMatchObject({ EventCount: 1 });
  });

  it("stand on a managed rule that takes no replayed event and that nobody else may touch", async () => {
    await create({ EventPattern: '{"source":["shop"]}' });
    const { Rules } = await aws.events.send(new ListRulesCommand({}));
    expect(Rules).toMatchObject([
      { Name: "Events-Archive-all", EventPattern: '{"source":["shop"],"replay-name":[{"exists":false}]}' },
    ]);
    expect(Rules![0]!.ManagedBy).toBeTruthy();
    const remove = aws.events.send(new DeleteRuleCommand({ Name: "Events-Archive-all" }));
    expect(await refusal(remove)).toMatch(/^ManagedRuleException: /);
  });

  it("refuse what AWS refuses", async () => {
    await create();
    expect(await refusal(create())).toBe("ResourceAlreadyExistsException: Archive all already exists.");
    expect(await refusal(create({ EventSourceArn: EventSourceArn.replace("default", "gone") }))).toBe(
      "ResourceNotFoundException: Event bus gone does not exist.",
    );
    expect(await refusal(create({ ArchiveName: "b", EventPattern: '{"a":1}' }))).toMatch(
      /^InvalidEventPatternException: Event pattern is not valid. Reason: /,
    );
    expect(await refusal(aws.events.send(new UpdateArchiveCommand({ ArchiveName: "all" })))).toBe(
      "ValidationException: At least one of EventPattern, RetentionDays or Description must be provided.",
    );
  });

  it("belong to one bus", async () => {
    await aws.events.send(new CreateEventBusCommand({ Name: "shop" }));
    await create();
    await aws.put({ ...order, EventBusName: "shop" });
    expect(await describeArchive()).toMatchObject({ EventCount: 0 });
  });
});
