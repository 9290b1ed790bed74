import { CreateArchiveCommand, DescribeReplayCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { startLocal } from "../../../src/local/start.ts";
import { makeWorld, runEvb, runIn } from "../../world.ts";

const now = Date.parse("2026-01-02T12:00:00Z");

/** An emulator with the starter event-sourcing, an archive `all`, and an order in it for each time. */
async function openLab(times: readonly string[] = ["2026-01-02T11:00:00Z"]) {
  const clock = windableClock(now);
  const local = await startLocal({ clock });
  const config = {
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  };
  const events = new EventBridgeClient(config);
  const sqs = new SQSClient(config);
  // A replay's own clock goes on by itself, from the emulator's, and does not wait long between two looks.
  const shift = now - Date.now();
  const own = {
    now: () => Date.now() + shift,
    after: (ms: number, task: () => void) => {
      const timer = setTimeout(task, Math.min(ms, 5));
      return () => clearTimeout(timer);
    },
    sleep: (_ms: number) => new Promise<void>((resolve) => setTimeout(resolve, 5)),
  };
  const world = { env: { EVB_LOCAL_URL: local.url }, clock: own };
  const evb = (...argv: string[]) =>
    runEvb([...argv, "--local"], argv[0] === "replay" ? world : { env: world.env });
  expect(await evb("local", "apply", "event-sourcing")).toMatchObject({ code: 0 });
  const EventSourceArn = `arn:aws:events:${local.region}:${local.account}:event-bus/event-store`;
  await events.send(
    new CreateArchiveCommand({
      ArchiveName: "all",
      EventSourceArn,
      EventPattern: '{"source":["com.example.shop"]}',
    }),
  );
  for (const time of times)
    expect(await evb("put", "order-placed", "-b", "event-store", "--time", time)).toMatchObject({ code: 0 });
  return {
    local,
    clock,
    events,
    world,
    evb,
    state: async (ReplayName: string) => (await events.send(new DescribeReplayCommand({ ReplayName }))).State,
    depth: async (queue: string) => {
      const QueueUrl = `${local.url}/${local.account}/${queue}`;
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      return Number(Attributes.ApproximateNumberOfMessages);
    },
    /** Lets the emulator's time pass while a command follows a replay. */
    winding: async <T>(command: Promise<T>): Promise<T> => {
      let isOver = false;
      const ended = command.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        await clock.advance(20);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return ended;
    },
    [Symbol.asyncDispose]: () => local.close(),
  };
}

describe("evb replay start", () => {
  it("says in a dry run which rules would fire, and why the others would not", async () => {
    await using lab = await openLab();
    const { code, out } = await lab.evb("replay", "start", "all", "--since", "2h", "--dry-run");
    expect(code).toBe(0);
    expect(out).toMatch(
      /^replay all-20260102t12\w+z of all \(1 events in all\) on bus event-store\n {2}2026-01-02T10:00:/,
    );
    expect(out).toContain("→ replays-to-rebuild  rebuild");
    expect(out).toContain("· events-to-log  takes no replayed events");
    const only = await lab.evb(
      "replay",
      "start",
      "all",
      "--since",
      "2h",
      "--rule",
      "events-to-log",
      "--dry-run",
      "--json",
    );
    expect(only.lines()[0]).toMatchObject({
      status: "planned",
      rules: expect.arrayContaining([
        { rule: "replays-to-rebuild", fires: false, reason: "not chosen by --rule" },
      ]),
    });
    expect((await lab.evb("replay", "ls", "--json")).out).toBe("");
  });

  it("replays the range to the end, and reports it", async () => {
    await using lab = await openLab(["2026-01-02T09:00:00Z", "2026-01-02T11:00:00Z", "2026-01-02T11:30:00Z"]);
    const run = lab.evb(
      "replay",
      "start",
      "all",
      "--since",
      "2h",
      "--until",
      "2026-01-02T11:45:00Z",
      "--name",
      "again",
      "--yes",
      "-q",
    );
    const { code, out } = await lab.winding(run);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("again  COMPLETED\n") });
    expect(out).toContain("done     100 %, up to 2026-01-02T11:30:00Z");
    expect(await lab.depth("rebuild")).toBe(2);
    const listed = (await lab.evb("replay", "ls", "--archive", "all", "--json")).lines();
    expect(listed).toMatchObject([
      { name: "again", archive: "all", state: "COMPLETED", to: "2026-01-02T11:45:00Z" },
    ]);
    expect(await lab.evb("replay", "status", "again")).toMatchObject({ code: 0 });
  });

  it("sends to the named rules only", async () => {
    await using lab = await openLab();
    const argv = [
      "replay",
      "start",
      "all",
      "--since",
      "2h",
      "--rule",
      "events-to-log",
      "--name",
      "few",
      "--yes",
    ];
    expect((await lab.winding(lab.evb(...argv))).code).toBe(0);
    expect(await lab.depth("rebuild")).toBe(0);
  });

  it("is left running by Ctrl-C, which says how to go on", async () => {
    await using lab = await openLab(["2026-01-02T11:00:00Z", "2026-01-02T11:10:00Z"]);
    const argv = ["replay", "start", "all", "--since", "2h", "--name", "on", "--yes", "--local"];
    const world = makeWorld(argv, lab.world);
    const ended = runIn(world);
    while (!world.err().includes("has started")) await new Promise((resolve) => setTimeout(resolve, 5));
    world.signal();
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toMatch(/replay on goes on\nhint: evb replay status on --wait\nhint: evb replay cancel on/);
    expect((await lab.winding(lab.evb("replay", "status", "on", "--wait"))).code).toBe(0);
    expect(await lab.depth("rebuild")).toBe(2);
  });

  it("is cancelled by Ctrl-C with --cancel-on-interrupt", async () => {
    await using lab = await openLab(["2026-01-02T11:00:00Z", "2026-01-02T11:10:00Z"]);
    const argv = [
      "replay",
      "start",
      "all",
      "--since",
      "2h",
      "--name",
      "off",
      "--yes",
      "--local",
      "--cancel-on-interrupt",
    ];
    const world = makeWorld(argv, lab.world);
    const ended = runIn(world);
    while (!world.err().includes("has started")) await new Promise((resolve) => setTimeout(resolve, 5));
    world.signal();
    while ((await lab.state("off")) !== "CANCELLING") await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await lab.winding(ended)).code).toBe(130);
    expect(await lab.state("off")).toBe("CANCELLED");
    expect(await lab.depth("rebuild")).toBe(0);
    expect(await lab.evb("replay", "status", "off")).toMatchObject({ code: 1 });
    expect(await lab.evb("replay", "cancel", "off")).toMatchObject({
      code: 4,
      err: expect.stringContaining("replay off is CANCELLED and cannot be cancelled"),
    });
  });

  it("starts without waiting, and is cancelled by its name", async () => {
    await using lab = await openLab();
    const argv = ["replay", "start", "all", "--since", "2h", "--name", "alone", "--yes", "--detach"];
    expect(await lab.evb(...argv)).toMatchObject({ code: 0 });
    expect(await lab.evb("replay", "cancel", "alone")).toMatchObject({ code: 0 });
    expect(await lab.state("alone")).toBe("CANCELLING");
  });

  it.each<[string[], number, string]>([
    [["--since", "1h", "--until", "2h", "--dry-run"], 2, "is not before --until"],
    [["--since", "yesterday", "--dry-run"], 2, "--since: expected a time such as"],
    [["--since", "2h"], 2, "--yes answers the question"],
    [["--since", "2h", "--rule", "replays-to-rebuid", "--dry-run"], 4, "did you mean replays-to-rebuild?"],
  ])("refuses %j", async (flags, code, words) => {
    await using lab = await openLab([]);
    const outcome = await lab.evb("replay", "start", "all", ...flags);
    expect(outcome).toMatchObject({ code, out: "", err: expect.stringContaining(words) });
  });

  it("says which archives and replays there are", async () => {
    await using lab = await openLab();
    const rows = (await lab.evb("replay", "ls", "--archives", "--json")).lines();
    expect(rows).toMatchObject([{ name: "all", bus: "event-store", state: "ENABLED", events: 1 }]);
    const gone = await lab.evb("replay", "start", "al", "--since", "2h", "--dry-run");
    expect(gone).toMatchObject({ code: 4, err: expect.stringContaining("did you mean all?") });
    const none = await lab.evb("replay", "status", "never");
    expect(none).toMatchObject({ code: 4, err: expect.stringContaining("replay never does not exist") });
  });
});
