import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DescribeReplayCommand,
  ListReplaysCommand,
  StartReplayCommand,
  type StartReplayCommandInput,
} from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, order, refusal, start } from "./emulator.ts";

let aws: Emulator;
const busArn = (name: string) => `arn:aws:events:us-east-1:000000000000:event-bus/${name}`;
beforeEach(async () => {
  aws = await openEmulator();
  await aws.events.send(new CreateArchiveCommand({ ArchiveName: "all", EventSourceArn: busArn("default") }));
});
afterEach(() => aws[Symbol.asyncDispose]());

const replay = (input: Partial<StartReplayCommandInput> = {}) =>
  aws.events.send(
    new StartReplayCommand({
      ReplayName: "again",
      EventSourceArn: "arn:aws:events:us-east-1:000000000000:archive/all",
      EventStartTime: new Date(start - 3_600_000),
      EventEndTime: new Date(start + 3_600_000),
      Destination: { Arn: busArn("default") },
      ...input,
    }),
  );
const describeReplay = (ReplayName = "again") => aws.events.send(new DescribeReplayCommand({ ReplayName }));
const minute = (n: number) => new Date(start + n * 60_000);

describe("a replay", () => {
  it("sends what the archive has of a time, earliest minute first, marked and otherwise unchanged", async () => {
    const queue = await aws.queue("q");
    const [second, first, late] = await aws.put(
      { ...order, Time: minute(5) },
      { ...order, Time: minute(1) },
      { ...order, Time: minute(90) },
    );
    await aws.rule("r", { source: ["shop"] }, [{ Arn: queue.arn }]);
    expect(await replay()).toMatchObject({
      State: "STARTING",
      ReplayArn: expect.stringMatching(/:replay\/again$/),
    });
    await aws.clock.advance(1000);
    const messages = await aws.drain(queue.url);
    expect(messages.map(({ Body }) => JSON.parse(Body!).id)).toEqual([first, second]);
    expect(messages.map(({ Body }) => JSON.parse(Body!).id)).not.toContain(late);
    expect(messages[0]!.Body).toMatch(
      /"time":"2026-11-23T19:01:00Z","region":"us-east-1","replay-name":"again","resources":\[\],"detail":/,
    );
    expect(await describeReplay()).toMatchObject({
      State: "COMPLETED",
      EventLastReplayedTime: minute(5),
      ReplayStartTime: new Date(start),
      Destination: { Arn: busArn("default") },
    });
  });

  it("goes to the rules it is told, and to no archive", async () => {
    const [one, two] = [await aws.queue("one"), await aws.queue("two")];
    await aws.put(order);
    const arn = await aws.rule("one", { source: ["shop"] }, [{ Arn: one.arn }]);
    await aws.rule("two", { source: ["shop"] }, [{ Arn: two.arn }]);
    await replay({ Destination: { Arn: busArn("default"), FilterArns: [arn] } });
    await aws.clock.advance(1000);
    expect(await aws.drain(one.url)).toHaveLength(1);
    expect(await aws.drain(two.url)).toHaveLength(0);
    await replay({ ReplayName: "twice" });
    await aws.clock.advance(1000);
    expect(await aws.drain(two.url)).toHaveLength(1);
  });

  it("shows its progress, and stops when it is cancelled", async () => {
    for (let n = 0; n < 10; n++) await aws.put({ ...order, Time: minute(n) });
    const queue = await aws.queue("q");
    await aws.rule("r", { source: ["shop"] }, [{ Arn: queue.arn }]);
    await replay();
    expect(await describeReplay()).toMatchObject({ State: "STARTING" });
    await aws.clock.advance(50);
    expect(await describeReplay()).toMatchObject({ State: "RUNNING", EventLastReplayedTime: minute(1) });
    const cancel = () => aws.events.send(new CancelReplayCommand({ ReplayName: "again" }));
    expect(await cancel()).toMatchObject({ State: "CANCELLING" });
    await aws.clock.advance(1000);
    expect(await describeReplay()).toMatchObject({ State: "CANCELLED", ReplayEndTime: expect.any(Date) });
    expect(await aws.drain(queue.url)).toHaveLength(2);
    expect(await refusal(cancel())).toMatch(/^IllegalStatusException: /);
  });

  it("fails when its bus is deleted, and ends nothing else", async () => {
    await aws.events.send(new CreateEventBusCommand({ Name: "orders" }));
    const archive = { ArchiveName: "orders", EventSourceArn: busArn("orders") };
    const { ArchiveArn } = await aws.events.send(new CreateArchiveCommand(archive));
    for (const n of [0, 1]) await aws.put({ ...order, EventBusName: "orders", Time: minute(n) });
    await replay({ EventSourceArn: ArchiveArn, Destination: { Arn: busArn("orders") } });
    await aws.events.send(new DeleteEventBusCommand({ Name: "orders" }));
    await aws.clock.advance(1000);
    expect(await describeReplay()).toMatchObject({ State: "FAILED", ReplayEndTime: expect.any(Date) });
  });

  it("is listed by prefix, state and archive", async () => {
    await replay({ ReplayName: "a-1" });
    await aws.clock.advance(1000);
    await replay({ ReplayName: "a-2" });
    const list = async (input: object) =>
      (await aws.events.send(new ListReplaysCommand(input))).Replays!.map(({ ReplayName }) => ReplayName);
    expect(await list({ NamePrefix: "a-" })).toEqual(["a-1", "a-2"]);
    expect(await list({ State: "COMPLETED" })).toEqual(["a-1"]);
    expect(await list({ EventSourceArn: "arn:aws:events:us-east-1:000000000000:archive/x" })).toEqual([]);
  });

  it("refuses what AWS refuses", async () => {
    await aws.events.send(new CreateEventBusCommand({ Name: "other" }));
    expect(await refusal(replay({ Destination: { Arn: busArn("gone") } }))).toBe(
      "ResourceNotFoundException: Event bus gone does not exist.",
    );
    expect(await refusal(replay({ Destination: { Arn: busArn("other") } }))).toBe(
      "ValidationException: Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
    );
    expect(
      await refusal(replay({ EventSourceArn: "arn:aws:events:us-east-1:000000000000:archive/gone" })),
    ).toBe(
      "ValidationException: Parameter EventSourceArn is not valid. Reason: Archive gone does not exist.",
    );
    expect(await refusal(replay({ EventEndTime: new Date(start - 3_600_000) }))).toBe(
      "ValidationException: Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
    );
    expect(await refusal(describeReplay("x"))).toBe("ResourceNotFoundException: Replay x does not exist.");
  });

  it("is one of ten at a time", async () => {
    for (let n = 0; n < 10; n++) await replay({ ReplayName: `r${n}` });
    expect(await refusal(replay({ ReplayName: "r10" }))).toBe(
      "LimitExceededException: The requested resource exceeds the maximum number allowed.",
    );
    expect(await refusal(replay({ ReplayName: "r1" }))).toBe(
      "ResourceAlreadyExistsException: Replay r1 already exists.",
    );
    await aws.clock.advance(1000);
    await replay({ ReplayName: "r10" });
  });
});
